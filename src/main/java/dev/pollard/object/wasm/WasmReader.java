package dev.pollard.object.wasm;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.wasm.WasmFile.DataSegment;
import dev.pollard.object.wasm.WasmFile.Export;
import dev.pollard.object.wasm.WasmFile.Function;
import dev.pollard.object.wasm.WasmFile.Global;
import dev.pollard.object.wasm.WasmFile.Import;
import dev.pollard.object.wasm.WasmFile.Kind;
import dev.pollard.object.wasm.WasmFile.Memory;
import dev.pollard.object.wasm.WasmFile.Section;
import dev.pollard.object.wasm.WasmFile.Signature;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one WebAssembly module, once. Source: WebAssembly 2.0 core specification, chapter 5, with
/// the exception-handling and tail-call additions that LLVM emits; the name section's extended
/// subsections; the tool conventions' linking section.
final class WasmReader {
  private static final List<String> NAMES =
      List.of(
          "custom",
          "type",
          "import",
          "function",
          "table",
          "memory",
          "global",
          "export",
          "start",
          "element",
          "code",
          "data",
          "datacount",
          "tag");

  private final String name;
  private final MemorySegment bytes;
  private final List<Section> sections = new ArrayList<>();
  private final List<Signature> types = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<Body> bodies = new ArrayList<>();
  private final List<Global> globals = new ArrayList<>();
  private final List<Memory> memories = new ArrayList<>();
  private final List<Export> exports = new ArrayList<>();
  private final List<DataSegment> data = new ArrayList<>();
  private final Map<Kind, Integer> imported = new EnumMap<>(Kind.class);
  private final Map<Integer, String> functionNames = new HashMap<>();
  private final Map<Integer, String> globalNames = new HashMap<>();
  private final Map<Integer, String> dataNames = new HashMap<>();
  private Optional<Integer> start = Optional.empty();
  private boolean relocatable;

