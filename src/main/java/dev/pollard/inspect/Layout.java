package dev.pollard.inspect;

import dev.pollard.inspect.Painter.Interval;
import dev.pollard.inspect.Painter.Stroke;
import dev.pollard.inspect.Piece.Kind;
import dev.pollard.size.ArtifactSizes.SectionSize;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Cuts the flash of a file into pieces of one owner each. Whatever the file says, the pieces of a
/// section fill it and do not overlap: so the sum of all is the file's flash, always.
abstract sealed class Layout permits ElfLayout, WasmLayout {
  /// The longest run of filling bytes that counts as padding where nothing says more.
  private static final long LONGEST_PADDING = 64;

  final List<Piece> pieces = new ArrayList<>();
  final List<String> symbols = new ArrayList<>();
  final List<SectionSize> sections = new ArrayList<>();
  private final List<Stroke> debug;

  /// Starts with no piece.
  ///
  /// @param strokes which node of debug info code belongs to, in any order; see [#inOrder]
  Layout(List<Stroke> strokes) {
    debug = strokes;
  }

  /// Sorts what debug info says of code and takes out what overlaps: of two functions at one
  /// address the first stays.
  static List<Stroke> inOrder(List<Stroke> strokes) {
    var sorted = new ArrayList<>(strokes);
    sorted.sort((a, b) -> Long.compareUnsigned(a.start(), b.start()));
    var kept = new ArrayList<Stroke>(sorted.size());
    long end = 0;
    for (Stroke s : sorted) {
      if (Long.compareUnsigned(s.start(), end) >= 0) {
        kept.add(s);
        end = s.end();
      } else if (Long.compareUnsigned(s.end(), end) > 0) {
        kept.add(new Stroke(end, s.end(), s.owner()));
        end = s.end();
      }
    }
    return kept;
  }

  /// Fills a stretch of code by its symbols, its debug info and, for what neither explains, its
  /// bytes.
  ///
  /// @param start the address
  /// @param bytes what is there; may be shorter than `size` in a damaged file
  /// @param bySymbol symbols as intervals of addresses
  /// @param literals pieces of data among the code, as a mapping symbol has them
  final void fillCode(
      int section,
      long start,
      long size,
      MemorySegment bytes,
      List<Interval> bySymbol,
      List<Stroke> literals) {
    long end = start + size;
    var owners = clip(Painter.paint(bySymbol), start, end);
    int nextOwner = 0;
    int nextDebug = firstAfter(debug, start);
    int nextLiteral = firstAfter(literals, start);
    long at = start;
    while (at != end) {
      while (nextOwner < owners.size() && owners.get(nextOwner).end() <= at) {
        nextOwner++;
      }
      while (nextDebug < debug.size() && debug.get(nextDebug).end() <= at) {
        nextDebug++;
      }
      while (nextLiteral < literals.size() && literals.get(nextLiteral).end() <= at) {
        nextLiteral++;
      }
      long stop = end;
      int symbol = -1;
      int node = -1;
      boolean literal = false;
      if (nextOwner < owners.size()) {
        Stroke owner = owners.get(nextOwner);
        symbol = owner.start() <= at ? owner.owner() : -1;
        stop = Math.min(stop, owner.start() <= at ? owner.end() : owner.start());
      }
      if (nextDebug < debug.size()) {
        Stroke stroke = debug.get(nextDebug);
        node = stroke.start() <= at ? stroke.owner() : -1;
        stop = Math.min(stop, stroke.start() <= at ? stroke.end() : stroke.start());
      }
      if (nextLiteral < literals.size()) {
        Stroke stroke = literals.get(nextLiteral);
        literal = stroke.start() <= at;
        stop = Math.min(stop, literal ? stroke.end() : stroke.start());
      }
      Kind kind = Kind.CODE;
      if (literal) {
        kind = Kind.LITERALS; // those of hand-written code lie behind what its symbol covers
      } else if (symbol < 0 && node < 0) {
        kind = isPadding(bytes, at - start, stop - at) ? Kind.PADDING : Kind.UNATTRIBUTED;
      }
      add(at, stop - at, section, kind, symbol, node);
      at = stop;
    }
  }

  /// Fills a stretch of data by its symbols.
  final void fillData(int section, long start, long size, Kind kind, List<Interval> bySymbol) {
    long at = start;
    for (Stroke stroke : clip(Painter.paint(bySymbol), start, start + size)) {
      add(at, stroke.start() - at, section, kind, -1, -1);
      add(stroke.start(), stroke.end() - stroke.start(), section, kind, stroke.owner(), -1);
      at = stroke.end();
    }
    add(at, start + size - at, section, kind, -1, -1);
  }

  final void add(long address, long size, int section, Kind kind, int symbol, int node) {
    if (size > 0) {
      pieces.add(new Piece(address, size, section, kind, symbol, node));
    }
  }

  private static List<Stroke> clip(List<Stroke> strokes, long start, long end) {
    var inside = new ArrayList<Stroke>();
    for (Stroke s : strokes) {
      long from = Math.max(s.start(), start);
      long to = Math.min(s.end(), end);
      if (s.start() <= s.end() && from < to) {
        inside.add(new Stroke(from, to, s.owner()));
      }
    }
    return inside;
  }

  private static int firstAfter(List<Stroke> strokes, long start) {
    int low = 0;
    int high = strokes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(strokes.get(middle).end(), start) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Whether a gap is there to align what follows: short, or of one byte value throughout.
  private static boolean isPadding(MemorySegment bytes, long offset, long size) {
    if (size < 16) {
      return true;
    }
    if (offset + size > bytes.byteSize()) {
      return false;
    }
    byte first = bytes.get(ValueLayout.JAVA_BYTE, offset);
    byte second = bytes.get(ValueLayout.JAVA_BYTE, offset + 1);
    for (long i = 0; i < size; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, offset + i) != (i % 2 == 0 ? first : second)) {
        return false;
      }
    }
    return size <= LONGEST_PADDING || first == second;
  }
}
