package dev.pollard.object.wasm;

import dev.pollard.object.MalformedObjectException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A WebAssembly module, linked or an object file.
///
/// @param name what messages call it
/// @param bytes the whole file
/// @param sections in file order
/// @param types function signatures
/// @param functions the module's own functions; their indices start after the imported ones
/// @param globals the module's own globals; their indices start after the imported ones
/// @param start the index of the function that runs at start
/// @param dataSegments what is put into memory
/// @param memories the module's own memories
/// @param relocatable whether it is an object file that a linker has still to take
public record WasmFile(
    String name,
    MemorySegment bytes,
    List<Section> sections,
    List<Signature> types,
    List<Import> imports,
    List<Function> functions,
    List<Global> globals,
    List<Memory> memories,
    List<Export> exports,
    Optional<Integer> start,
    List<DataSegment> dataSegments,
    boolean relocatable) {
  public WasmFile {
    sections = List.copyOf(sections);
    types = List.copyOf(types);
    imports = List.copyOf(imports);
    functions = List.copyOf(functions);
    globals = List.copyOf(globals);
    memories = List.copyOf(memories);
    exports = List.copyOf(exports);
    dataSegments = List.copyOf(dataSegments);
  }

  /// What an import or an export is.
  public enum Kind {
    FUNCTION,
    TABLE,
    MEMORY,
    GLOBAL,
    TAG
  }

  /// One section.
  ///
  /// @param id 0 for a custom section
  /// @param name of a custom section; else the name that the specification gives it
  /// @param offset of its contents in the file
  /// @param contents without the id and the size; for a custom section without its name
  /// @param size bytes in the file with id and size
  public record Section(int id, String name, long offset, MemorySegment contents, long size) {
    public static final int CUSTOM = 0;
    public static final int CODE = 10;
    public static final int DATA = 11;
  }

  /// A function's type, in the specification's own encoding: comparable, not for people.
  public record Signature(List<Integer> parameters, List<Integer> results) {
    public Signature {
      parameters = List.copyOf(parameters);
      results = List.copyOf(results);
    }
  }

  /// What the module needs.
  ///
  /// @param index in the index space of its kind
  /// @param type the signature's index, for a function; else 0
  public record Import(String module, String name, Kind kind, int index, int type) {}

  /// What the module offers.
  ///
  /// @param index in the index space of its kind
  public record Export(String name, Kind kind, int index) {}

  /// One function of the module's own.
  ///
  /// @param index counted from the first imported function
  /// @param name from the name section; empty when there is none
  /// @param type the index of its signature
  /// @param offset where its body's size field starts in the file
  /// @param size bytes in the file, size field included
  /// @param code locals and instructions
  public record Function(
      int index, String name, int type, long offset, long size, MemorySegment code) {}

  /// One global of the module's own.
  public record Global(int index, String name, int type, boolean mutable) {}

  /// One memory of the module's own, in pages of 64 KiB.
  public record Memory(long minimum, Optional<Long> maximum) {}

  /// What is put into memory.
  ///
  /// @param name from the name section or a linking section; empty when there is none
  /// @param address where, when that is a constant
  public record DataSegment(String name, Optional<Long> address, long offset, long size) {}

  /// Reads a file.
  public static WasmFile read(Path file) throws IOException {
    return parse(file.toString(), MemorySegment.ofArray(Files.readAllBytes(file)).asReadOnly());
  }

  /// Reads `bytes`, which messages call `name`.
  public static WasmFile parse(String name, MemorySegment bytes) throws MalformedObjectException {
    return new WasmReader(name, bytes).read();
  }

  /// Whether `bytes` start like a WebAssembly module.
  public static boolean isWasm(MemorySegment bytes) {
    return bytes.byteSize() >= 4
        && bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0)
            == 0x0061736d;
  }

  /// How many imported functions come before the module's own.
  public int importedFunctions() {
    return (int) imports.stream().filter(i -> i.kind() == Kind.FUNCTION).count();
  }

  /// The signature of a function of either kind.
  public Optional<Signature> signature(int function) {
    int imported = importedFunctions();
    int type;
    if (function < imported) {
      type =
          imports.stream()
              .filter(i -> i.kind() == Kind.FUNCTION && i.index() == function)
              .findFirst()
              .map(Import::type)
              .orElse(-1);
    } else {
      int own = function - imported;
      type = own < functions.size() ? functions.get(own).type() : -1;
    }
    return type >= 0 && type < types.size() ? Optional.of(types.get(type)) : Optional.empty();
  }
}
