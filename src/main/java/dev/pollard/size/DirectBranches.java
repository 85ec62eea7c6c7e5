package dev.pollard.size;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import java.util.Set;

/// The branches of a linked ELF file whose target stands in the instruction, inside of one section.
/// ARM, AArch64, RISC-V (those of one instruction) and x86 are known; of other processors none is
/// found.
public final class DirectBranches {
  private DirectBranches() {}

  /// Takes one branch.
  @FunctionalInterface
  public interface Sink {
    /// Takes the next branch.
    ///
    /// @param from the address of the instruction
    /// @param to the address of its target
    void take(long from, long to);
  }

  /// Tells of all of them, section by section.
  public static void of(ElfFile linked, Sink sink) {
    var branches = new Branches(linked);
    for (ElfSection section : linked.sections()) {
      if (section.isAllocated() && section.isExecutable()) {
        branches.scan(
            section,
            Set.of(),
            new Branches.Listener() {
              @Override
              public void direct(long at, long target, boolean links) {
                sink.take(section.address() + at, section.address() + target);
              }

              @Override
              public void indirect(long at) {}
            });
      }
    }
  }
}
