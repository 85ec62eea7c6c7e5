package dev.pollard.pass.states;

import dev.pollard.analysis.Cfg;
import dev.pollard.analysis.Memory;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which large stack slots may be live where a block begins, by their lifetime markers, as LLVM's
/// stack colouring finds them. Slots that are never live at once share their bytes of the frame;
/// where ways with different slots meet, all of these are live until each one's own end.
final class LiveSlots {
  /// Bytes of a slot that counts. Those of a few words are mostly in registers in the end.
  private static final long LARGE = 64;

  private final Cfg cfg;
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final List<BitSet> before = new ArrayList<>();

  LiveSlots(Cfg cfg) {
    this.cfg = cfg;
    for (Instruction i : cfg.blocks().getFirst().instructions()) {
      if (i.opcode() == Opcode.ALLOCA && size(i) >= LARGE) {
        numbers.put(i, numbers.size());
      }
    }
    cfg.blocks().forEach(_ -> before.add(new BitSet()));
    if (!numbers.isEmpty()) {
      spread();
    }
  }

  /// The blocks, all reachable, apart by the slots that are live where they begin.
  Collection<List<BasicBlock>> group(List<BasicBlock> blocks) {
    Map<BitSet, List<BasicBlock>> groups = new LinkedHashMap<>();
    for (BasicBlock block : blocks) {
      BitSet live = before.get(cfg.number(block).orElseThrow());
      groups.computeIfAbsent(live, _ -> new ArrayList<>()).add(block);
    }
    return groups.values();
  }

  private static long size(Instruction alloca) {
    return alloca.operand(0) instanceof ConstantInt count
        ? count.unsigned() * alloca.module().layout().allocSize(alloca.allocatedType())
        : 0;
  }

  /// What begins is live until it ends, along each edge.
  private void spread() {
    List<List<Marker>> markers = cfg.blocks().stream().map(this::markers).toList();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = 0; b < markers.size(); b++) {
        BitSet live = (BitSet) before.get(b).clone();
        markers.get(b).forEach(m -> live.set(m.slot(), m.begins()));
        for (int next : cfg.successors(b)) {
          int known = before.get(next).cardinality();
          before.get(next).or(live);
          changed |= before.get(next).cardinality() != known;
        }
      }
    }
  }

  private record Marker(int slot, boolean begins) {}

  private List<Marker> markers(BasicBlock block) {
    List<Marker> markers = new ArrayList<>();
    for (Instruction i : block.instructions()) {
      Memory.Intrinsic kind = Memory.intrinsic(i);
      if (kind == Memory.Intrinsic.START || kind == Memory.Intrinsic.END) {
        Integer slot = numbers.get(i.argument(0));
        if (slot != null) {
          markers.add(new Marker(slot, kind == Memory.Intrinsic.START));
        }
      }
    }
    return markers;
  }
}
