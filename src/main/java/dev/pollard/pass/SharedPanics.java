package dev.pollard.pass;

import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.GlobalValue;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.pass.locations.PanicLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One helper per kind of resumed panic: a function without arguments that calls the one of `core`
/// with a general location.
final class SharedPanics {
  private static final String LOCATION = "pollard.resumed.location";
  private static final String FILE = "<resumed>";

  private final Module module;
  private final GlobalVariable location;
  private final Map<String, Function> helpers = new TreeMap<>();
  private final List<Function> wrapped = new ArrayList<>();

  /// Helpers for `module`, with a location laid out as `like`.
  SharedPanics(Module module, PanicLocation like) {
    this.module = module;
    this.location = PanicLocation.general(LOCATION, FILE, like);
  }

  /// Whether `module` has been given general locations before.
  static boolean isUsedIn(Module module) {
    return module.global(LOCATION).isPresent();
  }

  /// Lets `panic` call the helper of its kind; an invoke stays one.
  void redirect(ResumedPanicCall panic) {
    Function helper =
        helpers.computeIfAbsent(panic.callee().name(), _ -> helper(panic.callee(), panic.call()));
    Instruction old = panic.call();
    try (Builder builder = new Builder(module)) {
      builder.before(old);
      Instruction call =
          old.opcode() == Opcode.INVOKE
              ? builder.invoke(helper, List.of(), old.normalTarget(), old.unwindTarget())
              : builder.call(helper, List.of());
      call.attributes(Attributes.FUNCTION).addAll(old.attributes(Attributes.FUNCTION));
      old.debugLocation().ifPresentOrElse(call::setDebugLocation, call::dropDebugLocation);
      old.erase();
    }
  }

  /// Lets LLVM put each original into its helper where nobody else calls it: unasked it inlines
  /// nothing before an `unreachable`.
  void finish() {
    for (Function original : wrapped) {
      if (original.isLocal() && !original.isDeclaration() && hasOneUse(original)) {
        original.attributes().remove("noinline");
        original.attributes().add("alwaysinline");
      }
    }
  }

  private Function helper(Function original, Instruction caller) {
    String name = original.name() + ResumedPanicCall.SHARED;
    Optional<Function> existing = module.function(name);
    if (existing.isPresent()) {
      return existing.get();
    }
    wrapped.add(original);
    Type type = module.types().function(module.types().nothing(), List.of());
    Function helper = module.addFunction(name, type);
    helper.setLinkage(GlobalValue.Linkage.INTERNAL);
    helper.setUnnamedAddress(GlobalValue.UnnamedAddress.GLOBAL);
    if (original.isDeclaration()) {
      copyTarget(caller.function(), helper);
    } else {
      helper.attributes().addAll(original.attributes());
    }
    for (String attribute : List.of("cold", "noinline", "noreturn")) {
      helper.attributes().add(attribute);
    }
    BasicBlock entry = helper.appendBlock("start");
    try (Builder builder = new Builder(module)) {
      builder.atEnd(entry);
      Instruction call = builder.call(original, List.of(location));
      call.attributes(Attributes.FUNCTION).add("noreturn");
      call.attributes(1).addAll(original.attributes(1));
      builder.unreachable();
    }
    return helper;
  }

  /// A declaration says nothing of the target: the caller does.
  private static void copyTarget(Function from, Function to) {
    for (String key : List.of("target-cpu", "target-features", "tune-cpu", "frame-pointer")) {
      from.attributes().string(key).ifPresent(v -> to.attributes().set(key, v));
    }
  }

  private static boolean hasOneUse(Function function) {
    int count = 0;
    for (var _ : function.uses()) {
      count++;
    }
    return count == 1;
  }
}