  WasmReader(String name, MemorySegment bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  private record Body(long offset, long size, MemorySegment code) {}

  WasmFile read() throws MalformedObjectException {
    var all = new Cursor(name, bytes, 0, ByteOrder.LITTLE_ENDIAN);
    if (!WasmFile.isWasm(bytes)) {
      throw new MalformedObjectException(name, 0, "not a WebAssembly file");
    }
    all.skip(4);
    if (all.u32() != 1) {
      throw new MalformedObjectException(name, 4, "not version 1 of a WebAssembly module");
    }
    while (all.remaining() > 0) {
      section(all);
    }
    if (functionTypes.size() != bodies.size()) {
      throw new MalformedObjectException(
          name,
          all.fileOffset(),
          "%d functions with %d bodies".formatted(functionTypes.size(), bodies.size()));
    }
    var functions = new ArrayList<Function>();
    for (int i = 0; i < bodies.size(); i++) {
      int index = imported.getOrDefault(Kind.FUNCTION, 0) + i;
      Body body = bodies.get(i);
      functions.add(
          new Function(
              index,
              functionNames.getOrDefault(index, ""),
              functionTypes.get(i),
              body.offset,
              body.size,
              body.code));
    }
    globals.replaceAll(
        g -> new Global(g.index(), globalNames.getOrDefault(g.index(), ""), g.type(), g.mutable()));
    for (int i = 0; i < data.size(); i++) {
      DataSegment d = data.get(i);
      data.set(
          i, new DataSegment(dataNames.getOrDefault(i, ""), d.address(), d.offset(), d.size()));
    }
    return new WasmFile(
        name,
        bytes,
        sections,
        types,
        imports,
        functions,
        globals,
        memories,
        exports,
        start,
        data,
        relocatable);
  }

  private void section(Cursor all) throws MalformedObjectException {
    long from = all.position();
    int id = all.u8();
    int size = all.count();
    Cursor c = all.sub(size, ByteOrder.LITTLE_ENDIAN);
    String title = id < NAMES.size() ? NAMES.get(id) : "unknown " + id;
    if (id == Section.CUSTOM) {
      title = c.utf8(c.count());
    }
    long contentsAt = c.fileOffset();
    MemorySegment contents = bytes.asSlice(contentsAt, c.remaining());
    sections.add(new Section(id, title, contentsAt, contents, all.position() - from));
    switch (id) {
      case 0 -> custom(title, c);
      case 1 -> types(c);
      case 2 -> imports(c);
      case 3 -> {
        for (int n = c.count(); n > 0; n--) {
          functionTypes.add((int) c.uleb());
        }
      }
      case 5 -> {
        for (int n = c.count(); n > 0; n--) {
          memories.add(limits(c));
        }
      }
      case 6 -> globals(c);
      case 7 -> {
        for (int n = c.count(); n > 0; n--) {
          exports.add(new Export(c.utf8(c.count()), kind(c), (int) c.uleb()));
        }
      }
      case 8 -> start = Optional.of((int) c.uleb());
      case 10 -> {
        for (int n = c.count(); n > 0; n--) {
          long at = c.fileOffset();
          int length = c.count();
          MemorySegment code = c.slice(length);
          bodies.add(new Body(at, c.fileOffset() - at, code));
        }
      }
      case 11 -> data(c);
      default -> {} // tables, elements and tags are kept as bytes
    }
  }

  private void custom(String title, Cursor c) throws MalformedObjectException {
    if (title.equals("name")) {
      while (c.remaining() > 0) {
        int subsection = c.u8();
        Cursor s = c.sub(c.count(), ByteOrder.LITTLE_ENDIAN);
        switch (subsection) {
          case 1 -> names(s, functionNames);
          case 7 -> names(s, globalNames);
          case 9 -> names(s, dataNames);
          default -> {}
        }
      }
    } else if (title.equals("linking")) {
      relocatable = true;
      if (c.uleb() != 2) {
        return; // an unknown version: names are lost, nothing else
      }
      while (c.remaining() > 0) {
        int subsection = c.u8();
        Cursor s = c.sub(c.count(), ByteOrder.LITTLE_ENDIAN);
        if (subsection == 5) {
          int segments = s.count();
          for (int i = 0; i < segments; i++) {
            dataNames.put(i, s.utf8(s.count()));
            s.uleb();
            s.uleb();
          }
        } else if (subsection == 8) {
          symbols(s);
        }
      }
    }
  }

  private void symbols(Cursor s) throws MalformedObjectException {
    for (int n = s.count(); n > 0; n--) {
      int kind = s.u8();
      long flags = s.uleb();
      boolean undefined = (flags & 0x10) != 0;
      boolean named = !undefined || (flags & 0x40) != 0;
      switch (kind) {
        case 0, 2, 4, 5 -> {
          int index = (int) s.uleb();
          String symbol = named ? s.utf8(s.count()) : "";
          if (named && kind == 0) {
            functionNames.putIfAbsent(index, symbol);
          } else if (named && kind == 2) {
            globalNames.putIfAbsent(index, symbol);
          }
        }
        case 1 -> {
          s.skip(s.count());
          if (!undefined) {
            s.uleb();
            s.uleb();
            s.uleb();
          }
        }
        case 3 -> s.uleb();
        default -> throw s.malformed("unknown kind of symbol %d".formatted(kind));
      }
    }
  }

  private static void names(Cursor s, Map<Integer, String> into) throws MalformedObjectException {
    for (int n = s.count(); n > 0; n--) {
      int index = (int) s.uleb();
      into.put(index, s.utf8(s.count()));
    }
  }

  private void types(Cursor c) throws MalformedObjectException {
    for (int n = c.count(); n > 0; n--) {
      int form = c.u8();
      if (form != 0x60) {
        throw c.malformed("unknown form of type 0x%x".formatted(form));
      }
      types.add(new Signature(valueTypes(c), valueTypes(c)));
    }
  }

  private static List<Integer> valueTypes(Cursor c) throws MalformedObjectException {
    var list = new ArrayList<Integer>();
    for (int n = c.count(); n > 0; n--) {
      list.add(valueType(c));
    }
    return list;
  }

  private static int valueType(Cursor c) throws MalformedObjectException {
    int type = c.u8();
    if (type == 0x63 || type == 0x64) {
      return type << 16 | (int) (c.sleb() & 0xffff);
    }
    return type;
  }

  private void imports(Cursor c) throws MalformedObjectException {
    for (int n = c.count(); n > 0; n--) {
      String module = c.utf8(c.count());
      String field = c.utf8(c.count());
      Kind kind = kind(c);
      int type = 0;
      switch (kind) {
        case FUNCTION -> type = (int) c.uleb();
        case TABLE -> {
          valueType(c);
          limits(c);
        }
        case MEMORY -> limits(c);
        case GLOBAL -> {
          valueType(c);
          c.u8();
        }
        case TAG -> {
          c.u8();
          c.uleb();
        }
      }
      imports.add(new Import(module, field, kind, imported.merge(kind, 1, Integer::sum) - 1, type));
    }
  }

  private static Kind kind(Cursor c) throws MalformedObjectException {
    int kind = c.u8();
    return switch (kind) {
      case 0 -> Kind.FUNCTION;
      case 1 -> Kind.TABLE;
      case 2 -> Kind.MEMORY;
      case 3 -> Kind.GLOBAL;
      case 4 -> Kind.TAG;
      default -> throw c.malformed("unknown kind %d of import or export".formatted(kind));
    };
  }

  private static Memory limits(Cursor c) throws MalformedObjectException {
    int flags = c.u8();
    long minimum = c.uleb();
    return new Memory(minimum, (flags & 1) != 0 ? Optional.of(c.uleb()) : Optional.empty());
  }

  private void globals(Cursor c) throws MalformedObjectException {
    for (int n = c.count(); n > 0; n--) {
      int type = valueType(c);
      boolean mutable = c.u8() == 1;
      constant(c);
      globals.add(
          new Global(imported.getOrDefault(Kind.GLOBAL, 0) + globals.size(), "", type, mutable));
    }
  }

  private void data(Cursor c) throws MalformedObjectException {
    for (int n = c.count(); n > 0; n--) {
      long mode = c.uleb();
      if (mode > 2) {
        throw c.malformed("unknown mode %d of a data segment".formatted(mode));
      }
      if (mode == 2) {
        c.uleb();
      }
      Optional<Long> address = mode == 1 ? Optional.empty() : constant(c);
      int size = c.count();
      long at = c.fileOffset();
      c.skip(size);
      data.add(new DataSegment("", address, at, size));
    }
  }

  /// Reads a constant expression; its value when it is one plain integer.
  private static Optional<Long> constant(Cursor c) throws MalformedObjectException {
    Optional<Long> value = Optional.empty();
    int instructions = 0;
    while (true) {
      int opcode = c.u8();
      switch (opcode) {
        case 0x0b -> {
          return instructions == 1 ? value : Optional.empty();
        }
        case 0x41, 0x42 -> value = Optional.of(c.sleb());
        case 0x43 -> c.skip(4);
        case 0x44 -> c.skip(8);
        case 0x23, 0xd2 -> {
          c.uleb();
          value = Optional.empty();
        }
        case 0xd0 -> c.sleb();
        case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> value = Optional.empty();
        case 0xfd -> {
          if (c.uleb() != 12) {
            throw c.malformed("a vector instruction that is not constant");
          }
          c.skip(16);
        }
        default -> throw c.malformed("instruction 0x%x is not constant".formatted(opcode));
      }
      instructions++;
    }
  }
}
