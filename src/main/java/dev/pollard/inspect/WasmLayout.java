package dev.pollard.inspect;

import dev.pollard.inspect.Painter.Interval;
import dev.pollard.inspect.Painter.Stroke;
import dev.pollard.inspect.Piece.Kind;
import dev.pollard.object.wasm.WasmFile;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.ArtifactSizes.SectionSize;
import java.util.ArrayList;
import java.util.List;

/// The whole file of a wasm module: it is what goes over the wire. Addresses of code are offsets in
/// the code section's contents, as debug info counts them.
final class WasmLayout extends Layout {
  private static final int FILE_HEADER = 8;

  private final WasmFile wasm;

  WasmLayout(WasmFile wasm, List<Stroke> debug) {
    super(debug);
    this.wasm = wasm;
  }

  /// Where the contents of the code section begin in the file, -1 when there is none.
  static long codeStart(WasmFile wasm) {
    return wasm.sections().stream()
        .filter(s -> s.id() == WasmFile.Section.CODE)
        .mapToLong(WasmFile.Section::offset)
        .findFirst()
        .orElse(-1);
  }

  /// Fills the whole file.
  void fill() {
    section("file header", ArtifactSizes.Kind.OTHER, FILE_HEADER);
    add(0, FILE_HEADER, 0, Kind.TABLE, -1, -1);
    boolean code = false;
    boolean data = false;
    for (WasmFile.Section s : wasm.sections()) {
      long contents = s.contents().byteSize();
      boolean firstCode = s.id() == WasmFile.Section.CODE && !code;
      boolean firstData = s.id() == WasmFile.Section.DATA && !data;
      int index =
          section(
              s.name(),
              firstCode
                  ? ArtifactSizes.Kind.TEXT
                  : firstData ? ArtifactSizes.Kind.DATA : ArtifactSizes.Kind.OTHER,
              s.size());
      add(s.offset() + contents - s.size(), s.size() - contents, index, Kind.TABLE, -1, -1);
      if (firstCode) {
        code = true;
        code(index, s);
      } else if (firstData) {
        data = true;
        data(index, s);
      } else {
        Kind kind = s.id() == WasmFile.Section.CUSTOM ? Kind.CUSTOM : Kind.TABLE;
        add(s.offset(), contents, index, kind, -1, -1);
      }
    }
  }

  private int section(String name, ArtifactSizes.Kind kind, long size) {
    sections.add(new SectionSize(name, kind, 0, size));
    return sections.size() - 1;
  }

  private void code(int index, WasmFile.Section section) {
    var owners = new ArrayList<Interval>();
    for (WasmFile.Function f : wasm.functions()) {
      String name = f.name().isEmpty() ? "function #" + f.index() : f.name();
      symbols.add(name);
      long start = f.offset() - section.offset();
      owners.add(new Interval(start, start + f.size(), owners.size(), symbols.size() - 1));
    }
    fillCode(index, 0, section.contents().byteSize(), section.contents(), owners, List.of());
  }

  private void data(int index, WasmFile.Section section) {
    var owners = new ArrayList<Interval>();
    for (WasmFile.DataSegment d : wasm.dataSegments()) {
      symbols.add(d.name().isEmpty() ? "data #" + owners.size() : d.name());
      owners.add(
          new Interval(d.offset(), d.offset() + d.size(), owners.size(), symbols.size() - 1));
    }
    fillData(index, section.offset(), section.contents().byteSize(), Kind.CONSTANT, owners);
  }
}
