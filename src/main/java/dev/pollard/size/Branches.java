package dev.pollard.size;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the machine code of one processor family says about calls. Which relocations are calls, and
/// what the bytes say where the assembler left no relocation: calls inside one section, and calls
/// through a register.
///
/// ARM and AArch64 are decoded instruction by instruction, data in code (by mapping symbols) left
/// out. RISC-V is decoded by the length bits. x86 has no such order: its bytes are searched for the
/// patterns, which may find a call through a register that is none, and so errs to deeper stacks.
final class Branches {
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ElfFile object;

  Branches(ElfFile object) {
    this.object = object;
  }

  /// Whoever wants to hear of the branches of a section.
  interface Listener {
    /// A branch to a fixed offset in the same section.
    ///
    /// @param links whether it comes back
    void direct(long at, long target, boolean links);

    /// A branch to an address in a register or in memory.
    void indirect(long at);
  }

  /// Bytes that a call puts on the stack before the callee's own frame.
  long pushedByCall() {
    return switch (object.machine()) {
      case ElfFile.EM_X86_64 -> 8;
      case ElfFile.EM_386 -> 4;
      default -> 0;
    };
  }

  /// What a relocation in code is.
  enum Role {
    CALL,
    /// A branch that does not come back here: a call in tail position.
    JUMP,
    /// A call through an entry of the global offset table that holds the symbol's address.
    TABLE_CALL,
    /// The symbol's address, or that of data.
    ADDRESS,
    NONE
  }

  /// The role of a relocation of that type at that offset of a section of code.
  Role role(int type, ElfSection section, long offset) {
    return switch (object.machine()) {
      case ElfFile.EM_ARM ->
          switch (type) {
            case 1, 27, 28, 10 -> Role.CALL; // PC24, PLT32, CALL, THM_CALL
            // JUMP24, THM_JUMP24, THM_JUMP19, THM_JUMP11, THM_JUMP8
            case 29, 30, 51, 102, 103 -> Role.JUMP;
            case 0 -> Role.NONE;
            default -> Role.ADDRESS;
          };
      case ElfFile.EM_RISCV ->
          switch (type) {
            // BRANCH, JAL, CALL, CALL_PLT, RVC_BRANCH, RVC_JUMP
            case 16, 17, 18, 19, 44, 45 ->
                isRiscvLink(type, section, offset) ? Role.CALL : Role.JUMP;
            // NONE, ALIGN, RELAX, and the second halves of PC-relative pairs
            case 0, 43, 51, 24, 25 -> Role.NONE;
            default -> Role.ADDRESS;
          };
      case ElfFile.EM_AARCH64 ->
          switch (type) {
            case 283 -> Role.CALL; // CALL26
            case 279, 280, 282 -> Role.JUMP; // TSTBR14, CONDBR19, JUMP26
            case 0, 256 -> Role.NONE;
            default -> Role.ADDRESS;
          };
      case ElfFile.EM_X86_64 ->
          switch (type) {
            case 0 -> Role.NONE;
            case 2, 4 -> x86Branch(section, offset); // PC32, PLT32
            case 9, 41, 42 -> // GOTPCREL, GOTPCRELX, REX_GOTPCRELX
                isX86TableBranch(section, offset) ? Role.TABLE_CALL : Role.ADDRESS;
            default -> Role.ADDRESS;
          };
      case ElfFile.EM_386 ->
          switch (type) {
            case 0 -> Role.NONE;
            case 2, 4 -> x86Branch(section, offset); // PC32, PLT32
            default -> Role.ADDRESS;
          };
      default -> Role.ADDRESS;
    };
  }

  /// What has to be added to the addend of a PC-relative relocation to reach its target.
  long bias() {
    return object.machine() == ElfFile.EM_X86_64 || object.machine() == ElfFile.EM_386 ? 4 : 0;
  }

