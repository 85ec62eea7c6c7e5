package dev.pollard.inspect;

import dev.pollard.dwarf.CallFrames;
import dev.pollard.dwarf.DebugSections;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import dev.pollard.size.StackSizes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// The stack frame of each function of a linked ELF file: from `.stack_sizes` where the file has
/// it, else from the tables of the unwinder, and, where a function addresses its frame by a frame
/// pointer, from the instructions that it begins with (Thumb and x86-64).
final class Frames {
  /// How many instructions a prologue may have: pushes, the frame pointer, the stack pointer.
  private static final int LONGEST_PROLOGUE = 12;

  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Frames() {}

  /// Bytes by symbol; on processors that push it, without the return address.
  static Map<String, Long> of(ElfFile elf, DebugSections sections) throws MalformedObjectException {
    var frames = new HashMap<String, Long>(StackSizes.of(elf));
    if (elf.isRelocatable()) {
      return frames;
    }
    Map<Long, Long> depths = CallFrames.depths(elf, sections);
    long pushed =
        switch (elf.machine()) {
          case ElfFile.EM_X86_64 -> 8;
          case ElfFile.EM_386 -> 4;
          default -> 0;
        };
    for (ElfSymbol symbol : elf.symbols()) {
      if (!symbol.isFunction() || !symbol.isDefined() || frames.containsKey(symbol.name())) {
        continue;
      }
      long address = elf.codeAddress(symbol);
      Long told = depths.get(address);
      long seen =
          switch (elf.machine()) {
            case ElfFile.EM_ARM -> (symbol.value() & 1) == 1 ? thumb(code(elf, address)) : -1;
            case ElfFile.EM_X86_64 -> told == null ? -1 : x86(code(elf, address));
            default -> -1;
          };
      if (told != null || seen >= 0) {
        frames.put(symbol.name(), Math.max(told == null ? 0 : Math.max(0, told - pushed), seen));
      }
    }
    return frames;
  }

  private static MemorySegment code(ElfFile elf, long address) {
    for (ElfSection section : elf.sections()) {
      if (section.isAllocated() && section.isExecutable() && section.contains(address)) {
        MemorySegment bytes = section.contents();
        long offset = address - section.address();
        return offset < bytes.byteSize() ? bytes.asSlice(offset) : MemorySegment.NULL;
      }
    }
    return MemorySegment.NULL;
  }

  /// What the first instructions of Thumb code take from the stack pointer.
  static long thumb(MemorySegment code) {
    long depth = 0;
    long at = 0;
    for (int i = 0; i < LONGEST_PROLOGUE && at + 4 <= code.byteSize(); i++) {
      int first = code.get(HALF, at) & 0xffff;
      int second = code.get(HALF, at + 2) & 0xffff;
      boolean wide = first >>> 11 >= 0x1d;
      if ((first & 0xfe00) == 0xb400) { // push
        depth += 4L * Integer.bitCount(first & 0x1ff);
      } else if ((first & 0xff80) == 0xb080) { // sub sp, #imm
        depth += 4L * (first & 0x7f);
      } else if (first == 0xe92d) { // push.w
        depth += 4L * Integer.bitCount(second);
      } else if (first == 0xf84d && (second & 0xfff) == 0xd04) { // str rX, [sp, #-4]!
        depth += 4;
      } else if (first == 0xed2d && (second & 0xe00) == 0xa00) { // vpush
        depth += 4L * (second & 0xff);
      } else if ((first & 0xfbff) == 0xf1ad && (second & 0x8f00) == 0x0d00) { // sub.w sp, sp, #imm
        depth += expanded(imm12(first, second));
        return depth;
      } else if ((first & 0xfbff) == 0xf2ad && (second & 0x8f00) == 0x0d00) { // subw
        depth += imm12(first, second);
        return depth;
      } else if (wide ? isThumbBranch(first, second) : isThumbBranch(first)) {
        return depth;
      }
      at += wide ? 4 : 2;
    }
    return depth;
  }

  private static boolean isThumbBranch(int half) {
    return (half & 0xf000) == 0xd000 // b<c>
        || half >>> 11 == 0x1c // b
        || (half & 0xff00) == 0x4700 // bx, blx
        || (half & 0xf500) == 0xb100 // cbz, cbnz
        || (half & 0xfe00) == 0xbc00; // pop
  }

  private static boolean isThumbBranch(int first, int second) {
    return (first >>> 11 == 0x1e && (second & 0x8000) != 0) || first == 0xe8bd;
  }

  private static int imm12(int first, int second) {
    return ((first >> 10 & 1) << 11) | (second >> 4 & 0x700) | (second & 0xff);
  }

  /// A modified immediate constant of Thumb-2.
  static long expanded(int imm12) {
    int low = imm12 & 0xff;
    if (imm12 >> 10 == 0) {
      return switch (imm12 >> 8 & 3) {
        case 0 -> low;
        case 1 -> low << 16 | low;
        case 2 -> (long) low << 24 | low << 8;
        default -> (long) low << 24 | low << 16 | low << 8 | low;
      };
    }
    return Integer.rotateRight(0x80 | (imm12 & 0x7f), imm12 >> 7) & 0xffff_ffffL;
  }

  /// What a frame that x86-64 code addresses by `rbp` takes: `push`, `mov rbp, rsp`, `sub rsp`.
  static long x86(MemorySegment code) {
    long depth = 0;
    long at = 0;
    for (int i = 0; i < LONGEST_PROLOGUE && at + 7 <= code.byteSize(); i++) {
      int op = code.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      int next = code.get(HALF, at + 1) & 0xffff;
      if ((op & 0xf8) == 0x50) { // push
        depth += 8;
        at += 1;
      } else if (op == 0x41 && (next & 0xf8) == 0x50) { // push r8 and above
        depth += 8;
        at += 2;
      } else if (op == 0x48 && next == 0xe589) { // mov rbp, rsp
        at += 3;
      } else if (op == 0x48 && next == 0xec83) { // sub rsp, imm8
        return depth + code.get(ValueLayout.JAVA_BYTE, at + 3);
      } else if (op == 0x48 && next == 0xec81) { // sub rsp, imm32
        return depth + Math.max(0, code.get(WORD, at + 3));
      } else {
        return depth;
      }
    }
    return depth;
  }
}
