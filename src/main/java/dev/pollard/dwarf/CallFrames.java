package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Reads `.debug_frame` and `.eh_frame`: how far below the caller's stack pointer each function
/// moves its own. Source: DWARF 5, 6.4, and the Linux Standard Base for `.eh_frame`.
public final class CallFrames {
  /// How many instructions are run in one file for each of its bytes, at most: an instruction has a
  /// byte, but each entry runs those of its common part again.
  private static final long WORK_PER_BYTE = 16;

  private static final int POINTER_RELATIVE = 0x10;

  private final ElfFile elf;
  private final boolean eh;
  private final ElfSection section;
  private final int stackPointer;
  private final Map<Long, Common> commons = new HashMap<>();
  private final Map<Long, Long> depths;
  private long work;

  private CallFrames(ElfFile elf, ElfSection section, boolean eh, Map<Long, Long> depths) {
    this.elf = elf;
    this.section = section;
    this.eh = eh;
    this.stackPointer = stackPointer(elf.machine());
    this.depths = depths;
  }

  /// What several functions share.
  ///
  /// @param encoding of addresses in `.eh_frame`
  /// @param start where its instructions are in the section
  private record Common(
      long codeAlign, long dataAlign, int encoding, boolean augmented, long start, long end) {}

  /// The bytes between the stack pointer at the entry of a function, before its return address on
  /// processors that push one, and the lowest that is told for it, by its address. Functions that
  /// address their frame by another register have the depth at which they began to.
  ///
  /// @param sections where `.debug_frame` is, which may be packed
  public static Map<Long, Long> depths(ElfFile elf, DebugSections sections)
      throws MalformedObjectException {
    var depths = new HashMap<Long, Long>();
    if (stackPointer(elf.machine()) < 0) {
      return depths;
    }
    for (ElfSection section : elf.sections()) {
      if (section.name().equals(".eh_frame") && !section.isNoBits()) {
        Cursor c =
            new Cursor(elf.name() + ": section .eh_frame", section.contents(), 0, elf.order());
        new CallFrames(elf, section, true, depths).read(c);
      } else if (section.name().endsWith("debug_frame")) {
        new CallFrames(elf, section, false, depths).read(sections.cursor(".debug_frame"));
      }
    }
    return depths;
  }

  private static int stackPointer(int machine) {
    return switch (machine) {
      case ElfFile.EM_386 -> 4;
      case ElfFile.EM_X86_64 -> 7;
      case ElfFile.EM_ARM -> 13;
      case ElfFile.EM_AARCH64 -> 31;
      case ElfFile.EM_RISCV -> 2;
      case ElfFile.EM_PPC64 -> 1;
      default -> -1;
    };
  }

  private void read(Cursor c) throws MalformedObjectException {
    while (c.remaining() >= 4) {
      long at = c.position();
      long length = c.u32();
      boolean wide = length == 0xffff_ffffL;
      if (wide) {
        length = c.u63();
      }
      if (length == 0) {
        if (eh) {
          return;
        }
        continue;
      }
      if (length > c.remaining()) {
        throw c.malformed(
            "an entry of %d bytes where %d are left".formatted(length, c.remaining()));
      }
      long end = c.position() + length;
      long idAt = c.position();
      long id = wide && !eh ? c.i64() : c.u32();
      boolean common = eh ? id == 0 : id == (wide ? -1L : 0xffff_ffffL);
      if (common) {
        commons.put(at, common(c, end));
      } else {
        Common shared = commons.get(eh ? idAt - id : id);
        if (shared != null) {
          function(c, shared, end);
        }
      }
      c.seek(end);
    }
  }

  private Common common(Cursor c, long end) throws MalformedObjectException {
    int version = c.u8();
    String augmentation = c.cString();
    if (version >= 4) {
      c.skip(2); // sizes of an address and of a segment
    }
    long codeAlign = c.uleb();
    long dataAlign = c.sleb();
    if (version == 1) {
      c.u8();
    } else {
      c.uleb();
    }
    int encoding = 0;
    boolean augmented = augmentation.startsWith("z");
    if (augmented) {
      long size = c.uleb();
      long behind = c.position() + Math.max(0, Math.min(size, end - c.position()));
      for (char letter : augmentation.substring(1).toCharArray()) {
        switch (letter) {
          case 'R' -> encoding = c.u8();
          case 'L' -> c.u8();
          case 'P' -> pointer(c, c.u8());
          default -> {}
        }
      }
      c.seek(behind);
    }
    return new Common(codeAlign, dataAlign, encoding, augmented, c.position(), end);
  }