  private static Role x86Branch(ElfSection section, long offset) {
    if (offset < 1 || offset > section.contents().byteSize()) {
      return Role.ADDRESS;
    }
    int opcode = u8(section.contents(), offset - 1);
    if (opcode == 0xe8) {
      return Role.CALL;
    }
    boolean conditional =
        (opcode & 0xf0) == 0x80 && offset > 1 && u8(section.contents(), offset - 2) == 0x0f;
    return opcode == 0xe9 || conditional ? Role.JUMP : Role.ADDRESS;
  }

  /// Whether the link register of a `jal`, or of the `jalr` of a call pair, is not `zero`.
  private static boolean isRiscvLink(int type, ElfSection section, long offset) {
    long at = type == 18 || type == 19 ? offset + 4 : offset;
    boolean outside = at < 0 || at > section.contents().byteSize() - 4;
    if (type == 16 || type == 44 || type == 45 || outside) {
      return type == 18 || type == 19;
    }
    return (section.contents().get(WORD, at) >> 7 & 31) != 0;
  }

  private static boolean isX86TableBranch(ElfSection section, long offset) {
    if (offset < 2 || offset > section.contents().byteSize()) {
      return false;
    }
    int modrm = u8(section.contents(), offset - 1);
    return u8(section.contents(), offset - 2) == 0xff && (modrm == 0x15 || modrm == 0x25);
  }

  /// Tells of every branch in a section.
  ///
  /// @param relocated offsets that relocations change: their bytes say nothing yet
  void scan(ElfSection section, Set<Long> relocated, Listener listener) {
    MemorySegment code = section.contents();
    switch (object.machine()) {
      case ElfFile.EM_ARM -> arm(section, relocated, listener);
      case ElfFile.EM_AARCH64 -> {
        for (long at = 0; at + 4 <= code.byteSize(); at += 4) {
          int word = code.get(WORD, at);
          if ((word & 0x7c000000) == 0x14000000) {
            if (!relocated.contains(at)) {
              listener.direct(at, at + ((word << 6) >> 6) * 4L, word < 0);
            }
          } else if ((word & 0xffdffc1f) == 0xd61f0000) { // br, blr
            listener.indirect(at);
          }
        }
      }
      case ElfFile.EM_RISCV -> riscv(code, object.is64(), relocated, listener);
      case ElfFile.EM_X86_64, ElfFile.EM_386 -> x86(code, relocated, listener);
      default -> {}
    }
  }

  private void arm(ElfSection section, Set<Long> relocated, Listener listener) {
    var kinds = new TreeMap<Long, Character>();
    for (ElfSymbol s : object.symbols()) {
      if (s.section() == section.index() && s.isMapping()) {
        // In a linked file symbols have addresses; a section of an object has none.
        long offset = s.value() - section.address();
        if (offset >= 0 && offset < section.contents().byteSize()) {
          kinds.put(offset, s.name().charAt(1));
        }
      }
    }
    MemorySegment code = section.contents();
    for (Map.Entry<Long, Character> part : kinds.entrySet()) {
      Long next = kinds.higherKey(part.getKey());
      long end = next == null ? code.byteSize() : Math.min(next, code.byteSize());
      switch (part.getValue()) {
        case 't' -> thumb(code, part.getKey(), end, relocated, listener);
        case 'a' -> {
          for (long at = part.getKey(); at + 4 <= end; at += 4) {
            int word = code.get(WORD, at);
            if ((word & 0x0e000000) == 0x0a000000 && !relocated.contains(at)) {
              listener.direct(at, at + 8 + ((word << 8) >> 6), (word & 0x01000000) != 0);
            } else if ((word & 0x0fffffd0) == 0x012fff10 && (word & 0xf) != 14) {
              listener.indirect(at);
            }
          }
        }
        default -> {}
      }
    }
  }

