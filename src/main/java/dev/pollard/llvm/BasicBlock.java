package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// A basic block.
public record BasicBlock(Module module, long ref) implements Value {
  /// The function that holds it.
  public Function function() {
    return new Function(module, CORE.LLVMGetBasicBlockParent(ref));
  }

  /// The instructions in order. The one at hand may be erased.
  public Iterable<Instruction> instructions() {
    return Chain.of(
        CORE.LLVMGetFirstInstruction(ref),
        CORE::LLVMGetNextInstruction,
        r -> new Instruction(module, r));
  }

  /// The first instruction.
  public Instruction first() {
    return new Instruction(module, CORE.LLVMGetFirstInstruction(ref));
  }

  /// The first instruction that is no phi.
  public Instruction firstNonPhi() {
    for (Instruction instruction : instructions()) {
      if (instruction.opcode() != Opcode.PHI) {
        return instruction;
      }
    }
    throw new IllegalStateException("a block without a terminator");
  }

  /// The terminator; empty while the block is being built.
  public Optional<Instruction> optionalTerminator() {
    long terminator = CORE.LLVMGetBasicBlockTerminator(ref);
    return terminator == 0 ? Optional.empty() : Optional.of(new Instruction(module, terminator));
  }

  /// The terminator.
  public Instruction terminator() {
    return optionalTerminator()
        .orElseThrow(() -> new IllegalStateException("a block without a terminator"));
  }

  /// The phis at its start.
  public List<Instruction> phis() {
    List<Instruction> phis = new ArrayList<>();
    for (Instruction instruction : instructions()) {
      if (instruction.opcode() != Opcode.PHI) {
        break;
      }
      phis.add(instruction);
    }
    return phis;
  }

  /// Where control may go next, with repetitions.
  public List<BasicBlock> successors() {
    Instruction terminator = terminator();
    int count = terminator.successorCount();
    List<BasicBlock> successors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      successors.add(terminator.successor(i));
    }
    return successors;
  }

  /// Where control may come from, each once.
  public SequencedSet<BasicBlock> predecessors() {
    SequencedSet<BasicBlock> predecessors = new LinkedHashSet<>();
    for (Use use : uses()) {
      if (use.user() instanceof Instruction user && user.isTerminator()) {
        predecessors.add(user.block());
      }
    }
    return predecessors;
  }

  /// The block after this one in the function's list.
  public Optional<BasicBlock> next() {
    long next = CORE.LLVMGetNextBasicBlock(ref);
    return next == 0 ? Optional.empty() : Optional.of(new BasicBlock(module, next));
  }

  /// A new block before this one.
  public BasicBlock insertBefore(String name) {
    try (java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
      return new BasicBlock(
          module,
          CORE.LLVMInsertBasicBlockInContext(
              module.context().ref(), ref, arena.allocateFrom(name)));
    }
  }

  /// Moves it after `other`.
  public void moveAfter(BasicBlock other) {
    CORE.LLVMMoveBasicBlockAfter(ref, other.ref);
  }

  /// Removes the edge from `predecessor` from every phi here; LLVM's C library cannot, so each phi
  /// is rebuilt. Call it once for each edge that goes.
  public void removeIncoming(BasicBlock predecessor) {
    for (Instruction phi : phis()) {
      int removed = -1;
      for (int i = 0; i < phi.incomingCount() && removed < 0; i++) {
        if (phi.incomingBlock(i).equals(predecessor)) {
          removed = i;
        }
      }
      if (removed < 0) {
        throw new IllegalStateException("a phi without the edge that goes");
      }
      if (phi.incomingCount() == 1) {
        phi.replaceAllUsesWith(phi.type().poison());
      } else {
        try (Builder builder = new Builder(module)) {
          builder.before(phi);
          Instruction rebuilt = builder.phi(phi.type());
          for (int i = 0; i < phi.incomingCount(); i++) {
            if (i != removed) {
              rebuilt.addIncoming(phi.incomingValue(i), phi.incomingBlock(i));
            }
          }
          phi.replaceAllUsesWith(rebuilt);
        }
      }
      phi.erase();
    }
  }

  /// Splits: `at` and what follows goes to a new block that this one branches to. Phis of the
  /// successors follow.
  public BasicBlock splitBefore(Instruction at, String name) {
    BasicBlock rest =
        next().map(n -> n.insertBefore(name)).orElseGet(() -> function().appendBlock(name));
    for (BasicBlock successor : new LinkedHashSet<>(successors())) {
      for (Instruction phi : successor.phis()) {
        phi.replaceIncomingBlock(this, rest);
      }
    }
    try (Builder builder = new Builder(module)) {
      builder.atEnd(rest);
      Optional<Instruction> moving = Optional.of(at);
      while (moving.isPresent()) {
        Instruction instruction = moving.get();
        moving = instruction.next();
        builder.moveHere(instruction);
      }
      builder.atEnd(this);
      builder.branch(rest);
    }
    return rest;
  }

  /// Deletes it with its instructions; nothing may use them.
  public void delete() {
    deleteAll(List.of(this));
  }

  /// Deletes blocks with their instructions, which nothing but these blocks may use.
  ///
  /// Debug records of an instruction that is erased move to the next one. Those behind a block's
  /// last instruction would stay behind in the context, and turn up in whatever block is made at
  /// the same address later: so each block keeps an instruction for them until it goes as a whole.
  public static void deleteAll(List<BasicBlock> blocks) {
    for (BasicBlock block : blocks) {
      for (Instruction instruction : block.instructions()) {
        if (instruction.hasUses()) {
          instruction.replaceAllUsesWith(instruction.type().poison());
        }
      }
    }
    for (BasicBlock block : blocks) {
      List<Instruction> instructions = new ArrayList<>();
      block.instructions().forEach(instructions::add);
      try (Builder builder = new Builder(block.module())) {
        builder.atEnd(block);
        builder.unreachable();
      }
      instructions.reversed().forEach(Instruction::erase);
    }
    blocks.forEach(b -> CORE.LLVMDeleteBasicBlock(b.ref));
  }
}
