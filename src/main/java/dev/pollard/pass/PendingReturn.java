package dev.pollard.pass;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Constant;
import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a poll function returns `Poll::Pending`, read off the function itself.
///
/// A resumed panic stands in the case `Returned` (1) or `Panicked` (2) of a switch on a state byte.
/// Where the same machine suspends, the same byte gets a state from 3 on, and then `Pending` is
/// returned. When every such store is followed by nothing but the same constant return, that return
/// is what the machine's caller, inlined or not, makes of `Pending`.
///
/// @param result what is returned; empty for `ret void`
/// @param store a store of a constant into the place that the caller gave for the result
record PendingReturn(Optional<Value> result, Optional<Instruction> store) {
  private static final int FIRST_SUSPENSION = 3;

  /// A place in memory: a value and bytes from there.
  private record Place(Value base, long offset) {
    static Place of(Value pointer) {
      long offset = 0;
      Value base = pointer;
      while (base instanceof Instruction step
          && step.opcode() == Opcode.GET_ELEMENT_PTR
          && step.operandCount() == 2
          && step.gepSourceType().isInteger(8)
          && step.operand(1) instanceof ConstantInt bytes) {
        offset += bytes.signed();
        base = step.operand(0);
      }
      return new Place(base, offset);
    }
  }

  /// How to return `Pending` instead of `panic`; empty when that is not sure.
  static Optional<PendingReturn> instead(Instruction panic) {
    BasicBlock block = panic.block();
    if (block.predecessors().size() != 1 || !block.phis().isEmpty()) {
      return Optional.empty();
    }
    BasicBlock head = block.predecessors().getFirst();
    Instruction dispatch = head.terminator();
    if (dispatch.opcode() != Opcode.SWITCH
        || dispatch.switchDefault().equals(block)
        || !isFinalState(dispatch, block)
        || !(dispatch.condition() instanceof Instruction state)
        || state.opcode() != Opcode.LOAD
        || state.isVolatile()
        || state.isAtomic()) {
      return Optional.empty();
    }
    return agreed(suspensions(state, head), sretOf(head.function()));
  }

  /// Ends the block at `panic` with this return.
  void replace(Instruction panic) {
    Ending.replace(
        panic,
        builder -> {
          store.ifPresent(s -> builder.store(s.operand(0), pointer(builder, s), s.alignment()));
          result.ifPresentOrElse(builder::ret, builder::ret);
        });
  }

  private static Value pointer(Builder builder, Instruction store) {
    Place place = Place.of(store.operand(1));
    return place.offset == 0 ? place.base : builder.offset(place.base, place.offset);
  }

  private static boolean isFinalState(Instruction dispatch, BasicBlock block) {
    return dispatch.cases().stream()
        .filter(c -> c.target().equals(block))
        .allMatch(c -> c.value().unsigned() == 1 || c.value().unsigned() == 2);
  }

  /// The stores of a suspension state where `state` was loaded from; empty when one is not clear.
  private static List<Instruction> suspensions(Instruction state, BasicBlock head) {
    Place place = Place.of(state.operand(0));
    Set<BasicBlock> reachable = reachable(head);
    List<Instruction> found = new ArrayList<>();
    for (BasicBlock block : head.function().blocks()) {
      for (Instruction i : block.instructions()) {
        if (i.opcode() != Opcode.STORE || !Place.of(i.operand(1)).equals(place)) {
          continue;
        }
        boolean sameType = i.operand(0).type().equals(state.type());
        Optional<Boolean> suspends = sameType ? suspends(i.operand(0)) : Optional.empty();
        if (suspends.isEmpty() || (suspends.get() && !reachable.contains(block))) {
          return List.of();
        }
        if (suspends.get()) {
          found.add(i);
        }
      }
    }
    return found;
  }

  /// Whether `stored` is a suspension state; empty when it may be or not.
  private static Optional<Boolean> suspends(Value stored) {
    if (stored instanceof ConstantInt constant) {
      return Optional.of(constant.unsigned() >= FIRST_SUSPENSION);
    }
    if (!(stored instanceof Instruction phi) || phi.opcode() != Opcode.PHI) {
      return Optional.empty();
    }
    for (int i = 0; i < phi.incomingCount(); i++) {
      if (!(phi.incomingValue(i) instanceof ConstantInt constant)
          || constant.unsigned() < FIRST_SUSPENSION) {
        return Optional.empty();
      }
    }
    return Optional.of(true);
  }

  private static Set<BasicBlock> reachable(BasicBlock from) {
    Set<BasicBlock> seen = new HashSet<>();
    Deque<BasicBlock> work = new ArrayDeque<>(from.successors());
    while (!work.isEmpty()) {
      BasicBlock block = work.pop();
      if (seen.add(block)) {
        work.addAll(block.successors());
      }
    }
    return seen;
  }

