package dev.pollard.budget;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSegment;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.ArtifactSizes.SectionSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How full a region is.
///
/// @param used bytes that the program takes there, at run time or to be loaded from
/// @param reserved bytes that its linker script sets aside, for a stack or a heap
public record Gauge(Region region, long used, long reserved) {
  /// Whether more is used than there is.
  public boolean isBroken() {
    return used > region.length();
  }

  /// The part that is used, 1 for all.
  public double part() {
    return region.length() == 0 ? (used > 0 ? 2 : 0) : used / (double) region.length();
  }

  /// What a program takes of each region, and what of it lies in none.
  ///
  /// @param outside sections in no region, with their address
  record All(List<Gauge> gauges, List<String> outside) {}

  /// Reads a linked program. A section counts where it runs, and, when it is first loaded from
  /// elsewhere as initialised data is, there too.
  static All of(ElfFile elf, List<Region> regions) {
    long[] used = new long[regions.size()];
    long[] reserved = new long[regions.size()];
    var outside = new ArrayList<String>();
    List<ElfSection> sections =
        elf.sections().stream().filter(s -> s.type() != ElfSection.SHT_NULL).toList();
    List<SectionSize> sizes = ArtifactSizes.of(elf).sections();
    for (int i = 0; i < sections.size(); i++) {
      ElfSection s = sections.get(i);
      if (!s.isAllocated() || s.size() <= 0) {
        continue;
      }
      int runs = region(regions, s.address());
      int loaded = s.isNoBits() ? -1 : region(regions, loadAddress(elf, s).orElse(s.address()));
      if (runs < 0 && loaded < 0) {
        outside.add("%s at 0x%x".formatted(s.name(), s.address()));
        continue;
      }
      if (runs >= 0 && sizes.get(i).kind() == ArtifactSizes.Kind.RESERVED) {
        reserved[runs] += s.size();
      } else if (runs >= 0) {
        used[runs] += s.size();
      }
      if (loaded >= 0 && loaded != runs) {
        used[loaded] += s.size();
      }
    }
    var gauges = new ArrayList<Gauge>();
    for (int i = 0; i < regions.size(); i++) {
      gauges.add(new Gauge(regions.get(i), used[i], reserved[i]));
    }
    return new All(List.copyOf(gauges), List.copyOf(outside));
  }

  /// The regions that a program's own symbols tell, as cortex-m-rt's do; empty when none do.
  static List<Region> told(ElfFile elf) {
    var start = elf.symbol("_ram_start");
    var end = elf.symbol("_ram_end");
    var data = elf.symbol("__sdata");
    long from = start.or(() -> data).map(s -> s.value()).orElse(0L);
    long to = end.map(s -> s.value()).orElse(0L);
    return to > from && from > 0 ? List.of(new Region("RAM", from, to - from)) : List.of();
  }

  private static int region(List<Region> regions, long address) {
    for (int i = 0; i < regions.size(); i++) {
      if (regions.get(i).contains(address)) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<Long> loadAddress(ElfFile elf, ElfSection section) {
    for (ElfSegment s : elf.segments()) {
      long into = section.address() - s.virtualAddress();
      if (s.type() == ElfSegment.PT_LOAD && into >= 0 && into < s.fileSize()) {
        return Optional.of(s.physicalAddress() + into);
      }
    }
    return Optional.empty();
  }
}
