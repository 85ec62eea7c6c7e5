package dev.pollard.analysis;

import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What a call can do, by the attributes of the call and of what it calls.
public final class CallFacts {
  private static final long EVERYTHING = -1;

  private final AttributeBits bits;
  private final Instruction call;
  private final List<Function> callee = new ArrayList<>(1);
  private final long memory;

  /// What `call` can do.
  public CallFacts(AttributeBits bits, Instruction call) {
    this.bits = bits;
    this.call = call;
    call.calledFunction()
        .filter(f -> f.argumentCount() == call.argumentCount())
        .ifPresent(callee::add);
    this.memory = intersect(Attributes.FUNCTION, "memory");
  }

  /// Whether it may read memory that none of its arguments points to.
  public boolean readsElsewhere() {
    return (memory & bits.anyRead() & elsewhere()) != 0;
  }

  /// Whether it may write memory that none of its arguments points to.
  public boolean writesElsewhere() {
    return (memory & bits.anyWrite() & elsewhere()) != 0;
  }

  /// Whether it may read what argument `index` points to.
  public boolean readsArgument(int index) {
    return ((memory & bits.argumentRead()) != 0 || readsElsewhere())
        && !argumentHas(index, "writeonly")
        && !argumentHas(index, "readnone");
  }

  /// Whether it may write what argument `index` points to.
  public boolean writesArgument(int index) {
    return ((memory & bits.argumentWrite()) != 0 || writesElsewhere())
        && !argumentHas(index, "readonly")
        && !argumentHas(index, "readnone")
        && !argumentHas(index, "byval");
  }

  /// What becomes of the pointer that argument `index` passes.
  public Capture capture(int index) {
    if (argumentHas(index, "byval")) {
      return Capture.NONE;
    }
    long captured = intersect(1 + index, "captures");
    if (captured == 0) {
      return Capture.NONE;
    }
    if ((captured & ~bits.returned()) == 0) {
      return Capture.RETURNED;
    }
    return (captured & ~bits.address()) == 0 ? Capture.ADDRESS : Capture.FULL;
  }

  /// Whether it comes back: it neither unwinds nor runs for ever nor ends the program.
  public boolean returns() {
    return has("willreturn") && has("nounwind") && !has("noreturn");
  }

  /// Whether it may unwind.
  public boolean unwinds() {
    return !has("nounwind");
  }

  /// Whether it may let another thread or an interrupt see memory, or see theirs.
  public boolean synchronises() {
    return !has("nosync") || call.calledFunction().isEmpty();
  }

  /// Whether argument `index` has the attribute `name`, here or at the callee.
  public boolean argumentHas(int index, String name) {
    return call.attributes(1 + index).has(name)
        || callee.stream().anyMatch(f -> f.attributes(1 + index).has(name));
  }

  private boolean has(String name) {
    return call.attributes(Attributes.FUNCTION).has(name)
        || callee.stream().anyMatch(f -> f.attributes().has(name));
  }

  private long elsewhere() {
    return ~(bits.argumentRead() | bits.argumentWrite() | bits.inaccessible());
  }

  /// Both promises hold, so what neither rules out remains.
  private long intersect(int index, String name) {
    OptionalLong here = call.attributes(index).value(name);
    long value = here.orElse(EVERYTHING);
    for (Function f : callee) {
      value &= f.attributes(index).value(name).orElse(EVERYTHING);
    }
    return value;
  }
}
