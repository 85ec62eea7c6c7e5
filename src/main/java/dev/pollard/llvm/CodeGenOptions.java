package dev.pollard.llvm;

import dev.pollard.capture.TargetSpec;
import java.util.ArrayList;
import java.util.List;

/// rustc's settings of code generation, spelled as LLVM's global options. The source is
/// `LLVMRustCreateTargetMachine` and `configure_llvm` of rustc.
public final class CodeGenOptions {
  private CodeGenOptions() {}

  /// The options for a process that optimises and emits as rustc does for `target`.
  ///
  /// @param stackSizes whether objects get a `.stack_sizes` section, which rustc's do not
  public static List<String> of(TargetSpec target, boolean stackSizes) {
    List<String> options = new ArrayList<>();
    flag(options, "-function-sections", target.functionSections());
    flag(options, "-data-sections", target.dataSections());
    if (!target.relocationModel().isEmpty()) {
      options.add("-relocation-model=" + target.relocationModel());
    }
    if (!target.codeModel().isEmpty()) {
      options.add("-code-model=" + target.codeModel());
    }
    if (!target.floatAbi().isEmpty()) {
      options.add("-float-abi=" + target.floatAbi());
    }
    if (!target.abi().isEmpty()) {
      options.add("-target-abi=" + target.abi());
    }
    if (!target.cpu().isEmpty()) {
      options.add("-mcpu=" + target.cpu());
    }
    if (!target.features().isEmpty()) {
      options.add("-mattr=" + target.features());
    }
    if (target.threadModel().equals("single")) {
      options.add("-thread-model=single");
    }
    flag(options, "-emulated-tls", target.emulatedTls());
    if (target.trapUnreachable()) {
      options.add("-trap-unreachable");
      if (!target.triple().startsWith("wasm") && !target.triple().contains("windows")) {
        options.add("-no-trap-after-noreturn");
      }
    }
    if (target.triple().startsWith("x86_64") || target.triple().startsWith("i686")) {
      flag(options, "-x86-relax-relocations", target.relaxRelocations());
    }
    if (target.wasmExceptions()) {
      options.add("-exception-model=wasm");
    }
    if (stackSizes || target.emitStackSizes()) {
      options.add("-stack-size-section");
    }
    // What the user set wins, and LLVM refuses an option that occurs twice.
    options.removeIf(o -> target.llvmArguments().stream().anyMatch(a -> name(a).equals(name(o))));
    options.addAll(target.llvmArguments());
    return List.copyOf(options);
  }

  private static void flag(List<String> options, String name, boolean on) {
    options.add(name + "=" + (on ? "true" : "false"));
  }

  private static String name(String option) {
    String bare = option.startsWith("--") ? option.substring(1) : option;
    int equals = bare.indexOf('=');
    return equals < 0 ? bare : bare.substring(0, equals);
  }
}
