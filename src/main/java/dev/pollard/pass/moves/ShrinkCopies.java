package dev.pollard.pass.moves;

import dev.pollard.analysis.Cfg;
import dev.pollard.analysis.Location;
import dev.pollard.analysis.Memory;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/// Copies out of a slot only what was written to it: bytes that were never written are left out,
/// long runs of one constant byte are set instead of copied.
final class ShrinkCopies {
  /// Never-written bytes between two written ones are copied along when they are fewer.
  private static final long GAP = 64;

  /// Constant bytes next to others are copied along when they are fewer.
  private static final long FILL = 64;

  /// Bytes at the ends are copied along when they are fewer.
  private static final long TRIM = 8;

  /// What one more instruction must save, in bytes that are not copied.
  private static final long PER_EXTRA = 128;

  private record Change(
      Instruction copy, long length, List<ByteMap.Run> pieces, long sourceStart) {}

  private ShrinkCopies() {}

  /// Shrinks what can be shrunk.
  ///
  /// @param mayFill whether a copy may become a `memset`
  /// @param mayChange asked before each change, with the copy's length in bytes
  /// @return how many copies changed
  static long run(Cfg cfg, List<Slot> slots, boolean mayFill, LongPredicate mayChange) {
    List<Change> changes = new ArrayList<>();
    new WrittenBytes(cfg, slots)
        .forEachCopy((copy, map) -> {
          long length = Memory.length(copy).orElse(0);
          long start = Location.of(copy.argument(1)).offset().orElse(Long.MIN_VALUE);
          if (start >= 0 && length > 0 && start + length <= map.size()) {
            List<ByteMap.Run> pieces = pieces(map, start, start + length, alignment(copy), mayFill);
            if (pays(pieces, length)) {
              changes.add(new Change(copy, length, pieces, start));
            }
          }
        });
    long count = 0;
    for (Change change : changes) {
      if (mayChange.test(change.length())) {
        apply(change);
        count++;
      }
    }
    return count;
  }

  private static boolean pays(List<ByteMap.Run> pieces, long length) {
    long copied = 0;
    for (ByteMap.Run piece : pieces) {
      if (piece.value() == ByteMap.UNKNOWN) {
        copied += piece.length();
      }
    }
    boolean shorter = pieces.stream().mapToLong(ByteMap.Run::length).sum() < length;
    boolean changed = shorter || copied < length;
    return changed && length - copied >= PER_EXTRA * (pieces.size() - 1);
  }

  /// What is to be copied and set: the runs, with what is not worth its own instruction merged into
  /// its neighbours.
  private static List<ByteMap.Run> pieces(
      ByteMap map, long from, long to, long alignment, boolean mayFill) {
    List<ByteMap.Run> runs = new ArrayList<>();
    List<ByteMap.Run> raw = map.runs(from, to);
    for (ByteMap.Run run : raw) {
      boolean inside = !run.equals(raw.getFirst()) && !run.equals(raw.getLast());
      if (run.value() == ByteMap.UNWRITTEN) {
        if (inside && run.length() < GAP) {
          append(runs, run.from(), run.to(), runs.getLast().value());
        }
      } else {
        append(runs, run.from(), run.to(), mayFill ? run.value() : ByteMap.UNKNOWN);
      }
    }
    List<ByteMap.Run> pieces = absorbShortFills(runs);
    return trimmed(pieces, from, to, alignment);
  }

  private static List<ByteMap.Run> absorbShortFills(List<ByteMap.Run> runs) {
    if (runs.size() == 1) {
      return runs;
    }
    List<ByteMap.Run> pieces = new ArrayList<>();
    for (ByteMap.Run run : runs) {
      boolean fill = run.value() != ByteMap.UNKNOWN && run.length() >= FILL;
      append(pieces, run.from(), run.to(), fill ? run.value() : ByteMap.UNKNOWN);
    }
    return pieces;
  }

  /// Adds a run and merges it with the last when both are alike and touch.
  private static void append(List<ByteMap.Run> runs, long from, long to, int value) {
    if (!runs.isEmpty() && runs.getLast().to() == from && runs.getLast().value() == value) {
      ByteMap.Run last = runs.removeLast();
      runs.add(new ByteMap.Run(last.from(), to, value));
    } else {
      runs.add(new ByteMap.Run(from, to, value));
    }
  }

  /// Lets pieces start at multiples of the alignment, and reach the ends of the copy when next to
  /// nothing would be saved there.
  private static List<ByteMap.Run> trimmed(
      List<ByteMap.Run> pieces, long from, long to, long alignment) {
    List<ByteMap.Run> trimmed = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      ByteMap.Run piece = pieces.get(i);
      long low = piece.from();
      long high = piece.to();
      boolean touchesLeft = i > 0 && pieces.get(i - 1).to() == low;
      boolean touchesRight = i + 1 < pieces.size() && pieces.get(i + 1).from() == high;
      if (!touchesLeft) {
        low = from + (low - from) / alignment * alignment;
        if (i == 0 && low - from < TRIM) {
          low = from;
        }
      }
      if (!touchesRight) {
        high = Math.min(to, from + (high - from + alignment - 1) / alignment * alignment);
        if (i + 1 == pieces.size() && to - high < TRIM) {
          high = to;
        }
      }
      trimmed.add(new ByteMap.Run(low, high, piece.value()));
    }
    return trimmed;
  }

  private static long alignment(Instruction copy) {
    return Math.min(8, Math.min(align(copy, 0), align(copy, 1)));
  }

  private static long align(Instruction copy, int argument) {
    OptionalLong align = copy.attributes(1 + argument).value("align");
    return Math.max(1, align.orElse(1));
  }

  private static void apply(Change change) {
    Instruction copy = change.copy();
    Type lengthType = copy.argument(2).type();
    try (Builder builder = new Builder(copy.module())) {
      builder.before(copy);
      for (ByteMap.Run piece : change.pieces()) {
        long shift = piece.from() - change.sourceStart();
        Value to = moved(builder, copy.argument(0), shift);
        int toAlignment = common(align(copy, 0), shift);
        Value length = lengthType.constant(piece.length());
        if (piece.value() == ByteMap.UNKNOWN) {
          Value source = moved(builder, copy.argument(1), shift);
          builder.memcpy(to, toAlignment, source, common(align(copy, 1), shift), length);
        } else {
          Value octet = copy.module().types().integer(8).constant(piece.value());
          builder.memset(to, octet, length, toAlignment);
        }
      }
    }
    copy.erase();
  }

  private static Value moved(Builder builder, Value pointer, long bytes) {
    return bytes == 0 ? pointer : builder.offset(pointer, bytes);
  }

  /// The alignment of an address that is `bytes` from one of `alignment`.
  private static int common(long alignment, long bytes) {
    return (int) (bytes == 0 ? alignment : Math.min(alignment, Long.lowestOneBit(bytes)));
  }
}
