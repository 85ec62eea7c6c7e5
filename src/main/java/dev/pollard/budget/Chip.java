package dev.pollard.budget;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A chip and its memory.
///
/// @param name as its vendor writes it
/// @param regions its memories
/// @param source the vendor's document that says so
public record Chip(String name, List<Region> regions, String source) {
  public Chip {
    regions = List.copyOf(regions);
  }

  /// All chips of the data file, in its order: a line each, with the name, the regions as
  /// `NAME=ORIGIN:LENGTH`, and the source.
  public static List<Chip> all() {
    try (InputStream in = Chip.class.getResourceAsStream("chips.tsv")) {
      if (in == null) {
        throw new IllegalStateException("the list of chips is missing from the program");
      }
      var chips = new ArrayList<Chip>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          String[] cells = line.split("\t", -1);
          var regions = new ArrayList<Region>();
          for (String region : cells[1].split(" ", -1)) {
            String[] parts = region.split("[=:]", -1);
            long length = Long.parseLong(parts[2].substring(0, parts[2].length() - 1)) << 10;
            regions.add(new Region(parts[0], Long.parseLong(parts[1].substring(2), 16), length));
          }
          chips.add(new Chip(cells[0], regions, cells[2]));
        }
      }
      return List.copyOf(chips);
    } catch (IOException e) {
      throw new IllegalStateException("the list of chips cannot be read", e);
    }
  }

  /// The chip of a name, or the one whose name it begins with, as an order code such as
  /// `STM32F407VGT6` or `nrf52840_xxAA` does; case does not matter.
  public static Optional<Chip> of(String name) {
    String wanted = key(name);
    Optional<Chip> best = Optional.empty();
    for (Chip chip : all()) {
      String own = key(chip.name);
      if (wanted.startsWith(own)
          && best.filter(b -> key(b.name).length() >= own.length()).isEmpty()) {
        best = Optional.of(chip);
      }
    }
    return best;
  }

  /// Chips whose names are like that one, for a message.
  static List<String> like(String name) {
    String start = key(name);
    List<String> names = all().stream().map(Chip::name).toList();
    for (int length = Math.min(start.length(), 7); length > 2; length--) {
      String part = start.substring(0, length);
      List<String> found = names.stream().filter(n -> key(n).startsWith(part)).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return names;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
