package dev.pollard.size;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfRelocation;
import dev.pollard.object.elf.ElfSection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who calls whom in an emitted object, from its relocations and, where the assembler left none,
/// from its bytes.
///
/// A call in tail position counts as any call. A function whose address is taken, in data or in
/// code, may be called by every function that holds a call through a register; on RISC-V a jump
/// table looks the same.
final class CallGraph {
  /// One function.
  ///
  /// @param code where it is
  /// @param frame its stack bytes with what the call to it pushes; empty when not known
  /// @param calls the indices of the functions that it calls directly
  /// @param externals symbols of other objects that it calls
  /// @param callsIndirectly whether it holds a call through a register or memory
  record Node(
      ObjectFunctions.Code code,
      OptionalLong frame,
      Set<Integer> calls,
      SortedSet<String> externals,
      boolean callsIndirectly) {}

  private final ElfFile object;
  private final Branches branches;
  private final ObjectFunctions functions;
  private final List<Set<Integer>> calls = new ArrayList<>();
  private final List<SortedSet<String>> externals = new ArrayList<>();
  private final BitSet indirect = new BitSet();
  private final BitSet taken = new BitSet();
  private final List<Node> nodes = new ArrayList<>();

  private CallGraph(ElfFile object) {
    this.object = object;
    this.branches = new Branches(object);
    this.functions = new ObjectFunctions(object);
  }

  /// Reads the graph of an object that a linker has still to take.
  static CallGraph of(ElfFile object) throws MalformedObjectException {
    if (!object.isRelocatable()) {
      throw new MalformedObjectException(object.name(), 16, "not an object file");
    }
    var graph = new CallGraph(object);
    graph.build();
    return graph;
  }

  List<Node> nodes() {
    return nodes;
  }

  /// Functions whose address is in data or in code.
  BitSet addressTaken() {
    return taken;
  }

  Optional<Node> named(String symbol) {
    return functions.named(symbol).map(c -> nodes.get(c.index()));
  }

  private void build() throws MalformedObjectException {
    for (ObjectFunctions.Code _ : functions.all()) {
      calls.add(new HashSet<>());
      externals.add(new TreeSet<>());
    }
    var relocated = new HashMap<Integer, Set<Long>>();
    for (ElfRelocation r : object.relocations()) {
      if (r.section() <= 0 || r.section() >= object.sections().size()) {
        continue;
      }
      ElfSection section = object.sections().get(r.section());
      if (!section.isAllocated() || describesCode(section)) {
        continue;
      }
      if (section.isExecutable()) {
        relocated.computeIfAbsent(section.index(), _ -> new HashSet<>()).add(r.offset());
        inCode(section, r);
      } else {
        functions
            .target(r, functions.wordAddend(r))
            .filter(ObjectFunctions.Target::isDefined)
            .flatMap(t -> functions.startingAt(t.section(), even(t.offset())))
            .ifPresent(c -> taken.set(c.index()));
      }
    }
    for (ElfSection section : object.sections()) {
      if (section.isExecutable()) {
        scan(section, relocated.getOrDefault(section.index(), Set.of()));
      }
    }
    Map<ObjectFunctions.Code, Long> frames = StackSizes.of(functions, object);
    for (ObjectFunctions.Code code : functions.all()) {
      Long frame = frames.get(code);
      nodes.add(
          new Node(
              code,
              frame == null
                  ? OptionalLong.empty()
                  : OptionalLong.of(frame + branches.pushedByCall()),
              calls.get(code.index()),
              externals.get(code.index()),
              indirect.get(code.index())));
    }
  }

  /// Unwind tables and the like hold addresses that nobody calls.
  private static boolean describesCode(ElfSection section) {
    return section.name().startsWith(".ARM.ex")
        || section.name().startsWith(".eh_frame")
        || section.name().startsWith(".gcc_except_table");
  }

  private void inCode(ElfSection section, ElfRelocation r) {
    Optional<ObjectFunctions.Code> source = functions.containing(section.index(), r.offset());
    if (source.isEmpty()) {
      return;
    }
    int from = source.get().index();
    Branches.Role role = branches.role(r.type(), section, r.offset());
    boolean pcRelative = role != Branches.Role.ADDRESS || branches.bias() != 0;
    long addend =
        role == Branches.Role.ADDRESS && branches.bias() == 0
            ? functions.wordAddend(r)
            : r.addend() + (pcRelative ? branches.bias() : 0);
    Optional<ObjectFunctions.Target> target =
        role == Branches.Role.NONE ? Optional.empty() : functions.target(r, addend);
    if (target.isEmpty()) {
      return;
    }
    ObjectFunctions.Target to = target.get();
    if (!to.isDefined()) {
      if (role != Branches.Role.ADDRESS) {
        externals.get(from).add(to.name());
      }
      return;
    }
    Optional<ObjectFunctions.Code> callee = functions.startingAt(to.section(), even(to.offset()));
    switch (role) {
      case CALL, TABLE_CALL ->
          callee
              .or(() -> functions.containing(to.section(), to.offset()))
              .ifPresent(c -> calls.get(from).add(c.index()));
      case JUMP ->
          callee
              .or(() -> functions.containing(to.section(), to.offset()))
              .filter(c -> c.index() != from)
              .ifPresent(c -> calls.get(from).add(c.index()));
      case ADDRESS -> callee.ifPresent(c -> taken.set(c.index()));
      case NONE -> {}
    }
  }

  private void scan(ElfSection section, Set<Long> relocated) {
    branches.scan(
        section,
        relocated,
        new Branches.Listener() {
          @Override
          public void direct(long at, long target, boolean links) {
            Optional<ObjectFunctions.Code> from = functions.containing(section.index(), at);
            Optional<ObjectFunctions.Code> to = functions.startingAt(section.index(), target);
            if (from.isPresent() && to.isPresent() && (links || !from.equals(to))) {
              calls.get(from.get().index()).add(to.get().index());
            }
          }

          @Override
          public void indirect(long at) {
            functions
                .containing(section.index(), at)
                .ifPresent(c -> CallGraph.this.indirect.set(c.index()));
          }
        });
  }

  private long even(long offset) {
    return object.machine() == ElfFile.EM_ARM ? offset & ~1L : offset;
  }
}
