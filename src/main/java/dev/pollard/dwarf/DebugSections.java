package dev.pollard.dwarf;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.wasm.WasmFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The debug sections of one file by name, unpacked when they are asked for. What is malformed is
/// told with the section's name and the offset in the unpacked section, as LLVM's tools count.
public final class DebugSections {
  private static final int ELFCOMPRESS_ZLIB = 1;
  private static final int ELFCOMPRESS_ZSTD = 2;

  /// zstd packs 128 KiB of one byte into some 20.
  private static final long ZSTD_LIMIT = 1 << 16;

  /// The memory in which a zstd stream may look back, as a power of two: what compressors use.
  private static final int ZSTD_WINDOW = 25;

  /// Deflate packs at most 1,032 bytes into one.
  private static final long DEFLATE_LIMIT = 1032;

  private final String file;
  private final ByteOrder order;
  private final boolean is64;
  private final Map<String, Packed> sections;
  private final Map<String, MemorySegment> unpacked = new HashMap<>();

  private enum Packing {
    NONE,
    ELF,
    /// The older form: a section `.zdebug_x` with `ZLIB` and a size before the stream.
    GNU
  }

  private record Packed(MemorySegment bytes, Packing packing) {}

  private DebugSections(String file, ByteOrder order, boolean is64, Map<String, Packed> sections) {
    this.file = file;
    this.order = order;
    this.is64 = is64;
    this.sections = sections;
  }

  /// Those of a linked ELF file.
  public static DebugSections of(ElfFile elf) {
    var found = new HashMap<String, Packed>();
    for (ElfSection section : elf.sections()) {
      String name = section.name();
      if (section.isAllocated() || section.isNoBits()) {
        continue;
      }
      if (name.startsWith(".zdebug_")) {
        found.putIfAbsent("." + name.substring(2), new Packed(section.contents(), Packing.GNU));
      } else if (name.startsWith(".debug_")) {
        found.putIfAbsent(
            name,
            new Packed(section.contents(), section.isCompressed() ? Packing.ELF : Packing.NONE));
      }
    }
    return new DebugSections(elf.name(), elf.order(), elf.is64(), found);
  }

  /// Those of a wasm module.
  public static DebugSections of(WasmFile wasm) {
    var found = new HashMap<String, Packed>();
    for (WasmFile.Section section : wasm.sections()) {
      if (section.id() == WasmFile.Section.CUSTOM && section.name().startsWith(".debug_")) {
        found.putIfAbsent(section.name(), new Packed(section.contents(), Packing.NONE));
      }
    }
    return new DebugSections(wasm.name(), ByteOrder.LITTLE_ENDIAN, false, found);
  }

  /// Sections of which the bytes are at hand, for tests.
  static DebugSections of(String file, ByteOrder order, Map<String, byte[]> sections) {
    var found = new HashMap<String, Packed>();
    sections.forEach(
        (name, bytes) -> found.put(name, new Packed(MemorySegment.ofArray(bytes), Packing.NONE)));
    return new DebugSections(file, order, false, found);
  }

  /// Whether there is anything to read: `.debug_info` with a byte in it.
  public boolean hasInfo() {
    Packed info = sections.get(".debug_info");
    return info != null && info.bytes.byteSize() > 0;
  }

  /// The bytes of all debug sections as they are in the file.
  public long size() {
    return sections.values().stream().mapToLong(p -> p.bytes.byteSize()).sum();
  }

  /// A cursor at the start of a section, which is empty when the file has none of that name.
  ///
  /// @throws MalformedObjectException when it cannot be unpacked
  public Cursor cursor(String section) throws MalformedObjectException {
    MemorySegment bytes = unpacked.get(section);
    if (bytes == null) {
      bytes = unpack(section);
      unpacked.put(section, bytes);
    }
    return new Cursor(label(section), bytes, 0, order);
  }

  private String label(String section) {
    return file + ": section " + section;
  }

  private MemorySegment unpack(String section) throws MalformedObjectException {
    Packed packed = sections.get(section);
    if (packed == null) {
      return MemorySegment.NULL.asSlice(0, 0);
    }
    if (packed.packing == Packing.NONE) {
      return packed.bytes;
    }
    Cursor c = new Cursor(label(section), packed.bytes, 0, order);
    long size;
    boolean zstd = false;
    if (packed.packing == Packing.GNU) {
      if (!c.utf8(4).equals("ZLIB")) {
        throw c.malformed("a compressed section that does not start with ZLIB");
      }
      size = c.sub(8, ByteOrder.BIG_ENDIAN).u63();
    } else {
      long kind = c.u32();
      if (is64) {
        c.skip(4);
      }
      size = is64 ? c.u63() : c.u32();
      c.word(is64);
      zstd = kind == ELFCOMPRESS_ZSTD;
      if (!zstd && kind != ELFCOMPRESS_ZLIB) {
        throw c.malformed("unknown kind of compression %d".formatted(kind));
      }
    }
    if (size > c.remaining() * (zstd ? ZSTD_LIMIT : DEFLATE_LIMIT)
        || size > Integer.MAX_VALUE - 8) {
      throw c.malformed("%d bytes cannot unpack to %d".formatted(c.remaining(), size));
    }
    byte[] bytes = zstd ? decompress(c, (int) size) : inflate(c, (int) size);
    return MemorySegment.ofArray(bytes).asReadOnly();
  }

  /// Unpacks zstd; the room grows with what really comes out.
  private static byte[] decompress(Cursor c, int size) throws MalformedObjectException {
    byte[] input = c.slice(c.remaining()).toArray(ValueLayout.JAVA_BYTE);
    try (var stream = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(input))) {
      stream.setLongMax(ZSTD_WINDOW);
      byte[] out = stream.readNBytes(size);
      if (out.length < size) {
        throw c.malformed("its stream ends after %d of %d bytes".formatted(out.length, size));
      }
      return out;
    } catch (MalformedObjectException e) {
      throw e;
    } catch (IOException e) {
      throw c.malformed("its zstd stream is broken: " + e.getMessage());
    }
  }

  /// Unpacks; the room grows with what really comes out.
  private static byte[] inflate(Cursor c, int size) throws MalformedObjectException {
    byte[] input = c.slice(c.remaining()).toArray(ValueLayout.JAVA_BYTE);
    byte[] out = new byte[(int) Math.min(size, Math.max(4096L, input.length * 8L))];
    int have = 0;
    try (var inflater = new Inflater()) {
      inflater.setInput(input);
      while (have < size) {
        if (have == out.length) {
          out = Arrays.copyOf(out, (int) Math.min(size, out.length * 2L));
        }
        int count = inflater.inflate(out, have, out.length - have);
        if (count == 0) {
          throw c.malformed("its stream ends after %d of %d bytes".formatted(have, size));
        }
        have += count;
      }
    } catch (DataFormatException e) {
      throw c.malformed("its zlib stream is broken: " + e.getMessage());
    }
    return out;
  }
}
