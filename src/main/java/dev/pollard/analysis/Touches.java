package dev.pollard.analysis;

import dev.pollard.llvm.Constant;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Use;
import dev.pollard.llvm.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Everything in one function that touches the memory of one object, a slot or an argument, by
/// pointers that are computed from it. What is touched by a pointer that was captured before is not
/// here: [#captured()] says whether there may be such.
public final class Touches {
  private record Derived(Value pointer, OptionalLong offset) {}

  private final AttributeBits bits;
  private final List<Touch> all = new ArrayList<>();
  private final Map<Instruction, List<Touch>> byInstruction = new HashMap<>();
  private final Set<Value> seen = new HashSet<>();
  private final Deque<Derived> work = new ArrayDeque<>();
  private boolean blurred;

  private Touches(AttributeBits bits) {
    this.bits = bits;
  }

  /// Follows every use of `object`.
  public static Touches of(Value object, AttributeBits bits) {
    Touches touches = new Touches(bits);
    touches.follow(object, OptionalLong.of(0));
    while (!touches.work.isEmpty()) {
      Derived derived = touches.work.pop();
      for (Use use : derived.pointer().uses()) {
        touches.visit(use, derived.offset());
      }
    }
    return touches;
  }

  /// All of them.
  public List<Touch> all() {
    return all;
  }

  /// Those of one instruction.
  public List<Touch> of(Instruction instruction) {
    return byInstruction.getOrDefault(instruction, List.of());
  }

  /// The furthest that a pointer goes.
  public Capture captured() {
    Capture worst = Capture.NONE;
    for (Touch touch : all) {
      if (touch.capture().compareTo(worst) > 0) {
        worst = touch.capture();
      }
    }
    return worst;
  }

  /// Whether a phi, a select, a freeze or a call may yield a pointer into the object or to
  /// elsewhere.
  public boolean isBlurred() {
    return blurred;
  }

  private void follow(Value pointer, OptionalLong offset) {
    if (seen.add(pointer)) {
      work.push(new Derived(pointer, offset));
    }
  }

  private void visit(Use use, OptionalLong offset) {
    int operand = use.operandIndex();
    if (!(use.user() instanceof Instruction user)) {
      throw new IllegalStateException("a local value that a constant uses");
    }
    switch (user.opcode()) {
      case GET_ELEMENT_PTR -> follow(user, Location.add(offset, Location.step(user)));
      case FREEZE -> {
        // Who looks for the base of a pointer stops there.
        blurred = true;
        follow(user, offset);
      }
      case PHI, SELECT -> {
        blurred = true;
        follow(user, OptionalLong.empty());
      }
      case LOAD -> {
        if (user.isVolatile() || user.isAtomic()) {
          add(user, operand, Touch.Kind.READ, offset, Capture.FULL);
        } else {
          OptionalLong size = OptionalLong.of(user.module().layout().storeSize(user.type()));
          add(new Touch(user, operand, Touch.Kind.READ, offset, size, Capture.NONE));
        }
      }
      case STORE -> {
        if (operand != 1 || user.isVolatile() || user.isAtomic()) {
          add(user, operand, Touch.Kind.WRITE, offset, Capture.FULL);
        } else {
          OptionalLong size =
              OptionalLong.of(user.module().layout().storeSize(user.operand(0).type()));
          add(new Touch(user, operand, Touch.Kind.WRITE, offset, size, Capture.NONE));
        }
      }
      case ICMP -> {
        boolean withNull = user.operand(1 - operand) instanceof Constant other && other.isZero();
        add(user, operand, Touch.Kind.NONE, offset, withNull ? Capture.NONE : Capture.ADDRESS);
      }
      case CALL, INVOKE -> visitCall(user, operand, offset);
      default -> add(user, operand, Touch.Kind.READ_WRITE, offset, Capture.FULL);
    }
  }

  private void visitCall(Instruction call, int operand, OptionalLong offset) {
    Memory.Intrinsic intrinsic = Memory.intrinsic(call);
    switch (intrinsic) {
      case START -> add(call, operand, Touch.Kind.START, offset, Capture.NONE);
      case END -> add(call, operand, Touch.Kind.END, offset, Capture.NONE);
      case COPY, MOVE, SET -> {
        Touch.Kind kind = operand == 0 ? Touch.Kind.WRITE : Touch.Kind.READ;
        Capture capture = Memory.isVolatile(call) ? Capture.FULL : Capture.NONE;
        add(new Touch(call, operand, kind, offset, Memory.length(call), capture));
      }
      case OTHER -> {
        if (operand >= call.argumentCount()) {
          add(call, operand, Touch.Kind.READ_WRITE, offset, Capture.FULL);
          return;
        }
        CallFacts facts = new CallFacts(bits, call);
        Capture capture = facts.capture(operand);
        if (capture == Capture.RETURNED) {
          blurred = true;
          follow(call, OptionalLong.empty());
        }
        // Where in the object a callee goes from the pointer that it gets is not known.
        add(
            call,
            operand,
            kind(facts.readsArgument(operand), facts.writesArgument(operand)),
            OptionalLong.empty(),
            capture);
      }
    }
  }

  private static Touch.Kind kind(boolean reads, boolean writes) {
    if (reads) {
      return writes ? Touch.Kind.READ_WRITE : Touch.Kind.READ;
    }
    return writes ? Touch.Kind.WRITE : Touch.Kind.NONE;
  }

  private void add(
      Instruction user, int operand, Touch.Kind kind, OptionalLong offset, Capture capture) {
    add(new Touch(user, operand, kind, offset, OptionalLong.empty(), capture));
  }

  private void add(Touch touch) {
    all.add(touch);
    byInstruction.computeIfAbsent(touch.instruction(), _ -> new ArrayList<>()).add(touch);
  }
}
