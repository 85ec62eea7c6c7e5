package dev.pollard.report.table;

import static dev.pollard.report.table.Cells.number;
import static dev.pollard.report.table.Cells.right;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Machine;
import dev.pollard.inspect.MachineCost;
import dev.pollard.inspect.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// An [Inspection] as text for people: a tree of tasks, or a table of bytes.
public final class InspectTable {
  private static final int NUMBER = 10;

  private final Options options;
  private final StringBuilder out = new StringBuilder();

  /// How much is shown.
  ///
  /// @param limit rows, or trees; 0 for all
  /// @param width columns to which long names are cut; 0 for no end
  public record Options(Style style, int limit, int width) {}

  private InspectTable(Options options) {
    this.options = options;
  }

  /// The head, the tree of machines and the notes.
  ///
  /// @param machines all of them, in the order of the trees
  /// @param wanted which machines: of a tree all are shown when one of them is wanted
  public static String tree(
      Inspection inspection,
      List<MachineCost> machines,
      Predicate<MachineCost> wanted,
      Options options) {
    var table = new InspectTable(options);
    table.head(inspection);
    table.trees(machines, wanted);
    table.notes(inspection);
    return table.out.toString();
  }

  /// The head, a table of rows, and the notes.
  ///
  /// @param flash whether the rows share out the flash: then each has its part of it
  public static String rows(
      Inspection inspection, List<Row> rows, boolean flash, String counted, Options options) {
    var table = new InspectTable(options);
    table.head(inspection);
    table.table(rows, flash ? inspection.sizes().flash() : 0, counted);
    table.notes(inspection);
    return table.out.toString();
  }

  private void head(Inspection inspection) {
    var sizes = inspection.sizes();
    out.append(options.style.bold(inspection.file())).append("  ");
    out.append(
        options.style.faint(
            "%s, flash %s, RAM %s, file %s"
                .formatted(
                    inspection.target(),
                    number(sizes.flash()),
                    number(sizes.ram()),
                    number(inspection.fileSize()))));
    out.append('\n');
    var kinds = new ArrayList<String>();
    inspection
        .byKind()
        .forEach((kind, bytes) -> {
          if (bytes > 0) {
            kinds.add(kind.text() + " " + number(bytes));
          }
        });
    out.append("  ").append(String.join(", ", kinds)).append('\n');
    long poll = inspection.machines().stream().mapToLong(MachineCost::pollBytes).sum();
    long own = inspection.machines().stream().mapToLong(MachineCost::ownBytes).sum();
    long drop = inspection.machines().stream().mapToLong(MachineCost::dropBytes).sum();
    out.append(
        "  %d machines: %s of poll code (%s their own, %s inlined into them), %s of drop glue\n\n"
            .formatted(
                inspection.machines().size(),
                number(poll),
                number(own),
                number(poll - own),
                number(drop)));
  }

  private void trees(List<MachineCost> machines, Predicate<MachineCost> wanted) {
    Map<String, MachineCost> byName = new HashMap<>();
    machines.forEach(m -> byName.put(m.name(), m));
    Set<String> inner =
        machines.stream().flatMap(m -> m.inner().stream()).collect(Collectors.toSet());
    out.append(options.style.faint(cells("poll", "own", "inlined", "drop", "future", "frame")));
    out.append(options.style.faint("  machine\n"));
    var shown = new HashSet<String>();
    int trees = 0;
    int left = 0;
    // Machines that hold each other in a ring, as only a damaged file has them, come last.
    for (boolean rings : new boolean[] {false, true}) {
      for (MachineCost root : machines) {
        if (shown.contains(root.name()) || (!rings && inner.contains(root.name()))) {
          continue;
        }
        var tree = new ArrayList<Line>();
        collect(root, byName, "", "", shown, tree);
        if (tree.stream().noneMatch(l -> wanted.test(l.machine))) {
          continue;
        }
        if (options.limit > 0 && trees == options.limit) {
          left++;
          continue;
        }
        trees++;
        tree.forEach(this::line);
      }
    }
    if (left > 0) {
      out.append(options.style.faint("  … %d more trees; -n 0 shows all\n".formatted(left)));
    }
  }

  private record Line(MachineCost machine, String indent, String below, boolean again) {}

