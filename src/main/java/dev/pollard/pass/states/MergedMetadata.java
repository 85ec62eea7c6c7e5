package dev.pollard.pass.states;

import dev.pollard.llvm.Context;
import dev.pollard.llvm.Instruction;
import java.util.List;

/// What is still true of an instruction that now stands for several: only what each of them said.
final class MergedMetadata {
  /// Metadata that may be dropped: it only promises things to the optimiser.
  static final List<String> KINDS =
      List.of(
          "noalias",
          "alias.scope",
          "tbaa",
          "range",
          "nonnull",
          "align",
          "noundef",
          "invariant.load",
          "invariant.group",
          "dereferenceable",
          "dereferenceable_or_null",
          "prof",
          "unpredictable",
          "llvm.access.group");

  private MergedMetadata() {}

  /// Lets `kept` stand for `others` too. Its location becomes line 0 where they differ.
  static void merge(Instruction kept, List<Instruction> others) {
    Context context = kept.module().context();
    for (String name : KINDS) {
      int kind = context.metadataKind(name);
      var own = kept.metadata(kind);
      if (own.isPresent() && others.stream().anyMatch(o -> !o.metadata(kind).equals(own))) {
        kept.removeMetadata(kind);
      }
    }
    var location = kept.debugLocation();
    if (others.stream().anyMatch(o -> !o.debugLocation().equals(location))) {
      kept.setLineZero();
    }
  }
}
