package dev.pollard.tune;

import dev.pollard.machine.Holders;
import dev.pollard.pass.inlining.CallSites;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who calls whom in a program before anything is inlined, and where a function's code ends up.
final class CallTree {
  /// How far an effect is looked for: three calls away.
  private static final int REACH = 3;

  private final CallSites calls;
  private final Map<String, Integer> bySymbol = new HashMap<>();
  private final List<Set<Integer>> callers = new ArrayList<>();
  private final List<Set<Integer>> callees = new ArrayList<>();
  private final List<List<Integer>> sitesOf = new ArrayList<>();
  private final List<Integer> callsOf = new ArrayList<>();

  CallTree(CallSites calls) {
    this.calls = calls;
    for (CallSites.Node function : calls.functions()) {
      bySymbol.put(function.symbol(), callers.size());
      callers.add(new LinkedHashSet<>());
      callees.add(new LinkedHashSet<>());
      sitesOf.add(new ArrayList<>());
      callsOf.add(0);
    }
    for (int i = 0; i < calls.sites().size(); i++) {
      CallSites.Site site = calls.sites().get(i);
      callers.get(site.callee()).add(site.caller());
      callees.get(site.caller()).add(site.callee());
      callsOf.set(site.callee(), callsOf.get(site.callee()) + 1);
      if (site.decidable()) {
        sitesOf.get(site.callee()).add(i);
      }
    }
  }

  /// The calls of a function that may be decided about, as indices of the program's sites.
  List<Integer> sitesOf(int function) {
    return sitesOf.get(function);
  }

  /// How many direct calls a function has.
  int callsOf(int function) {
    return callsOf.get(function);
  }

  /// The functions whose code a decision about a call changes directly: those that hold the
  /// caller's code, and the callee.
  Set<Integer> zone(int site, Set<String> present) {
    CallSites.Site call = calls.sites().get(site);
    Set<Integer> zone = Holders.of(call.caller(), f -> present.contains(symbol(f)), callers::get);
    zone.add(call.callee());
    return zone;
  }

  /// The nearest functions that somebody owns, from a function whose code has changed: what is
  /// inlined differently somewhere makes others inline differently too.
  ///
  /// @param owners from a function to those that changed something there
  Set<Integer> nearestOwners(int function, Map<Integer, Set<Integer>> owners) {
    Set<Integer> seen = new HashSet<>(Set.of(function));
    Set<Integer> here = new LinkedHashSet<>(Set.of(function));
    for (int distance = 0; distance <= REACH && !here.isEmpty(); distance++) {
      Set<Integer> found = new LinkedHashSet<>();
      here.forEach(f -> found.addAll(owners.getOrDefault(f, Set.of())));
      if (!found.isEmpty()) {
        return found;
      }
      Set<Integer> next = new LinkedHashSet<>();
      for (int f : here) {
        next.addAll(callers.get(f));
        next.addAll(callees.get(f));
      }
      next.removeAll(seen);
      seen.addAll(next);
      here = next;
    }
    return Set.of();
  }

  /// A function's index; -1 for one that the program did not define.
  int index(String symbol) {
    return bySymbol.getOrDefault(symbol, -1);
  }

  private String symbol(int function) {
    return calls.functions().get(function).symbol();
  }
}