  private static void thumb(
      MemorySegment code, long from, long end, Set<Long> relocated, Listener listener) {
    long at = from;
    while (at + 2 <= end) {
      int first = code.get(HALF, at) & 0xffff;
      if (first >>> 11 < 0x1d) {
        boolean register = (first & 0xff03) == 0x4700; // bx, blx, bxns, blxns
        boolean returns = (first & 0x80) == 0 && (first >> 3 & 15) == 14; // bx lr
        if (register && !returns) {
          listener.indirect(at);
        } else if (first >>> 11 == 0x1c && !relocated.contains(at)) {
          listener.direct(at, at + 4 + (first << 21 >> 20), false); // b
        }
        at += 2;
        continue;
      }
      if (at + 4 > end) {
        return;
      }
      int second = code.get(HALF, at + 2) & 0xffff;
      boolean branch = first >>> 11 == 0x1e && (second & 0x9000) == 0x9000; // b.w, bl
      if (branch && !relocated.contains(at)) {
        int s = first >> 10 & 1;
        int i1 = 1 ^ (second >> 13 & 1) ^ s;
        int i2 = 1 ^ (second >> 11 & 1) ^ s;
        int offset =
            (-s << 24)
                | (i1 << 23)
                | (i2 << 22)
                | ((first & 0x3ff) << 12)
                | ((second & 0x7ff) << 1);
        listener.direct(at, at + 4 + offset, (second & 0x4000) != 0);
      }
      at += 4;
    }
  }

  private static void riscv(
      MemorySegment code, boolean is64, Set<Long> relocated, Listener listener) {
    long at = 0;
    while (at + 2 <= code.byteSize()) {
      int half = code.get(HALF, at) & 0xffff;
      if ((half & 3) != 3) {
        int register = half >> 7 & 31;
        boolean jump = (half & 0xe07f) == 0x8002 && register != 0; // c.jr, c.jalr
        boolean returns = (half & 0x1000) == 0 && (register == 1 || register == 5);
        int operation = half & 0xe003;
        if (jump && !returns) {
          listener.indirect(at);
        } else if ((operation == 0xa001 || (operation == 0x2001 && !is64))
            && !relocated.contains(at)) {
          listener.direct(at, at + compressedOffset(half), operation == 0x2001); // c.j, c.jal
        }
        at += 2;
        continue;
      }
      if (at + 4 > code.byteSize()) {
        return;
      }
      int word = code.get(WORD, at);
      if ((word & 0x7f) == 0x6f && !relocated.contains(at)) {
        int offset =
            ((word >> 31) << 20)
                | (word & 0xff000)
                | ((word >>> 20 & 1) << 11)
                | ((word >>> 21 & 0x3ff) << 1);
        listener.direct(at, at + offset, (word >> 7 & 31) != 0);
      } else if ((word & 0x707f) == 0x67) {
        int to = word >> 7 & 31;
        int base = word >> 15 & 31;
        boolean returns = to == 0 && (base == 1 || base == 5);
        // the second half of a call pair, whose first half holds the relocation
        if (!returns && !relocated.contains(at - 4) && !relocated.contains(at)) {
          listener.indirect(at);
        }
      }
      at += 4;
    }
  }

  /// The distance that a `c.j` or `c.jal` goes.
  private static int compressedOffset(int half) {
    return -(half >> 12 & 1) << 11
        | (half >> 8 & 1) << 10
        | (half >> 9 & 3) << 8
        | (half >> 6 & 1) << 7
        | (half >> 7 & 1) << 6
        | (half >> 2 & 1) << 5
        | (half >> 11 & 1) << 4
        | (half >> 3 & 7) << 1;
  }

  private static void x86(MemorySegment code, Set<Long> relocated, Listener listener) {
    long size = code.byteSize();
    for (long at = 0; at < size; at++) {
      int opcode = u8(code, at);
      if ((opcode == 0xe8 || opcode == 0xe9) && at + 5 <= size) {
        if (!relocated.contains(at + 1)) {
          listener.direct(at, at + 5 + code.get(WORD, at + 1), opcode == 0xe8);
        }
      } else if (opcode == 0xff && at + 2 <= size) {
        int register = u8(code, at + 1) >> 3 & 7;
        boolean table = (u8(code, at + 1) & 0xc7) == 0x05 && relocated.contains(at + 2);
        if ((register == 2 || register == 4) && !table) {
          listener.indirect(at);
        }
      }
    }
  }

  private static int u8(MemorySegment bytes, long at) {
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }
}
