package dev.pollard.pass.moves;

import dev.pollard.analysis.Capture;
import dev.pollard.analysis.Cfg;
import dev.pollard.analysis.Location;
import dev.pollard.analysis.Memory;
import dev.pollard.analysis.Touch;
import dev.pollard.llvm.Argument;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Constant;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Use;
import dev.pollard.llvm.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// Builds a value where it will live: a slot that is written and then copied whole to one place,
/// with nothing in between that could tell, becomes that place.
///
///     for i in 0..5 { %slot[i] = EMPTY }
///     memcpy(@SOCKETS, %slot, 1760)         -->     for i in 0..5 { @SOCKETS[i] = EMPTY }
final class InPlace {
  /// Bytes of a slot from which this is worth a look.
  private static final long WORTH = 64;

  /// Claims about who may not touch the same memory: they were made for the slot.
  private static final List<String> CLAIMS =
      List.of("noalias", "alias.scope", "tbaa", "tbaa.struct", "nontemporal", "invariant.group");

  private final Cfg cfg;
  private final Map<Value, Slot> slots = new HashMap<>();

  private InPlace(Cfg cfg, List<Slot> slots) {
    this.cfg = cfg;
    slots.forEach(s -> this.slots.put(s.alloca(), s));
  }

  /// Moves one value.
  ///
  /// @param mayChange asked before the change, with the slot's length in bytes
  /// @return whether it did; what was known of slots is stale then
  static boolean run(Cfg cfg, List<Slot> slots, LongPredicate mayChange) {
    InPlace all = new InPlace(cfg, slots);
    for (Slot slot : slots) {
      Optional<Instruction> copy = all.onlyCopy(slot);
      if (copy.isPresent() && all.fits(slot, copy.get()) && mayChange.test(slot.size())) {
        apply(slot, copy.get());
        return true;
      }
    }
    return false;
  }

  /// The one read of a slot, when it copies all of it.
  private Optional<Instruction> onlyCopy(Slot slot) {
    if (slot.size() < WORTH
        || slot.touches().captured() != Capture.NONE
        || slot.touches().isBlurred()) {
      return Optional.empty();
    }
    Optional<Instruction> copy = Optional.empty();
    for (Touch touch : slot.touches().all()) {
      if (touch.isMarker()
          || (touch.kind() == Touch.Kind.WRITE && isPlainWrite(touch.instruction()))) {
        continue;
      }
      if (copy.isPresent()
          || touch.kind() != Touch.Kind.READ
          || !Memory.isPlainCopy(touch.instruction())
          || touch.operand() != 1
          || !touch.offset().equals(OptionalLong.of(0))
          || !touch.length().equals(OptionalLong.of(slot.size()))) {
        return Optional.empty();
      }
      copy = Optional.of(touch.instruction());
    }
    return copy.filter(c -> cfg.number(c.block()).isPresent());
  }

  /// Whether it is a store or one of the intrinsics that write, and no call of something else.
  private static boolean isPlainWrite(Instruction instruction) {
    return instruction.opcode() == Opcode.STORE
        || Memory.intrinsic(instruction) != Memory.Intrinsic.OTHER;
  }

  private boolean fits(Slot slot, Instruction copy) {
    Location place = Location.of(copy.argument(0));
    return place.offset().isPresent()
        && !place.base().equals(slot.alloca())
        && place.base().type().equals(slot.alloca().type())
        && copy.attributes(1).value("align").orElse(1) >= slot.alloca().alignment()
        && isThere(place.base(), slot)
        && isOncePerLife(slot, copy)
        && isUnseen(slot, copy, place.base());
  }

  /// Whether the place can be named wherever the slot is.
  private boolean isThere(Value base, Slot slot) {
    if (base instanceof GlobalVariable global) {
      return !global.isThreadLocal();
    }
    if (base instanceof Argument) {
      return true;
    }
    if (!(base instanceof Instruction made)
        || made.isTerminator()
        || cfg.number(made.block()).isEmpty()
        || (made.opcode() == Opcode.PHI && isPad(made.block().firstNonPhi()))) {
      return false;
    }
    for (Use use : slot.alloca().uses()) {
      if (!(use.user() instanceof Instruction user)
          || user.opcode() == Opcode.PHI
          || !(isMarker(user) || cfg.dominates(made, user))) {
        return false;
      }
    }
    return true;
  }

  /// Whether a block begins with what unwinding comes to: nothing may stand before it.
  private static boolean isPad(Instruction first) {
    return switch (first.opcode()) {
      case LANDING_PAD, CATCH_SWITCH, CATCH_PAD, CLEANUP_PAD -> true;
      default -> false;
    };
  }

  private static boolean isMarker(Instruction instruction) {
    Memory.Intrinsic intrinsic = Memory.intrinsic(instruction);
    return intrinsic == Memory.Intrinsic.START || intrinsic == Memory.Intrinsic.END;
  }

  /// Whether no way leads from the copy back to it but past a new start of the slot's lifetime:
  /// what is copied a second time is still in the slot, and the place may have changed meanwhile.
  private static boolean isOncePerLife(Slot slot, Instruction copy) {
    return allOnWay(
        copy.next().stream().toList(),
        i -> startsLife(i, slot),
        i -> !i.equals(copy),
        new HashSet<>());
  }

  private static boolean startsLife(Instruction instruction, Slot slot) {
    return slot.touches().of(instruction).stream().anyMatch(t -> t.kind() == Touch.Kind.START);
  }

