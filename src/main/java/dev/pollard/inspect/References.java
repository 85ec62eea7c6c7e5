package dev.pollard.inspect;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfRelocation;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The addresses that stand in the code and data of a linked ELF file. Its relocations are gone, so
/// they are read from literal pools and from the instructions that make an address (Thumb, RISC-V,
/// AArch64, x86-64), and from the words of data. What looks like an address may be none: who asks
/// takes only those that point to where he looks.
final class References {
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// How many bytes after its first half the second half of an address may come.
  private static final long REACH = 64;

  private final ElfFile elf;
  private final Sink sink;

  // What registers hold of an address, and where they were set.
  private final long[] registers = new long[32];
  private final long[] setAt = new long[32];

  /// Takes one address.
  @FunctionalInterface
  interface Sink {
    /// Takes the next.
    ///
    /// @param from where it stands
    /// @param to what it is
    void take(long from, long to);
  }

  private References(ElfFile elf, Sink sink) {
    this.elf = elf;
    this.sink = sink;
  }

  /// Those in code.
  static void inCode(ElfFile elf, Sink sink) {
    var references = new References(elf, sink);
    for (ElfSection section : elf.sections()) {
      if (section.isAllocated() && section.isExecutable() && !section.isNoBits()) {
        Arrays.fill(references.setAt, Long.MIN_VALUE / 2);
        MemorySegment code = section.contents();
        switch (elf.machine()) {
          case ElfFile.EM_ARM -> references.arm(section);
          case ElfFile.EM_RISCV -> references.riscv(code, section.address());
          case ElfFile.EM_AARCH64 -> references.aarch64(code, section.address());
          case ElfFile.EM_X86_64 -> references.x86(code, section.address());
          default -> {}
        }
      }
    }
  }

  /// Those in a stretch of data: each word that may be one.
  ///
  /// @param start the address of the stretch
  static void inData(ElfFile elf, MemorySegment bytes, long start, Sink sink) {
    int step = elf.is64() ? 8 : 4;
    var words = ValueLayout.JAVA_INT_UNALIGNED.withOrder(elf.order());
    var longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(elf.order());
    for (long at = -start & step - 1; at + step <= bytes.byteSize(); at += step) {
      long to = elf.is64() ? bytes.get(longs, at) : bytes.get(words, at) & 0xffff_ffffL;
      if (to != 0) {
        sink.take(start + at, to);
      }
    }
  }

  private void arm(ElfSection section) {
    List<ElfSymbol> marks =
        elf.symbols().stream()
            .filter(s -> s.section() == section.index() && s.isMapping())
            .sorted(Comparator.comparingLong(ElfSymbol::value))
            .toList();
    MemorySegment code = section.contents();
    for (int i = 0; i < marks.size(); i++) {
      long from = marks.get(i).value() - section.address();
      long end =
          i + 1 < marks.size() ? marks.get(i + 1).value() - section.address() : code.byteSize();
      if (marks.get(i).name().startsWith("$t") && from >= 0) {
        thumb(code, section.address(), from, Math.min(end, code.byteSize()));
      }
    }
  }

  private void thumb(MemorySegment code, long base, long from, long end) {
    long at = from;
    while (at + 2 <= end) {
      int first = code.get(HALF, at) & 0xffff;
      if (first >>> 11 < 0x1d) {
        if (first >>> 11 == 9) { // ldr rX, [pc, #imm]
          literal(code, base, at, (at + base + 4 & ~3L) - base + (first & 0xff) * 4L);
        }
        at += 2;
        continue;
      }
      if (at + 4 > end) {
        return;
      }
      int second = code.get(HALF, at + 2) & 0xffff;
      if ((first & 0xff7f) == 0xf85f) { // ldr.w
        long offset = second & 0xfff;
        long pool = (at + base + 4 & ~3L) - base;
        literal(code, base, at, (first & 0x80) != 0 ? pool + offset : pool - offset);
      } else if ((first & 0xfb70) == 0xf240) { // movw, movt
        int register = second >> 8 & 15;
        long value =
            ((first & 15L) << 12)
                | ((first >> 10 & 1) << 11)
                | ((second >> 12 & 7) << 8)
                | (second & 0xff);
        if ((first & 0x80) == 0) {
          set(register, base + at, value);
        } else if (isSet(register, base + at)) {
          sink.take(base + at, value << 16 | registers[register]);
        }
      }
      at += 4;
    }
  }

