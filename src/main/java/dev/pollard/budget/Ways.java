package dev.pollard.budget;

import dev.pollard.diff.By;
import dev.pollard.diff.Entry;
import dev.pollard.diff.Side;
import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Machine;
import dev.pollard.inspect.MachineCost;
import dev.pollard.report.BuildReport;
import dev.pollard.report.Measurement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What would bring a program back under its budget, the most bytes first.
final class Ways {
  private static final int FUTURES = 3;

  private final Inspection inspection;
  private final Side side;
  private final Optional<BuildReport> report;
  private final Optional<Measurement> measured;

  Ways(
      Inspection inspection,
      Side side,
      Optional<BuildReport> report,
      Optional<Measurement> measured) {
    this.inspection = inspection;
    this.side = side;
    this.report = report;
    this.measured = measured;
  }

  /// The ways.
  ///
  /// @param flash whether flash is what is missing
  /// @param ram whether RAM or stack is
  List<Way> list(boolean flash, boolean ram) {
    var ways = new ArrayList<Way>();
    if (flash || ram) {
      prune(ways, flash, ram);
    }
    if (flash) {
      panics(ways);
    }
    if (ram) {
      futures(ways);
    }
    ways.sort(
        Comparator.comparing(Way::most)
            .thenComparing(w -> w.bytes().orElse(0), Comparator.reverseOrder()));
    return ways;
  }

  /// What the last build of Pollard's saved.
  private void prune(List<Way> ways, boolean flash, boolean ram) {
    if (report.isEmpty()) {
      ways.add(
          new Way(
              "build it by pollard build: nothing here tells of a pruned one yet",
              OptionalLong.empty(),
              false,
              false));
      return;
    }
    Measurement stock = report.get().stock();
    Measurement pruned = report.get().pruned();
    boolean isStock = measured.filter(m -> m.equals(stock)).isPresent();
    if (!isStock || stock.equals(pruned)) {
      return;
    }
    if (flash && pruned.flash() < stock.flash()) {
      ways.add(saved("flash", stock.flash(), pruned.flash(), false));
    }
    if (ram && pruned.ram() < stock.ram()) {
      ways.add(saved("RAM", stock.ram(), pruned.ram(), true));
    }
    if (ram && pruned.deepestPollPath() < stock.deepestPollPath()) {
      ways.add(saved("stack", stock.deepestPollPath(), pruned.deepestPollPath(), true));
    }
  }

  private static Way saved(String what, long stock, long pruned, boolean ram) {
    return new Way(
        String.format(
            Locale.ROOT,
            "ship what pollard build makes: its last one took %s from %,d to %,d bytes",
            what,
            stock,
            pruned),
        OptionalLong.of(stock - pruned),
        false,
        ram);
  }

  /// Code that formats, most of it for messages of panics.
  private void panics(List<Way> ways) {
    long bytes = 0;
    for (Entry e : side.tables().getOrDefault(By.FUNCTION, List.of())) {
      String name = e.name().startsWith("<") ? e.name().substring(1) : e.name();
      if (name.startsWith("core::fmt::")
          || name.startsWith("core::panicking::")
          || name.contains(" as core::fmt::")) {
        bytes += e.bytes();
      }
    }
    if (bytes > 0) {
      ways.add(
          new Way(
              "panics = \"trap\" (or \"no-location\") in [package.metadata.pollard], if nobody reads"
                  + " the messages of panics: core::fmt and core::panicking",
              OptionalLong.of(bytes),
              true,
              false));
    }
  }

  /// The largest futures, each with the largest local that it keeps.
  private void futures(List<Way> ways) {
    List<MachineCost> largest =
        inspection.machines().stream()
            .filter(m -> m.machine().futureSize().orElse(0) > 0)
            .sorted(Comparator.comparingLong(m -> -m.machine().futureSize().orElse(0)))
            .limit(FUTURES)
            .toList();
    for (MachineCost m : largest) {
      long future = m.machine().futureSize().orElse(0);
      Optional<Way> held =
          m.machine().states().stream()
              .filter(Machine.State::isSuspend)
              .flatMap(s ->
                  s.held().stream().filter(h -> !h.isAwaitee()).map(h -> held(m, s, h, future)))
              .max(Comparator.comparingLong(w -> w.bytes().orElse(0)));
      held.filter(w -> w.bytes().orElse(0) > 0).ifPresent(ways::add);
    }
  }

  private static Way held(MachineCost m, Machine.State s, Machine.Held h, long future) {
    return new Way(
        String.format(
            Locale.ROOT,
            "the future of %s takes %,d bytes: it keeps %s (%s) across the await at %s:%d",
            m.name(),
            future,
            h.name(),
            h.type(),
            s.file(),
            s.line()),
        OptionalLong.of(h.size()),
        true,
        true);
  }
}
