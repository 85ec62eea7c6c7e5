package dev.pollard.pass.locations;

import dev.pollard.llvm.Argument;
import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Use;
import dev.pollard.llvm.Value;
import dev.pollard.name.SymbolPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the locations of panics go.
///
/// It is followed from the last parameter of `core::panicking::panic_fmt` backwards: a parameter
/// that is only handed on to such a parameter is one itself.
public final class PanicLocationFlow {
  private static final Set<String> SINKS = Set.of("panic_fmt", "panic_nounwind_fmt");

  private final Set<Argument> sinks = new LinkedHashSet<>();
  private final Set<Value> parameters = new LinkedHashSet<>();

  /// The flow through all of `module`.
  public PanicLocationFlow(Module module) {
    findParameters(module);
  }

  /// The parameters by which `core` gets the location that it panics with.
  Set<Argument> sinks() {
    return sinks;
  }

  /// All parameters that do nothing but panic with the location they take, the sinks among them.
  List<Argument> parameters() {
    return parameters.stream().map(Argument.class::cast).toList();
  }

  /// Whether what is used here can go nowhere but to a panic.
  public boolean isForPanic(Use use) {
    return isForPanic(use, new HashSet<>());
  }

  /// Finds the parameters that take a location and do nothing but panic with it.
  private void findParameters(Module module) {
    List<Argument> candidates = new ArrayList<>();
    for (Function function : module.functions()) {
      sink(function).ifPresent(sinks::add);
      for (Argument argument : function.arguments()) {
        if (isFinal(function) && isLocation(function, argument)) {
          candidates.add(argument);
        }
      }
    }
    parameters.addAll(sinks);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Argument candidate : candidates) {
        if (!parameters.contains(candidate) && goesOnlyToPanics(candidate, new HashSet<>())) {
          parameters.add(candidate);
          grown = true;
        }
      }
    }
  }

  /// Whether the body that is here is the one that runs.
  static boolean isFinal(Function function) {
    return !function.isDeclaration()
        && switch (function.linkage()) {
          case EXTERNAL, INTERNAL, PRIVATE, LINK_ONCE_ODR, WEAK_ODR -> true;
          default -> false;
        };
  }

  /// The location that `function` panics with; empty when it is no function of `core` for that, or
  /// when LLVM took the parameter away.
  private static Optional<Argument> sink(Function function) {
    boolean panics =
        function.name().contains("panic")
            && SymbolPath.of(function.name())
                .filter(p -> p.startsWith("core", "panicking") && SINKS.contains(p.item()))
                .filter(p -> p.segments().size() == 3)
                .isPresent();
    return panics && function.argumentCount() > 0
        ? Optional.of(function.argument(function.argumentCount() - 1))
            .filter(a -> isLocation(function, a))
        : Optional.empty();
  }

  /// Whether a parameter's type and attributes are those of `&'static Location<'static>`.
  private static boolean isLocation(Function function, Argument argument) {
    long size = 2L * function.module().layout().pointerSize() + 8;
    for (int i = 0; i < function.argumentCount(); i++) {
      if (function.argument(i).equals(argument)) {
        Attributes attributes = function.attributes(i + 1);
        return attributes.value("dereferenceable").orElse(0) == size
            && attributes.value("align").orElse(0) >= 4
            && attributes.has("readonly");
      }
    }
    return false;
  }

  private boolean goesOnlyToPanics(Value location, Set<Value> seen) {
    for (Use use : location.uses()) {
      if (!isForPanic(use, seen)) {
        return false;
      }
    }
    return true;
  }

  private boolean isForPanic(Use use, Set<Value> seen) {
    if (!(use.user() instanceof Instruction user)) {
      return false;
    }
    if (user.opcode() == Opcode.PHI || user.opcode() == Opcode.SELECT) {
      return !seen.add(user) || goesOnlyToPanics(user, seen);
    }
    Optional<Function> callee = user.calledFunction();
    int index = use.operandIndex();
    return callee.isPresent()
        && index < user.argumentCount()
        && index < callee.get().argumentCount()
        && parameters.contains(callee.get().argument(index));
  }
}
