package dev.pollard.llvm;

import dev.pollard.capture.TargetSpec;
import java.util.ArrayList;
import java.util.List;

/// rustc's settings of code generation, spelled as LLVM's global options. The source is
/// `LLVMRustCreateTargetMachine` and `configure_llvm` of rustc.
public final class CodeGenOptions {
  /// Blocks are laid out for short jumps and few of them, and no address or constant is computed
  /// ahead of a loop to be kept in a register, which lengthens what comes before it.
  private static final List<String> COMPACT =
      List.of(
          "-apply-ext-tsp-for-size", "-disable-lsr", "-disable-machine-licm", "-join-globalcopies");

  /// The first Thumb has no instruction that jumps by a table: a short one costs more than it
  /// saves.
  private static final String FEW_TABLES = "-min-jump-table-entries=10";

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
    // What the user set wins.
    return joined(target.llvmArguments(), options);
  }

  /// `options`, then those of `more` that they do not set: LLVM refuses an option that occurs
  /// twice.
  static List<String> joined(List<String> options, List<String> more) {
    List<String> all = new ArrayList<>(options);
    more.stream()
        .filter(o -> options.stream().noneMatch(a -> name(a).equals(name(o))))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /// Options for code generation that chooses the shorter way where LLVM has a choice;
  /// `docs/recipes.md` has what each gives.
  ///
  /// @param triple LLVM's target triple
  public static List<String> compact(String triple) {
    List<String> options = new ArrayList<>(COMPACT);
    if (triple.startsWith("thumbv6m") || triple.startsWith("thumbv8m.base")) {
      options.add(FEW_TABLES);
    }
    return options;
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
