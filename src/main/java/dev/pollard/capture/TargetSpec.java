package dev.pollard.capture;

/// How rustc generates code for this call: the target's specification with the call's own flags
/// over it. With these and no pass at all the emitted object equals rustc's own in size.
///
/// @param triple LLVM's target triple
/// @param cpu LLVM's name of the processor
/// @param features LLVM's feature string, such as `+v6m,-fp64`; may be empty
/// @param relocationModel `static`, `pic`, `ropi` …, in LLVM's spelling for `llc`
/// @param codeModel LLVM's spelling for `llc`; empty for the default
/// @param functionSections whether each function has a section of its own
/// @param dataSections whether each datum has a section of its own
/// @param trapUnreachable whether `unreachable` becomes a trap
/// @param framePointers the target's or the user's setting
/// @param mergeFunctions whether rustc's own merge-functions pass runs, and how
/// @param floatAbi `soft`, `hard`, or empty for the default
/// @param abi LLVM's target ABI name, or empty
/// @param emulatedTls whether thread-locals are emulated
/// @param threadModel `single` or `posix`
public record TargetSpec(
    String triple,
    String cpu,
    String features,
    String relocationModel,
    String codeModel,
    boolean functionSections,
    boolean dataSections,
    boolean trapUnreachable,
    FramePointers framePointers,
    MergeFunctions mergeFunctions,
    String floatAbi,
    String abi,
    boolean emulatedTls,
    String threadModel) {
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
}