  /// A tree in the order of its lines, without recursion: a file may hold a chain of any length.
  private static void collect(
      MachineCost root,
      Map<String, MachineCost> byName,
      String indent,
      String below,
      Set<String> shown,
      List<Line> into) {
    var todo = new ArrayList<Line>(List.of(new Line(root, indent, below, false)));
    while (!todo.isEmpty()) {
      Line line = todo.removeLast();
      boolean again = !shown.add(line.machine.name());
      into.add(new Line(line.machine, line.indent, line.below, again));
      if (again) {
        continue;
      }
      List<MachineCost> children =
          line.machine.inner().stream().map(byName::get).filter(c -> c != null).toList();
      for (int i = children.size() - 1; i >= 0; i--) {
        boolean last = i == children.size() - 1;
        todo.add(
            new Line(
                children.get(i),
                line.below + (last ? "└ " : "├ "),
                line.below + (last ? "  " : "│ "),
                false));
      }
    }
  }

  private void line(Line line) {
    MachineCost m = line.machine;
    String numbers =
        cells(
            number(m.pollBytes()),
            number(m.ownBytes()),
            number(m.inlinedBytes()),
            number(m.dropBytes()),
            m.machine().futureSize().isPresent()
                ? number(m.machine().futureSize().getAsLong())
                : "?",
            m.stackFrame().isPresent() ? number(m.stackFrame().getAsLong()) : "");
    if (line.again) {
      text(cells("", "", "", "", "", "") + "  " + line.indent, m.name() + " (above)");
      return;
    }
    text(numbers + "  " + line.indent, m.name());
    String blank = cells("", "", "", "", "", "") + "  " + line.below;
    for (int i = 0; i < m.machine().states().size(); i++) {
      Machine.State s = m.machine().states().get(i);
      if (s.isSuspend()) {
        long bytes = i < m.stateBytes().size() ? m.stateBytes().get(i) : 0;
        out.append(
            options.style.faint(
                cut(
                    blank
                        + "  %s at %s:%d, code %s, keeps %s"
                            .formatted(
                                s.name(), tail(s.file()), s.line(), number(bytes), keeps(s)))));
        out.append('\n');
      }
    }
  }

  /// The largest of what a state keeps.
  private static String keeps(Machine.State state) {
    var sorted =
        state.held().stream()
            .filter(h -> h.size() > 0)
            .sorted((a, b) -> Long.compare(b.size(), a.size()))
            .map(h -> (h.isAwaitee() ? "the awaited future" : h.name()) + " " + number(h.size()))
            .toList();
    String most = String.join(", ", sorted.subList(0, Math.min(3, sorted.size())));
    return sorted.isEmpty() ? "nothing" : sorted.size() > 3 ? most + ", …" : most;
  }

  /// The last two parts of a path.
  private static String tail(String path) {
    int slash = path.lastIndexOf('/');
    slash = slash < 0 ? slash : path.lastIndexOf('/', slash - 1);
    return path.substring(slash + 1);
  }

  private void table(List<Row> rows, long flash, String counted) {
    out.append(
        options.style.faint(
            right("bytes", NUMBER) + (flash > 0 ? right("", 9) : "") + right(counted, NUMBER)));
    out.append('\n');
    int shown = options.limit > 0 ? Math.min(options.limit, rows.size()) : rows.size();
    for (Row row : rows.subList(0, shown)) {
      row(row, flash);
    }
    if (shown < rows.size()) {
      List<Row> rest = rows.subList(shown, rows.size());
      long bytes = rest.stream().mapToLong(Row::bytes).sum();
      if (flash > 0) {
        row(new Row("[%d more]".formatted(rest.size()), bytes, rest.size()), flash);
      } else {
        out.append(options.style.faint("  … %d more; -n 0 shows all\n".formatted(rest.size())));
      }
    }
    if (flash > 0) {
      row(new Row("[total]", rows.stream().mapToLong(Row::bytes).sum(), rows.size()), flash);
    }
  }

  private void row(Row row, long flash) {
    String share =
        flash > 0
            ? right(String.format(Locale.ROOT, "%.1f %%", 100.0 * row.bytes() / flash), 9)
            : "";
    text(
        right(number(row.bytes()), NUMBER) + share + right(number(row.count()), NUMBER) + "  ",
        row.name());
  }

  private void notes(Inspection inspection) {
    if (!inspection.notes().isEmpty()) {
      out.append('\n');
    }
    inspection.notes().forEach(n -> out.append("note: ").append(n).append('\n'));
  }

  private void text(String before, String name) {
    out.append(cut(before + name)).append('\n');
  }

  private String cut(String line) {
    return options.width > 0 && line.length() > options.width
        ? line.substring(0, options.width - 1) + "…"
        : line;
  }

  private static String cells(String... cells) {
    var line = new StringBuilder();
    for (String cell : cells) {
      line.append(right(cell, 9));
    }
    return line.toString();
  }
}
