package dev.pollard.lint;

import java.util.OptionalLong;

/// What a change saves, in bytes; less than nothing where it costs.
///
/// @param flash of all programs that were built; empty when not known
/// @param ram static, of all programs; empty when not known
/// @param stack of the largest frame of a poll function; empty when not known
/// @param future of each future that the finding is about; empty when not known
/// @param basis how it is known
public record Saving(
    OptionalLong flash, OptionalLong ram, OptionalLong stack, OptionalLong future, Basis basis) {
  /// How a saving is known.
  public enum Basis {
    /// The program was built with the change.
    TRIED,
    /// From the layout of the future and the sizes of functions.
    ESTIMATED,
    /// It saves no bytes, or nobody can say.
    NONE
  }

  static final Saving NONE =
      new Saving(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Basis.NONE);

  /// Of each future, by its layout.
  static Saving ofFuture(long bytes) {
    return new Saving(
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(bytes),
        Basis.ESTIMATED);
  }

  /// Of the code, by the sizes of functions.
  static Saving ofFlash(long bytes) {
    return new Saving(
        OptionalLong.of(bytes),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Basis.ESTIMATED);
  }

  /// Whether it is worth a change: something is saved, and no flash or memory is lost for it.
  boolean pays() {
    long all = flash.orElse(0) + ram.orElse(0) + future.orElse(0) + stack.orElse(0);
    return all > 0 && flash.orElse(0) >= 0 && ram.orElse(0) >= 0 && future.orElse(0) >= 0;
  }
}
