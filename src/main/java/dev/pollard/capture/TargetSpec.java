package dev.pollard.capture;

import java.util.List;

/// How rustc generates code for this call: the target's specification with the call's own flags
/// over it. With these and no pass at all the emitted object equals rustc's own in size.
///
/// The fields mirror what rustc hands to LLVM (`rustc_codegen_llvm/src/back/write.rs`,
/// `llvm_util.rs` and `PassWrapper.cpp` of rustc 1.96).
///
/// @param triple LLVM's target triple; Apple targets get their version in the bitcode itself, so
///   the module's own triple goes before this one
/// @param os rustc's `target_os`; `none` for firmware
/// @param cpu LLVM's name of the processor; `native` was asked for when it says so
/// @param features LLVM's feature string, such as `+v6m,-fp64`; may be empty; functions carry their
///   own in the bitcode, this one serves module-level assembly
/// @param relocationModel `static`, `pic`, `dynamic-no-pic`, `ropi`, `rwpi`, `ropi-rwpi`: LLVM's
///   spelling for `llc`
/// @param codeModel `tiny`, `small`, `kernel`, `medium`, `large`: LLVM's spelling for `llc`; empty
///   for the default
/// @param functionSections whether each function has a section of its own
/// @param dataSections whether each datum has a section of its own
/// @param trapUnreachable whether `unreachable` becomes a trap; then, but on wasm and Windows, no
///   trap follows a call that does not return
/// @param framePointers the target's or the user's setting
/// @param mergeFunctions whether rustc's own merge-functions pass runs, and how
/// @param vectorizeLoops whether LLVM's pipelines vectorise loops
/// @param vectorizeSlp whether LLVM's pipelines vectorise straight-line code
/// @param relaxRelocations whether x86 GOT relocations may be relaxed by the linker
/// @param floatAbi `soft`, `hard`, or empty for the default
/// @param abi LLVM's target ABI name, or empty
/// @param emulatedTls whether thread-locals are emulated
/// @param threadModel `single` or `posix`
/// @param wasmExceptions whether wasm's exception handling is on
/// @param emitStackSizes whether `-Z emit-stack-sizes` asked for `.stack_sizes`
/// @param shortensCalls whether the linker may be left to make calls shorter, RISC-V's relaxation,
///   and relaxes nothing that needs a register set up
/// @param llvmArguments LLVM's global options in the order rustc sets them: its own, the target's,
///   and the user's `-C llvm-args`
public record TargetSpec(
    String triple,
    String os,
    String cpu,
    String features,
    String relocationModel,
    String codeModel,
    boolean functionSections,
    boolean dataSections,
    boolean trapUnreachable,
    FramePointers framePointers,
    MergeFunctions mergeFunctions,
    boolean vectorizeLoops,
    boolean vectorizeSlp,
    boolean relaxRelocations,
    String floatAbi,
    String abi,
    boolean emulatedTls,
    String threadModel,
    boolean wasmExceptions,
    boolean emitStackSizes,
    boolean shortensCalls,
    List<String> llvmArguments) {
  public TargetSpec {
    llvmArguments = List.copyOf(llvmArguments);
  }

  /// Who wants frame pointers.
  public enum FramePointers {
    /// Nobody.
    NONE,
    /// The target's default asks for them (`non-leaf` or `always`), the user did not.
    TARGET_DEFAULT,
    /// The user said `-C force-frame-pointers`.
    FORCED
  }

  /// rustc's `merge-functions` setting.
  public enum MergeFunctions {
    DISABLED,
    TRAMPOLINES,
    ALIASES
  }

  /// Whether this is a WebAssembly target.
  public boolean isWasm() {
    return triple.startsWith("wasm");
  }

  /// Whether there is no operating system under the program: firmware.
  public boolean isBareMetal() {
    return os.equals("none");
  }
}