  private void function(Cursor c, Common common, long end) throws MalformedObjectException {
    OptionalLong start;
    if (eh) {
      start = pointer(c, common.encoding);
      pointer(c, common.encoding & 0x0f);
      if (common.augmented) {
        c.skip(c.count());
      }
    } else {
      start = OptionalLong.of(c.word(elf.is64()));
      c.word(elf.is64());
    }
    if (start.isEmpty() || c.position() > end) {
      return;
    }
    long from = c.position();
    var state = new State();
    run(c.seek(common.start), common.end, common, state);
    run(c.seek(from), end, common, state);
    // The bit that marks Thumb code is not in these tables.
    depths.merge(start.getAsLong(), state.deepest, Math::max);
  }

  /// A pointer in one of the encodings that linkers write; empty for others.
  private OptionalLong pointer(Cursor c, int encoding) throws MalformedObjectException {
    long base = (encoding & 0x70) == POINTER_RELATIVE ? section.address() + c.position() : 0;
    long value =
        switch (encoding & 0x0f) {
          case 0x00 -> c.word(elf.is64());
          case 0x01 -> c.uleb();
          case 0x02 -> c.u16();
          case 0x03 -> c.u32();
          case 0x04, 0x0c -> c.i64();
          case 0x09 -> c.sleb();
          case 0x0a -> (short) c.u16();
          case 0x0b -> c.i32();
          default -> throw c.malformed("unknown encoding 0x%x of a pointer".formatted(encoding));
        };
    return (encoding & 0x60) == 0 ? OptionalLong.of(base + value) : OptionalLong.empty();
  }

  /// Where the caller's frame is counted from, and the deepest so far.
  private final class State {
    long register;
    long offset;
    long deepest;
    final ArrayDeque<long[]> remembered = new ArrayDeque<>();

    void set(long newRegister, long newOffset) {
      register = newRegister;
      offset = newOffset;
      if (register == stackPointer) {
        deepest = Math.max(deepest, offset);
      }
    }
  }

  private void run(Cursor c, long end, Common common, State state) throws MalformedObjectException {
    while (c.position() < end) {
      work++;
      if (work > WORK_PER_BYTE * c.size() + 4096) {
        throw c.malformed("more instructions than a section of that size can have");
      }
      int op = c.u8();
      switch (op >> 6) {
        case 1, 3 -> {} // advance_loc, restore
        case 2 -> c.uleb(); // offset
        default -> {
          switch (op) {
            case 0x00, 0x0b -> {
              if (op == 0x0b && !state.remembered.isEmpty()) {
                long[] was = state.remembered.pop();
                state.set(was[0], was[1]);
              }
            }
            case 0x0a -> {
              if (state.remembered.size() < 64) {
                state.remembered.push(new long[] {state.register, state.offset});
              }
            }
            case 0x01 -> c.skip(elf.is64() ? 8 : 4); // set_loc
            case 0x02 -> c.skip(1);
            case 0x03 -> c.skip(2);
            case 0x04 -> c.skip(4);
            case 0x06, 0x07, 0x08, 0x2e -> c.uleb(); // one register, or the size of arguments
            case 0x05, 0x09, 0x14, 0x2f -> { // offset, register and the like
              c.uleb();
              c.uleb();
            }
            case 0x11, 0x15 -> { // offset and value, signed
              c.uleb();
              c.sleb();
            }
            case 0x0c -> state.set(c.uleb(), c.uleb()); // def_cfa
            case 0x12 -> state.set(c.uleb(), c.sleb() * common.dataAlign);
            case 0x0d -> state.set(c.uleb(), state.offset); // def_cfa_register
            case 0x0e -> state.set(state.register, c.uleb()); // def_cfa_offset
            case 0x13 -> state.set(state.register, c.sleb() * common.dataAlign);
            case 0x0f -> { // def_cfa_expression
              c.skip(c.count());
              state.register = -1;
            }
            case 0x10, 0x16 -> {
              c.uleb();
              c.skip(c.count());
            }
            case 0x1d -> c.i64();
            case 0x2d -> {} // window save, and AArch64's signing of return addresses
            default -> {
              return; // of a vendor: what follows cannot be told apart
            }
          }
        }
      }
    }
  }
}
