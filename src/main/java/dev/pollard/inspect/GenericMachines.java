package dev.pollard.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// Instances of one generic async function.
///
/// @param name without generic arguments
/// @param instances their names, the most expensive first; two at least
/// @param bytes code of all
public record GenericMachines(String name, List<String> instances, long bytes, long largest) {
  public GenericMachines {
    instances = List.copyOf(instances);
  }

  /// What would be saved if one instance, as large as the largest, did the work of all.
  public long mergeSaves() {
    return bytes - largest;
  }

  /// Groups machines; those of which most would be saved come first.
  static List<GenericMachines> of(List<MachineCost> machines) {
    var groups = new LinkedHashMap<String, List<MachineCost>>();
    for (MachineCost m : machines) {
      String name = plain(m.name());
      if (m.flash() > 0 && !name.equals(m.name())) {
        groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(m);
      }
    }
    var found = new ArrayList<GenericMachines>();
    groups.forEach((name, instances) -> {
      if (instances.size() > 1) {
        found.add(
            new GenericMachines(
                name,
                instances.stream().sorted(MachineCost.LARGEST).map(MachineCost::name).toList(),
                instances.stream().mapToLong(MachineCost::flash).sum(),
                instances.stream().mapToLong(MachineCost::flash).max().orElse(0)));
      }
    });
    found.sort(
        Comparator.comparingLong(GenericMachines::mergeSaves)
            .reversed()
            .thenComparing(GenericMachines::name));
    return List.copyOf(found);
  }

  /// A name without what is between `::<` and its `>`: `a::f::<u8>::{async block#0}` is
  /// `a::f::{async block#0}`. The type of a method stays, with its arguments.
  static String plain(String name) {
    var plain = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < name.length(); i++) {
      if (depth == 0 && name.startsWith("::<", i)) {
        depth = 1;
        i += 2;
      } else if (depth > 0) {
        char c = name.charAt(i);
        if (c == '<') {
          depth++;
        } else if (c == '>' && name.charAt(i - 1) != '-') {
          depth--;
        }
      } else {
        plain.append(name.charAt(i));
      }
    }
    return plain.toString();
  }
}
