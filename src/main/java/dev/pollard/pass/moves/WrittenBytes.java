package dev.pollard.pass.moves;

import dev.pollard.analysis.Capture;
import dev.pollard.analysis.Cfg;
import dev.pollard.analysis.Location;
import dev.pollard.analysis.Memory;
import dev.pollard.analysis.Touch;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/// A forward analysis: which bytes of each slot were written since its lifetime started, and with
/// what. A pointer that got out makes the whole slot unknown from there on, for good.
final class WrittenBytes {
  private record Event(int slot, Touch touch) {}

  /// Byte maps of all slots; empty for one whose pointer got out.
  private record State(List<Optional<ByteMap>> maps) {
    State with(int slot, Optional<ByteMap> map) {
      List<Optional<ByteMap>> changed = new ArrayList<>(maps);
      changed.set(slot, map);
      return new State(changed);
    }
  }

  private final Cfg cfg;
  private final List<Slot> slots;
  private final Map<Instruction, List<Event>> events = new HashMap<>();
  private final List<List<Instruction>> work = new ArrayList<>();
  private final State[] atStart;

  /// Looks at a function.
  WrittenBytes(Cfg cfg, List<Slot> slots) {
    this.cfg = cfg;
    this.slots = slots;
    this.atStart = new State[cfg.blocks().size()];
    for (int s = 0; s < slots.size(); s++) {
      for (Touch touch : slots.get(s).touches().all()) {
        events
            .computeIfAbsent(touch.instruction(), _ -> new ArrayList<>())
            .add(new Event(s, touch));
      }
    }
    for (BasicBlock block : cfg.blocks()) {
      List<Instruction> interesting = new ArrayList<>();
      block
          .instructions()
          .forEach(i -> {
            if (events.containsKey(i)) {
              interesting.add(i);
            }
          });
      work.add(interesting);
    }
    solve();
  }

  /// Calls `visitor` with each plain copy out of a slot that is touched at known bytes, and with
  /// what is known of the slot there.
  void forEachCopy(BiConsumer<Instruction, ByteMap> visitor) {
    for (int b = 0; b < work.size(); b++) {
      State state = atStart[b];
      if (state == null) {
        continue;
      }
      for (Instruction instruction : work.get(b)) {
        if (Memory.isPlainCopy(instruction)) {
          for (Event event : events.getOrDefault(instruction, List.of())) {
            Optional<ByteMap> map = state.maps().get(event.slot());
            if (event.touch().operand() == 1 && event.touch().isExact() && map.isPresent()) {
              visitor.accept(instruction, map.get());
            }
          }
        }
        state = after(state, instruction);
      }
    }
  }

