package dev.pollard.pass.states;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one block of several of equal shape. The first stays; the others go.
final class BlockMerger {
  /// One edge into a block of the group.
  ///
  /// @param from the block that the merged block's phis will know
  /// @param member which block of the group it led to
  /// @param phis what it brings to that block's phis
  /// @param condition of a switch that the edge is a case of, with the case's value
  private record Entry(
      BasicBlock from, int member, List<Value> phis, Optional<Instruction.Case> condition) {}

  private final Module module;
  private final Function function;
  private final List<BasicBlock> group;
  private final BasicBlock kept;
  private final List<Exits> exits;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<List<Value>, Instruction> choices = new HashMap<>();
  private Optional<Instruction> selector = Optional.empty();

  BlockMerger(Function function, List<BasicBlock> group) {
    this.module = function.module();
    this.function = function;
    this.group = group;
    this.kept = group.getFirst();
    this.exits = group.stream().map(Exits::of).toList();
  }

  void merge() {
    for (int m = 0; m < group.size(); m++) {
      for (BasicBlock predecessor : group.get(m).predecessors()) {
        enter(predecessor, m);
      }
    }
    mergePhis();
    mergeBodies();
    leave();
    deleteOthers();
  }

  /// Lets every edge from `predecessor` to member `m` lead to the merged block.
  private void enter(BasicBlock predecessor, int m) {
    BasicBlock member = group.get(m);
    List<Value> phis =
        member.phis().stream().map(p -> p.incomingFrom(predecessor).orElseThrow()).toList();
    Instruction end = predecessor.terminator();
    if (end.successorCount() == 1) {
      end.setSuccessor(0, kept);
      entries.add(new Entry(predecessor, m, phis, Optional.empty()));
      return;
    }
    Optional<Instruction.Case> condition = Optional.empty();
    if (end.opcode() == Opcode.SWITCH) {
      List<Instruction.Case> cases =
          end.cases().stream().filter(c -> c.target().equals(member)).toList();
      if (cases.size() == 1 && !end.switchDefault().equals(member)) {
        condition = Optional.of(cases.getFirst());
      }
    }
    BasicBlock edge = newBlock("enter");
    try (Builder builder = new Builder(module)) {
      builder.atEnd(edge);
      builder.branch(kept).dropDebugLocation();
    }
    for (int i = 0; i < end.successorCount(); i++) {
      if (end.successor(i).equals(member)) {
        end.setSuccessor(i, edge);
      }
    }
    entries.add(new Entry(edge, m, phis, condition));
  }

  /// Members' phis at one position become one phi.
  private void mergePhis() {
    List<List<Instruction>> old = group.stream().map(BasicBlock::phis).toList();
    for (int p = 0; p < old.getFirst().size(); p++) {
      Instruction phi = newPhi(old.getFirst().get(p).type());
      for (Entry entry : entries) {
        phi.addIncoming(entry.phis().get(p), entry.from());
      }
      int position = p;
      List<Instruction> replaced = old.stream().map(list -> list.get(position)).toList();
      replaced.getFirst().debugLocation().ifPresent(phi::setDebugLocation);
      if (replaced.stream().anyMatch(i -> !i.debugLocation().equals(phi.debugLocation()))) {
        phi.dropDebugLocation();
      }
      replaced.forEach(i -> i.replaceAllUsesWith(phi));
    }
    old.forEach(list -> list.forEach(Instruction::erase));
  }

  private void mergeBodies() {
    List<List<Instruction>> bodies = group.stream().map(BlockMerger::body).toList();
    for (int i = 0; i < bodies.getFirst().size(); i++) {
      int position = i;
      Instruction first = bodies.getFirst().get(i);
      List<Instruction> others = bodies.stream().skip(1).map(body -> body.get(position)).toList();
      MergedMetadata.merge(first, others);
      if (!first.isTerminator()) {
        others.forEach(o -> o.replaceAllUsesWith(first));
      }
    }
  }

  private static List<Instruction> body(BasicBlock block) {
    List<Instruction> body = new ArrayList<>();
    for (Instruction instruction : block.instructions()) {
      if (instruction.opcode() != Opcode.PHI) {
        body.add(instruction);
      }
    }
    return body;
  }

  /// Lets the merged block go on as each member did.
  private void leave() {
    Instruction end = kept.terminator();
    List<Integer> apart = new ArrayList<>();
    for (int s = 0; s < end.successorCount(); s++) {
      if (leadTogether(edges(s))) {
        end.setSuccessor(s, goTogether(edges(s)));
      } else {
        apart.add(s);
      }
    }
    for (int s : apart) { // last, for they use a choice that is there already
      end.setSuccessor(s, goApart(edges(s)));
    }
  }

  private List<Exits.Edge> edges(int slot) {
    return exits.stream().map(e -> e.edges().get(slot)).toList();
  }

  /// Whether the edges have one target, and what they bring to its phis is known on the way in.
  private boolean leadTogether(List<Exits.Edge> edges) {
    if (edges.stream().map(Exits.Edge::target).distinct().count() != 1) {
      return false;
    }
    for (Instruction phi : edges.getFirst().target().phis()) {
      List<Value> values = incoming(phi, edges);
      boolean early =
          values.stream().noneMatch(v -> v instanceof Instruction i && i.block().equals(kept));
      if (!early && !EqualStates.same(values)) {
        return false;
      }
    }
    return true;
  }

  private static List<Value> incoming(Instruction phi, List<Exits.Edge> edges) {
    return edges.stream().map(e -> phi.incomingFrom(e.from()).orElseThrow()).toList();
  }

