package dev.pollard.advise;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.MachineCost;
import dev.pollard.inspect.Piece;
import dev.pollard.inspect.Share;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.size.ArtifactSizes.SectionSize;

/// The bytes of a program, and those that are there for async.
///
/// @param flash what must be stored or sent: of a chip's or host's program its code and data, of a
///   WebAssembly module the file without debug info and names
/// @param ram static memory
/// @param poll code of poll functions, with what is inlined there
/// @param own of these what is written in the async functions themselves
/// @param drop code of machines' drop glue
/// @param runtime code outside of poll functions, in crates that are there for async alone
public record Footprint(long flash, long ram, long poll, long own, long drop, long runtime) {
  /// What the same function takes less without async, of the own code of its poll functions. Five
  /// programs that were written twice (`examples/twins`, thumbv7m, opt-level z) lie from 0.54 to
  /// 0.71; `docs/advise.md` has them.
  static final double LEAST = 0.54;

  /// The other end of [#LEAST].
  static final double MOST = 0.71;

  /// The least that a blocking program would save: dispatch, states and awaits, and drop glue.
  public long savedAtLeast() {
    return drop + Math.round(LEAST * own);
  }

  /// The most that it would save, without the runtime.
  public long savedAtMost() {
    return drop + Math.round(MOST * own);
  }

  /// Those of a program.
  static Footprint of(Inspection inspection) throws MalformedObjectException {
    long poll = 0;
    long own = 0;
    long drop = 0;
    for (MachineCost m : inspection.machines()) {
      poll += m.pollBytes();
      own += m.ownBytes();
      drop += m.dropBytes();
    }
    long runtime = 0;
    for (Share s : inspection.shares()) {
      if (s.machine().isEmpty()
          && s.kind() == Piece.Kind.CODE
          && KnownCrates.isSupport(s.crate())) {
        runtime += s.bytes();
      }
    }
    return new Footprint(flash(inspection), inspection.sizes().ram(), poll, own, drop, runtime);
  }

  private static long flash(Inspection inspection) {
    if (!inspection.target().startsWith("wasm")) {
      return inspection.sizes().flash();
    }
    long told =
        inspection.sections().stream()
            .filter(s -> s.name().startsWith(".debug_") || s.name().equals("name"))
            .mapToLong(SectionSize::size)
            .sum();
    return inspection.fileSize() - told;
  }
}
