package dev.pollard.pass;

import dev.pollard.llvm.Function;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Use;
import dev.pollard.pass.locations.PanicLocation;
import dev.pollard.pass.locations.PanicLocationFlow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts one general location for every location that can go nowhere but to a panic.
final class PanicLocations {
  private static final String LOCATION = "pollard.panic.location";
  private static final String FILE = "?";

  private final Module module;
  private final PassContext context;
  private final Map<Function, Boolean> allowed = new HashMap<>();

  PanicLocations(Module module, PassContext context) {
    this.module = module;
    this.context = context;
  }

  /// How many uses of a location became general.
  long generalize() {
    PanicLocationFlow flow = new PanicLocationFlow(module);
    List<PanicLocation> locations = new ArrayList<>();
    for (GlobalVariable global : module.globals()) {
      PanicLocation.of(global)
          .filter(l -> !global.name().equals(LOCATION))
          .ifPresent(locations::add);
    }
    long count = 0;
    for (PanicLocation location : locations) {
      for (Use use : location.global().uses()) {
        if (use.user() instanceof Instruction user
            && flow.isForPanic(use)
            && allowed.computeIfAbsent(user.function(), context::mayChange)) {
          use.set(PanicLocation.general(LOCATION, FILE, location));
          count++;
        }
      }
    }
    return count;
  }
}