  /// A block that goes to the one target of all edges.
  private BasicBlock goTogether(List<Exits.Edge> edges) {
    BasicBlock target = edges.getFirst().target();
    BasicBlock block = newBlock("together");
    for (Instruction phi : target.phis()) {
      List<Value> values = incoming(phi, edges);
      phi.addIncoming(EqualStates.same(values) ? values.getFirst() : choice(values), block);
    }
    edges.forEach(e -> target.removeIncoming(e.from()));
    try (Builder builder = new Builder(module)) {
      builder.atEnd(block);
      builder.branch(target).dropDebugLocation();
    }
    return block;
  }

  /// A block that goes to the target of the edge that belongs to the member at hand.
  private BasicBlock goApart(List<Exits.Edge> edges) {
    Map<List<Object>, BasicBlock> alike = new LinkedHashMap<>();
    List<BasicBlock> targets = new ArrayList<>();
    for (Exits.Edge edge : edges) {
      List<Object> key = new ArrayList<>(List.of(edge.target()));
      for (Instruction phi : edge.target().phis()) {
        key.add(phi.incomingFrom(edge.from()).orElseThrow());
      }
      targets.add(alike.computeIfAbsent(key, _ -> newWay(edge)));
    }
    edges.forEach(e -> e.target().removeIncoming(e.from()));
    BasicBlock block = newBlock("apart");
    Instruction which = selector();
    BasicBlock usual = mostFrequent(targets);
    try (Builder builder = new Builder(module)) {
      builder.atEnd(block);
      Instruction go = builder.switchOn(which, usual, targets.size());
      go.dropDebugLocation();
      for (int m = 0; m < targets.size(); m++) {
        if (!targets.get(m).equals(usual)) {
          go.addCase(selectorValue(m), targets.get(m));
        }
      }
    }
    return block;
  }

  /// A block that takes over an edge's place at its target, whose phis get one edge more.
  private BasicBlock newWay(Exits.Edge edge) {
    BasicBlock way = newBlock("way");
    for (Instruction phi : edge.target().phis()) {
      phi.addIncoming(phi.incomingFrom(edge.from()).orElseThrow(), way);
    }
    try (Builder builder = new Builder(module)) {
      builder.atEnd(way);
      builder.branch(edge.target()).dropDebugLocation();
    }
    return way;
  }

  private static BasicBlock mostFrequent(List<BasicBlock> targets) {
    BasicBlock best = targets.getLast();
    long most = 1;
    for (BasicBlock target : new LinkedHashSet<>(targets)) {
      long count = targets.stream().filter(target::equals).count();
      if (count > most) {
        most = count;
        best = target;
      }
    }
    return best;
  }

  /// The phi that says which member's way it is.
  private Instruction selector() {
    if (selector.isEmpty()) {
      selector = Optional.of(choice(new ArrayList<>(selectorValues())));
    }
    return selector.get();
  }

  private ConstantInt selectorValue(int m) {
    return selectorValues().get(m);
  }

  private List<ConstantInt> selectorValues = List.of();

  /// Distinct constants, one per member: those that a phi beyond the merged block wants anyway,
  /// such as the numbers of states, or else 0, 1, 2 …
  private List<ConstantInt> selectorValues() {
    if (selectorValues.isEmpty()) {
      selectorValues = ownValues();
    }
    return selectorValues;
  }

  private List<ConstantInt> ownValues() {
    for (List<Value> values : choices.keySet()) {
      List<ConstantInt> constants =
          values.stream()
              .filter(ConstantInt.class::isInstance)
              .map(ConstantInt.class::cast)
              .toList();
      if (constants.size() == values.size()
          && constants.stream().distinct().count() == values.size()
          && constants.getFirst().type().bits() <= 32) {
        return constants;
      }
    }
    Type type = module.types().integer(group.size() <= 256 ? 8 : 32);
    List<ConstantInt> numbers = new ArrayList<>();
    for (int m = 0; m < group.size(); m++) {
      numbers.add(type.constant(m));
    }
    return numbers;
  }

  /// A phi of the merged block: `values` by member.
  private Instruction choice(List<Value> values) {
    return choices.computeIfAbsent(values, this::newChoice);
  }

  private Instruction newChoice(List<Value> values) {
    Instruction phi = newPhi(values.getFirst().type());
    for (Entry entry : entries) {
      Value value = values.get(entry.member());
      Value known =
          entry
              .condition()
              .filter(c -> c.value().equals(value))
              .map(_ -> conditionOf(entry))
              .orElse(value);
      phi.addIncoming(known, entry.from());
    }
    return phi;
  }

  /// What the switch before an entry looked at: it has the case's value there.
  private static Value conditionOf(Entry entry) {
    BasicBlock before = entry.from().predecessors().getFirst();
    return before.terminator().condition();
  }

  private Instruction newPhi(Type type) {
    try (Builder builder = new Builder(module)) {
      builder.before(kept.first());
      Instruction phi = builder.phi(type);
      phi.dropDebugLocation();
      return phi;
    }
  }

  private BasicBlock newBlock(String name) {
    return function.appendBlock(name);
  }

  /// Deletes the other members, and blocks between that only members reached.
  private void deleteOthers() {
    List<BasicBlock> dead = new ArrayList<>(group.subList(1, group.size()));
    exits.forEach(e ->
        e.edges().stream()
            .map(Exits.Edge::from)
            .filter(from -> !from.equals(e.block()))
            .forEach(dead::add));
    BasicBlock.deleteAll(dead);
  }
}
