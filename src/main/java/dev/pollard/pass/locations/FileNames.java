package dev.pollard.pass.locations;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Constant;
import dev.pollard.llvm.GlobalValue;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Value;
import java.util.ArrayList;
import java.util.List;

/// The names of files that packed locations number, and how a name is found by its number.
sealed interface FileNames {
  /// Bytes of constants that the names take.
  long size();

  /// Bytes that a name needs behind its location, on the stack.
  int room();

  /// Writes address and length of the name with the number `file` to the start of `slot`, from
  /// `block` on.
  ///
  /// @param builder stands at the end of `block`
  /// @param slot a location, with [#room()] bytes behind it
  /// @param file the number, as wide as a pointer
  void find(Builder builder, BasicBlock block, Value slot, Value file);

  private static GlobalVariable table(Module module, Value value, int alignment) {
    GlobalVariable table = module.addGlobal("pollard.location.files", value.type());
    table.setInitializer(value);
    table.setConstant(true);
    table.setLinkage(GlobalValue.Linkage.PRIVATE);
    table.setUnnamedAddress(GlobalValue.UnnamedAddress.GLOBAL);
    table.setAlignment(alignment);
    return table;
  }

  /// Names by [FrontCoding], put together on the stack: smallest, and a stack as much deeper as the
  /// longest name when a program panics.
  ///
  /// @param names sorted
  record Coded(List<String> names) implements FileNames {
    private static final int EQUAL = 32;

    public Coded {
      names = List.copyOf(names);
    }

    @Override
    public long size() {
      return FrontCoding.encode(names).length;
    }

    @Override
    public int room() {
      return 1 + names.stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public void find(Builder builder, BasicBlock block, Value slot, Value file) {
      Module module = slot.module();
      int word = module.layout().pointerSize();
      Type integer = file.type();
      Type octet = module.types().integer(8);
      Value table = table(module, Constant.bytes(module, FrontCoding.encode(names)), 1);
      BasicBlock loop = block.function().appendBlock("name");
      BasicBlock done = block.function().appendBlock("done");
      Value text = builder.offset(slot, 2L * word + 8);
      builder.store(text, slot, word);
      builder.branch(loop);

      builder.atEnd(loop);
      Instruction entry = builder.phi(module.types().pointer());
      Instruction left = builder.phi(integer);
      Value shared = builder.cast(Opcode.ZEXT, builder.load(octet, entry, 1), integer);
      Value follows =
          builder.cast(Opcode.ZEXT, builder.load(octet, builder.offset(entry, 1), 1), integer);
      Value rest = builder.offset(entry, 2);
      builder.memcpy(builder.gep(octet, text, List.of(shared), true), 1, rest, 1, follows);
      Value next = builder.gep(octet, rest, List.of(follows), true);
      Value fewer = builder.binary(Opcode.SUB, left, integer.constant(1));
      builder.branch(builder.icmp(EQUAL, left, integer.zero()), done, loop);
      entry.addIncoming(table, block);
      entry.addIncoming(next, loop);
      left.addIncoming(file, block);
      left.addIncoming(fewer, loop);

      builder.atEnd(done);
      Value length = builder.binary(Opcode.ADD, shared, follows);
      builder.store(octet.zero(), builder.gep(octet, text, List.of(length), true), 1);
      builder.store(length, builder.offset(slot, word), word);
    }
  }

  /// A table of addresses and lengths: the names stay as they are, and need no stack.
  ///
  /// @param locations one in each file
  record Rows(List<PanicLocation> locations) implements FileNames {
    public Rows {
      locations = List.copyOf(locations);
    }

    @Override
    public long size() {
      if (locations.isEmpty()) {
        return 0;
      }
      long names = locations.stream().mapToLong(PanicLocation::fileLength).sum();
      int word = locations.getFirst().global().module().layout().pointerSize();
      return names + 2L * word * locations.size();
    }

    @Override
    public int room() {
      return 0;
    }

    @Override
    public void find(Builder builder, BasicBlock block, Value slot, Value file) {
      Module module = slot.module();
      int word = module.layout().pointerSize();
      Type integer = file.type();
      List<Value> rows = new ArrayList<>();
      for (PanicLocation location : locations) {
        Value length = integer.constant(location.fileLength());
        rows.add(Constant.struct(module, List.of(location.file(), length), false));
      }
      GlobalVariable table = table(module, Constant.array(rows.getFirst().type(), rows), word);
      Value row = builder.gep(table.valueType(), table, List.of(integer.zero(), file), true);
      builder.store(builder.load(module.types().pointer(), row, word), slot, word);
      Value length = builder.load(integer, builder.offset(row, word), word);
      builder.store(length, builder.offset(slot, word), word);
    }
  }
}