  private static Optional<Value> sretOf(Function function) {
    for (int i = 0; i < function.argumentCount(); i++) {
      if (function.attributes(i + 1).has("sret")) {
        return Optional.of(function.argument(i));
      }
    }
    return Optional.empty();
  }

  /// The one return that follows each of `suspensions`.
  private static Optional<PendingReturn> agreed(
      List<Instruction> suspensions, Optional<Value> sret) {
    Optional<PendingReturn> first = Optional.empty();
    for (Instruction suspension : suspensions) {
      Optional<PendingReturn> here = new Walk(sret).from(suspension);
      if (here.isEmpty() || (first.isPresent() && !first.get().isSameAs(here.get()))) {
        return Optional.empty();
      }
      first = here;
    }
    return first;
  }

  private boolean isSameAs(PendingReturn other) {
    if (store.isPresent() != other.store.isPresent() || !result.equals(other.result)) {
      return false;
    }
    return store.isEmpty()
        || (store.get().operand(0).equals(other.store.get().operand(0))
            && Place.of(store.get().operand(1)).equals(Place.of(other.store.get().operand(1))));
  }

  /// Follows one suspension to its return.
  private static final class Walk {
    private final Optional<Value> sret;
    private final Map<Value, Value> known = new HashMap<>();
    private final Set<BasicBlock> seen = new HashSet<>();
    private final List<Instruction> stores = new ArrayList<>();

    Walk(Optional<Value> sret) {
      this.sret = sret;
    }

    /// What is returned after `suspension`; empty when anything else happens on the way, or when
    /// the way is not straight.
    Optional<PendingReturn> from(Instruction suspension) {
      for (Instruction i : suspension.block().instructions()) {
        if (i.equals(suspension)) {
          break;
        }
        if (isIntoResult(i)) {
          stores.add(i);
        }
      }
      Optional<Instruction> at = suspension.next();
      while (at.isPresent()) {
        Instruction i = at.get();
        if (i.opcode() == Opcode.RET) {
          return end(i);
        }
        if (i.opcode() == Opcode.BR) {
          BasicBlock target = i.successor(0);
          if (i.isConditional() || !seen.add(target)) {
            return Optional.empty();
          }
          enter(target, i.block());
          at = Optional.of(target.firstNonPhi());
        } else if (pass(i)) {
          at = i.next();
        } else {
          return Optional.empty();
        }
      }
      return Optional.empty();
    }

    private void enter(BasicBlock block, BasicBlock from) {
      Map<Value, Value> values = new HashMap<>();
      for (Instruction phi : block.phis()) {
        phi.incomingFrom(from).ifPresent(v -> values.put(phi, resolve(v)));
      }
      known.putAll(values);
    }

    /// Whether `i` does nothing but compute, or store the result.
    private boolean pass(Instruction i) {
      return switch (i.opcode()) {
        case STORE -> isIntoResult(i) && stores.add(i);
        case CALL ->
            i.calledFunction().filter(f -> f.name().startsWith("llvm.lifetime.")).isPresent();
        case GET_ELEMENT_PTR -> true;
        case INSERT_VALUE -> fold(i);
        default -> false;
      };
    }

    private boolean fold(Instruction insert) {
      Value aggregate = resolve(insert.operand(0));
      Value element = resolve(insert.operand(1));
      if (insert.indices().length == 1 && isConstant(aggregate) && isConstant(element)) {
        try (Builder builder = new Builder(insert.module())) {
          known.put(insert, builder.insert(aggregate, element, insert.indices()[0]));
        }
      }
      return true;
    }

    private boolean isIntoResult(Instruction i) {
      return i.opcode() == Opcode.STORE
          && sret.isPresent()
          && Place.of(i.operand(1)).base().equals(sret.get());
    }

    private Optional<PendingReturn> end(Instruction ret) {
      boolean nothing = ret.operandCount() == 0;
      if (sret.isPresent()) {
        // `Pending` is one store of a tag: two stores would be something else.
        return nothing && stores.size() == 1 && isPlain(stores.getFirst())
            ? Optional.of(new PendingReturn(Optional.empty(), Optional.of(stores.getFirst())))
            : Optional.empty();
      }
      if (nothing) {
        return Optional.of(new PendingReturn(Optional.empty(), Optional.empty()));
      }
      Value result = resolve(ret.operand(0));
      return isConstant(result) && !result.isUndef()
          ? Optional.of(new PendingReturn(Optional.of(result), Optional.empty()))
          : Optional.empty();
    }

    private static boolean isPlain(Instruction store) {
      return isConstant(store.operand(0))
          && !store.operand(0).isUndef()
          && !store.isVolatile()
          && !store.isAtomic();
    }

    private Value resolve(Value value) {
      return known.getOrDefault(value, value);
    }

    private static boolean isConstant(Value value) {
      return value instanceof ConstantInt || value instanceof Constant;
    }
  }
}
