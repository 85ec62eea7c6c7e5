package dev.pollard.name;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Short names of machines, for tables and as keys of reports: the path in the source without
/// hashes, and without generic arguments unless two instances would share a name.
///
/// An `async fn` has its own path: `net::server::serve`. A block in it is
/// `net::server::serve::{async block#0}`. A task of embassy has the name of the function that the
/// attribute stands on: `app::__blink_task::__blink_task_inner_function` is `app::blink`.
public final class MachineNames {
  private static final Pattern EMBASSY = Pattern.compile("__(.+)_task_inner_function");

  private static final Pattern DEBUG_TASK =
      Pattern.compile("__(\\w+)_task::__\\1_task_inner_function");
  private static final Pattern DEBUG_BODY =
      Pattern.compile("\\{(async)_(fn|block|closure)(?:_env)?#([0-9]+)}");

  private MachineNames() {}

  /// Names machines.
  ///
  /// @param machines from the symbol of a poll function to what the coroutine is
  /// @return from the symbol to its name; no two symbols share one
  public static SortedMap<String, String> of(Map<String, CoroutineKind> machines) {
    Map<String, RustSymbol> parsed = new HashMap<>();
    Map<String, CoroutineKind> kinds = new HashMap<>();
    machines.forEach((symbol, kind) ->
        RustSymbol.parse(symbol)
            .ifPresent(s -> {
              parsed.put(symbol, s);
              kinds.merge(s.plain(), kind, MachineNames::known);
            }));
    Map<String, String> names = new HashMap<>();
    for (String symbol : machines.keySet()) {
      RustSymbol s = parsed.get(symbol);
      names.put(symbol, s == null ? symbol : shortName(s.components(), kinds));
    }
    Set<String> shared = shared(names);
    for (String symbol : machines.keySet()) {
      RustSymbol s = parsed.get(symbol);
      if (s != null && shared.contains(names.get(symbol))) {
        names.put(symbol, s.full());
      }
    }
    // What is left differs in nothing that a name shows: crates of two versions, legacy hashes.
    Set<String> still = shared(names);
    SortedMap<String, String> unique = new TreeMap<>();
    Map<String, Integer> used = new HashMap<>();
    for (String symbol : machines.keySet().stream().sorted().toList()) {
      String name = names.getOrDefault(symbol, symbol);
      int number = used.merge(name, 1, Integer::sum);
      unique.put(symbol, still.contains(name) ? name + " [" + number + "]" : name);
    }
    return unique;
  }

  /// The short name of one machine.
  public static String of(String symbol, CoroutineKind kind) {
    return of(Map.of(symbol, kind)).getOrDefault(symbol, symbol);
  }

  /// The short name of a machine by the path of its type in debug info, such as
  /// `a::f::{async_fn_env#0}<T>`: `a::f<T>`.
  public static String ofDebugPath(String path) {
    String name = DEBUG_TASK.matcher(path).replaceAll("$1").replace("____embassy_main", "main");
    name = name.replaceAll("::\\{async_fn(?:_env)?#0}", "");
    return DEBUG_BODY.matcher(name).replaceAll("{$1 $2#$3}");
  }

  private static CoroutineKind known(CoroutineKind a, CoroutineKind b) {
    return a == CoroutineKind.UNKNOWN ? b : a;
  }

  private static Set<String> shared(Map<String, String> names) {
    Map<String, Long> counts =
        names.values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Set<String> shared = new HashSet<>(counts.keySet());
    shared.removeIf(n -> counts.getOrDefault(n, 0L) < 2);
    return shared;
  }

  private static String shortName(List<String> components, Map<String, CoroutineKind> kinds) {
    var name = new StringBuilder();
    for (int i = 0; i < components.size(); i++) {
      String part = components.get(i);
      boolean last = i == components.size() - 1;
      if (RustSymbol.isClosure(part)) {
        String path = String.join("::", components.subList(0, i + 1));
        part =
            closure(
                part,
                Optional.ofNullable(kinds.get(path)),
                last,
                i > 0 && RustSymbol.isClosure(components.get(i - 1)));
      } else {
        Matcher task = EMBASSY.matcher(part);
        if (task.matches()
            && i > 0
            && components.get(i - 1).equals("__" + task.group(1) + "_task")) {
          name.setLength(name.length() - components.get(i - 1).length());
          name.setLength(name.length() - (name.isEmpty() ? 0 : 2));
          part = task.group(1).equals("__embassy_main") ? "main" : task.group(1);
        }
      }
      if (!part.isEmpty()) {
        name.append(name.isEmpty() ? "" : "::").append(part);
      }
    }
    return name.toString();
  }

  /// The part of a name that stands for a closure: nothing for the body of an `async fn`.
  private static String closure(
      String part, Optional<CoroutineKind> kind, boolean last, boolean inClosure) {
    String number = RustSymbol.closureNumber(part).map(n -> "#" + n).orElse("");
    if (kind.isEmpty()) {
      return part;
    }
    return switch (kind.get()) {
      case ASYNC_FN -> "";
      case UNKNOWN -> !last || inClosure || !(number.isEmpty() || number.equals("#0")) ? part : "";
      case ASYNC_BLOCK, ASYNC_CLOSURE, GENERATOR -> "{" + kind.get().text() + number + "}";
    };
  }
}
