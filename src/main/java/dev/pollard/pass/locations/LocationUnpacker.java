package dev.pollard.pass.locations;

import dev.pollard.llvm.Argument;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.GlobalValue;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Value;
import java.util.List;
import java.util.Set;

/// The function that makes a location of a number again:
///
/// ```
/// fn unpack(slot: *mut Location, location: number or pointer) -> *const Location
/// ```
final class LocationUnpacker {
  private static final String NAME = "pollard.unpack.location";
  private static final int NOT_EQUAL = 33;
  private static final int LINE_AND_COLUMN = 8;

  private final Function unpack;
  private final int slotSize;

  /// Makes the function, for the target of `like`.
  LocationUnpacker(Function like, FileNames files, LocationPacking packing) {
    Module module = like.module();
    Type pointer = module.types().pointer();
    this.slotSize = 2 * module.layout().pointerSize() + LINE_AND_COLUMN + files.room();
    this.unpack =
        module.addFunction(NAME, module.types().function(pointer, List.of(pointer, pointer)));
    unpack.setLinkage(GlobalValue.Linkage.INTERNAL);
    unpack.setUnnamedAddress(GlobalValue.UnnamedAddress.GLOBAL);
    unpack.attributes().addAll(like.attributes());
    unpack.attributes().removeAllBut(Set.of("minsize", "optsize", "nounwind", "uwtable", "cold"));
    build(files, packing);
  }

  /// Whether `module` has been given the function before.
  static boolean isUsedIn(Module module) {
    return module.function(NAME).isPresent();
  }

  private void build(FileNames files, LocationPacking packing) {
    Module module = unpack.module();
    int word = module.layout().pointerSize();
    Type integer = module.layout().intPointer();
    Value slot = unpack.argument(0);
    Value location = unpack.argument(1);
    BasicBlock start = unpack.appendBlock("start");
    BasicBlock packed = unpack.appendBlock("packed");
    BasicBlock given = unpack.appendBlock("given");
    try (Builder builder = new Builder(module)) {
      builder.atEnd(start);
      Value number = builder.cast(Opcode.PTR_TO_INT, location, integer);
      Value odd = builder.binary(Opcode.AND, number, integer.constant(1));
      builder.branch(builder.icmp(NOT_EQUAL, odd, integer.zero()), packed, given);

      builder.atEnd(given);
      builder.ret(location);

      builder.atEnd(packed);
      int lineAt = 1 + packing.columnBits();
      int fileAt = lineAt + packing.lineBits();
      Value file = builder.binary(Opcode.LSHR, number, integer.constant(fileAt));
      Value line = bits(builder, number, lineAt, packing.lineBits());
      builder.store(line, builder.offset(slot, 2L * word), 4);
      Value column = bits(builder, number, 1, packing.columnBits());
      builder.store(column, builder.offset(slot, 2L * word + 4), 4);
      files.find(builder, packed, slot, file);
      builder.ret(slot);
    }
  }

  private static Value bits(Builder builder, Value number, int at, int bits) {
    Type half = number.module().types().integer(32);
    Value shifted = builder.binary(Opcode.LSHR, number, number.type().constant(at));
    Value narrow =
        number.type().bits() == half.bits() ? shifted : builder.cast(Opcode.TRUNC, shifted, half);
    return builder.binary(Opcode.AND, narrow, half.constant((1L << bits) - 1));
  }

  /// Lets a function's body work with what is made of its parameter. A call that was marked `tail`
  /// promised not to look at this frame, where the location now lives.
  void unpackIn(Argument parameter) {
    Function function = parameter.function();
    Module module = function.module();
    for (BasicBlock block : function.blocks()) {
      block.instructions().forEach(Instruction::clearTail);
    }
    try (Builder builder = new Builder(module)) {
      builder.before(function.entry().firstNonPhi());
      Type room = module.types().array(module.types().integer(8), slotSize);
      Instruction slot = builder.alloca(room, module.layout().pointerSize());
      Instruction call = builder.call(unpack, List.of(slot, parameter));
      parameter.replaceAllUsesWith(call);
      call.setOperand(1, parameter);
    }
  }
}