  private void literal(MemorySegment code, long base, long at, long pool) {
    if (pool >= 0 && pool + 4 <= code.byteSize()) {
      sink.take(base + at, code.get(WORD, pool) & 0xffff_ffffL);
    }
  }

  private void set(int register, long at, long value) {
    registers[register] = value;
    setAt[register] = at;
  }

  private boolean isSet(int register, long at) {
    return at - setAt[register] <= REACH;
  }

  private void riscv(MemorySegment code, long base) {
    long mask = elf.is64() ? -1L : 0xffff_ffffL;
    long at = 0;
    while (at + 2 <= code.byteSize()) {
      int half = code.get(HALF, at) & 0xffff;
      if ((half & 3) != 3) {
        int register = half >> 7 & 31;
        int immediate = (half << 19 >> 31 << 5) | (half >> 2 & 31);
        if ((half & 0xe003) == 0x6001 && register != 0 && register != 2) { // c.lui
          set(register, base + at, (long) immediate << 12);
        } else if ((half & 0xe003) == 0x0001 && isSet(register, base + at)) { // c.addi
          sink.take(base + at, registers[register] + immediate & mask);
        }
        at += 2;
        continue;
      }
      if (at + 4 > code.byteSize()) {
        return;
      }
      int word = code.get(WORD, at);
      int to = word >> 7 & 31;
      int from = word >> 15 & 31;
      switch (word & 0x7f) {
        case 0x17 -> set(to, base + at, base + at + (word & 0xfffff000)); // auipc
        case 0x37 -> set(to, base + at, word & 0xfffff000); // lui
        case 0x13, 0x03, 0x07 -> { // addi, loads
          boolean adds = (word & 0x7f) != 0x13 || (word & 0x7000) == 0;
          if (adds && isSet(from, base + at)) {
            sink.take(base + at, registers[from] + (word >> 20) & mask);
          }
        }
        default -> {}
      }
      at += 4;
    }
  }

  private void aarch64(MemorySegment code, long base) {
    for (long at = 0; at + 4 <= code.byteSize(); at += 4) {
      int word = code.get(WORD, at);
      int from = word >> 5 & 31;
      if ((word & 0x9f000000) == 0x90000000) { // adrp
        long pages = ((long) (word << 8 >> 13) << 2) | (word >> 29 & 3);
        set(word & 31, base + at, (base + at & ~0xfffL) + (pages << 12));
      } else if ((word & 0xff800000) == 0x91000000 && isSet(from, base + at)) { // add
        int shift = (word >> 22 & 1) == 0 ? 0 : 12;
        sink.take(base + at, registers[from] + ((long) (word >> 10 & 0xfff) << shift));
      } else if ((word & 0x3b400000) == 0x39400000 && isSet(from, base + at)) { // ldr
        sink.take(base + at, registers[from] + ((long) (word >> 10 & 0xfff) << (word >>> 30)));
      }
    }
  }

  /// `lea` and loads relative to the instruction pointer.
  private void x86(MemorySegment code, long base) {
    for (long at = 2; at + 5 <= code.byteSize(); at++) {
      if ((code.get(ValueLayout.JAVA_BYTE, at) & 0xc7) != 0x05) {
        continue;
      }
      int op = code.get(ValueLayout.JAVA_BYTE, at - 1) & 0xff;
      int before = code.get(ValueLayout.JAVA_BYTE, at - 2) & 0xff;
      boolean plain = (op == 0x8d || op == 0x8b) && (before & 0xf0) == 0x40;
      boolean vector = before == 0x0f && (op == 0x10 || op == 0x28 || op == 0x6f || op >> 4 == 5);
      if (plain || vector) {
        sink.take(base + at - 2, base + at + 5 + code.get(WORD, at + 1));
      }
    }
  }

  /// The targets of relocations that a loader applies to data, which need not stand in its bytes.
  static void relocated(ElfFile elf, Sink sink) {
    for (ElfRelocation r : elf.relocations()) {
      if (r.addend() > 0) {
        sink.take(r.offset(), r.addend());
      }
    }
  }
}