  /// Whether nothing can tell that the place is written as early as the slot is: from each write
  /// every way leads to the copy, in finite time, past nothing that might look at the place, write
  /// to it, leave the function or synchronise.
  private boolean isUnseen(Slot slot, Instruction copy, Value base) {
    List<Instruction> writes =
        slot.touches().all().stream().filter(Touch::writes).map(Touch::instruction).toList();
    if (!writes.stream().allMatch(w -> isHarmlessWrite(w, base))) {
      return false;
    }
    Set<BasicBlock> entered = new HashSet<>();
    // A place that is made anew on the way is another one for the copy than for the write.
    return allOnWay(
            writes.stream().flatMap(w -> w.next().stream()).toList(),
            copy::equals,
            i -> !i.equals(base) && (!slot.touches().of(i).isEmpty() || isHarmless(i, base)),
            entered)
        && new Loops(entered, copy.block()).areCounted();
  }

  /// Whether something holds of each instruction on every way on from some, until a way ends.
  ///
  /// @param entered takes the blocks that a way goes into from their start
  private static boolean allOnWay(
      List<Instruction> starts,
      Predicate<Instruction> ends,
      Predicate<Instruction> holds,
      Set<BasicBlock> entered) {
    Deque<Instruction> work = new ArrayDeque<>(starts);
    while (!work.isEmpty()) {
      Optional<Instruction> at = Optional.of(work.pop());
      while (at.isPresent() && !ends.test(at.get())) {
        Instruction instruction = at.get();
        if (!holds.test(instruction)) {
          return false;
        }
        if (instruction.isTerminator()) {
          for (BasicBlock successor : instruction.block().successors()) {
            if (entered.add(successor)) {
              work.push(successor.first());
            }
          }
        }
        at = instruction.next();
      }
    }
    return true;
  }

  /// Whether a write to the slot, plain as [#isPlainWrite] has it, reads nothing of the place.
  private boolean isHarmlessWrite(Instruction write, Value base) {
    return switch (Memory.intrinsic(write)) {
      case COPY, MOVE -> isElsewhere(write.argument(1), base);
      case SET, START, END, OTHER -> true;
    };
  }

  private boolean isHarmless(Instruction instruction, Value base) {
    return switch (instruction.opcode()) {
      case BR, SWITCH -> true;
      case ADD, FADD, SUB, FSUB, MUL, FMUL, UDIV, SDIV, FDIV, UREM, SREM, FREM, FNEG -> true;
      case SHL, LSHR, ASHR, AND, OR, XOR -> true;
      case TRUNC, ZEXT, SEXT, FP_TO_UI, FP_TO_SI, UI_TO_FP, SI_TO_FP, FP_TRUNC, FP_EXT -> true;
      case PTR_TO_INT, INT_TO_PTR, BIT_CAST, GET_ELEMENT_PTR, ICMP, FCMP, PHI, SELECT -> true;
      case EXTRACT_VALUE, INSERT_VALUE, FREEZE -> true;
      case LOAD ->
          !instruction.isVolatile()
              && !instruction.isAtomic()
              && isElsewhere(instruction.operand(0), base);
      case STORE ->
          !instruction.isVolatile()
              && !instruction.isAtomic()
              && isOtherSlot(instruction.operand(1), base);
      case CALL -> isHarmlessCall(instruction, base);
      default -> false;
    };
  }

  private boolean isHarmlessCall(Instruction call, Value base) {
    return switch (Memory.intrinsic(call)) {
      case START, END -> isOtherSlot(call.argument(call.argumentCount() - 1), base);
      case COPY, MOVE ->
          !Memory.isVolatile(call)
              && isOtherSlot(call.argument(0), base)
              && isElsewhere(call.argument(1), base);
      case SET -> !Memory.isVolatile(call) && isOtherSlot(call.argument(0), base);
      case OTHER ->
          call.calledFunction()
              .filter(f -> f.isIntrinsic())
              .map(f -> f.name().startsWith("llvm.experimental.noalias.scope.decl"))
              .orElse(false);
    };
  }

  /// Whether a pointer is to memory that the place cannot lie in: a constant, or another slot that
  /// only this function knows.
  private boolean isElsewhere(Value pointer, Value base) {
    return (Location.of(pointer).base() instanceof GlobalVariable global && global.isConstant())
        || isOtherSlot(pointer, base);
  }

  private boolean isOtherSlot(Value pointer, Value base) {
    Value found = Location.of(pointer).base();
    Slot slot = slots.get(found);
    return slot != null
        && !found.equals(base)
        && slot.touches().captured() == Capture.NONE
        && !slot.touches().isBlurred();
  }

  private static void apply(Slot slot, Instruction copy) {
    Set<Instruction> touching = new HashSet<>();
    slot.touches().all().forEach(t -> touching.add(t.instruction()));
    Value place = place(slot, copy);
    copy.erase();
    touching.remove(copy);
    for (Instruction instruction : touching) {
      if (isMarker(instruction)) {
        instruction.erase();
      } else {
        for (String kind : CLAIMS) {
          instruction.removeMetadata(instruction.module().context().metadataKind(kind));
        }
      }
    }
    slot.alloca().replaceAllUsesWith(place);
    slot.alloca().erase();
  }

  /// The copy's destination, where all that uses the slot comes after it.
  private static Value place(Slot slot, Instruction copy) {
    Value destination = copy.argument(0);
    if (destination instanceof Constant) {
      return destination;
    }
    Location location = Location.of(destination);
    long offset = location.offset().orElseThrow();
    if (offset == 0) {
      return location.base();
    }
    try (Builder builder = new Builder(copy.module())) {
      if (location.base() instanceof Instruction made && made.opcode() == Opcode.PHI) {
        builder.before(made.block().firstNonPhi());
      } else if (location.base() instanceof Instruction made) {
        builder.before(made.next().orElseThrow());
      } else {
        builder.before(slot.alloca());
      }
      return builder.offset(location.base(), offset);
    }
  }
}