  private void solve() {
    List<Optional<ByteMap>> first =
        slots.stream().map(s -> Optional.of(ByteMap.filled(s.size(), ByteMap.UNWRITTEN))).toList();
    atStart[0] = new State(first);
    PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(0));
    boolean[] queued = new boolean[atStart.length];
    while (!queue.isEmpty()) {
      int block = queue.remove();
      queued[block] = false;
      State state = atStart[block];
      for (Instruction instruction : work.get(block)) {
        state = after(state, instruction);
      }
      for (int successor : cfg.successors(block)) {
        State old = atStart[successor];
        State joined = old == null ? state : join(old, state);
        if (!joined.equals(old)) {
          atStart[successor] = joined;
          if (!queued[successor]) {
            queued[successor] = true;
            queue.add(successor);
          }
        }
      }
    }
  }

  private static State join(State a, State b) {
    List<Optional<ByteMap>> maps = new ArrayList<>(a.maps().size());
    for (int s = 0; s < a.maps().size(); s++) {
      Optional<ByteMap> other = b.maps().get(s);
      maps.add(a.maps().get(s).flatMap(m -> other.map(m::join)));
    }
    return new State(maps);
  }

  private State after(State state, Instruction instruction) {
    State result = state;
    for (Event event : events.getOrDefault(instruction, List.of())) {
      Touch touch = event.touch();
      Optional<ByteMap> map = result.maps().get(event.slot());
      if (map.isEmpty()) {
        continue;
      }
      if (touch.capture() == Capture.FULL) {
        result = result.with(event.slot(), Optional.empty());
      } else if (touch.isMarker()) {
        ByteMap fresh = ByteMap.filled(map.get().size(), ByteMap.UNWRITTEN);
        result = result.with(event.slot(), Optional.of(fresh));
      } else if (touch.writes()) {
        result = result.with(event.slot(), Optional.of(written(state, map.get(), touch)));
      }
    }
    return result;
  }

  private ByteMap written(State before, ByteMap map, Touch touch) {
    Instruction instruction = touch.instruction();
    if (!touch.isExact() || touch.kind() != Touch.Kind.WRITE) {
      long from = Math.clamp(touch.offset().orElse(0), 0, map.size());
      return map.perhaps(from, map.size(), uniform(instruction));
    }
    long from = touch.offset().getAsLong();
    long to = from + touch.length().getAsLong();
    if (from < 0 || to > map.size()) {
      return ByteMap.filled(map.size(), ByteMap.UNKNOWN);
    }
    if (instruction.opcode() == Opcode.STORE) {
      return stored(map, from, to, instruction.operand(0));
    }
    if (Memory.intrinsic(instruction) == Memory.Intrinsic.COPY) {
      for (Event source : events.getOrDefault(instruction, List.of())) {
        Optional<ByteMap> other = before.maps().get(source.slot());
        Touch read = source.touch();
        if (read.operand() == 1 && read.isExact() && other.isPresent()) {
          long start = read.offset().getAsLong();
          if (start >= 0 && start + (to - from) <= other.get().size()) {
            return map.copied(from, other.get(), start, to - from);
          }
        }
      }
    }
    return map.with(from, to, uniform(instruction));
  }

  /// The one byte that `instruction` writes everywhere.
  private static int uniform(Instruction instruction) {
    return switch (Memory.intrinsic(instruction)) {
      case SET ->
          instruction.argument(1) instanceof ConstantInt octet
              ? (int) (octet.unsigned() & 0xff)
              : ByteMap.UNKNOWN;
      case COPY, MOVE -> isZeroConstant(instruction.argument(1)) ? 0 : ByteMap.UNKNOWN;
      case START, END, OTHER ->
          instruction.opcode() == Opcode.STORE && isZeroBytes(instruction.operand(0))
              ? 0
              : ByteMap.UNKNOWN;
    };
  }

  private static boolean isZeroConstant(Value pointer) {
    return Location.of(pointer).base() instanceof GlobalVariable global
        && global.isConstant()
        && !global.isExternallyInitialized()
        && global.isLocal()
        && global.initializer().map(Value::isZero).orElse(false);
  }

  private static boolean isZeroBytes(Value value) {
    Type type = value.type();
    return switch (type.kind()) {
      case INTEGER -> type.bits() % 8 == 0 && value.isZero();
      case FLOAT, DOUBLE -> value.isZero();
      // A null pointer is all zero bits in address space 0, which is Rust's only one.
      case POINTER -> value.isZero() && type.equals(value.module().types().pointer());
      default -> false;
    };
  }

  private static ByteMap stored(ByteMap map, long from, long to, Value value) {
    if (value.isUndef()) {
      return map.with(from, to, ByteMap.UNWRITTEN);
    }
    if (isZeroBytes(value)) {
      return map.with(from, to, 0);
    }
    if (value instanceof ConstantInt number
        && value.type().bits() % 8 == 0
        && value.type().bits() <= 64
        && (to - from) * 8 == value.type().bits()) {
      byte[] octets = new byte[(int) (to - from)];
      boolean little = value.module().layout().littleEndian();
      for (int i = 0; i < octets.length; i++) {
        int place = little ? i : octets.length - 1 - i;
        octets[i] = (byte) (number.unsigned() >>> (8 * place));
      }
      ByteMap result = map;
      for (int i = 0; i < octets.length; i++) {
        result = result.with(from + i, from + i + 1, octets[i] & 0xff);
      }
      return result;
    }
    return map.with(from, to, ByteMap.UNKNOWN);
  }
}
