package dev.pollard.lint;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.MachineCost;
import dev.pollard.replay.Crate;
import dev.pollard.replay.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Builds the programs with a change, beside what cargo made, and says what it saved.
final class Trials implements AutoCloseable {
  /// How often rustc's own suggestions are taken before a change is given up.
  private static final int ROUNDS = 30;

  private final Survey survey;

  /// By the program's file: a program's calls are too much to compare.
  private final Map<Path, Replay> replays = new LinkedHashMap<>();

  private final Map<String, Optional<Figures>> before = new HashMap<>();

  /// What is compared.
  ///
  /// @param machines those of the file that is changed
  private record Figures(long flash, long ram, long frame, List<MachineCost> machines) {
    Figures plus(Figures other) {
      List<MachineCost> all = new ArrayList<>(machines);
      all.addAll(other.machines);
      return new Figures(flash + other.flash, ram + other.ram, Math.max(frame, other.frame), all);
    }
  }

  Trials(Survey survey) {
    this.survey = survey;
  }

  /// A change that was tried.
  ///
  /// @param edits those of the change, with what rustc asked for
  record Tried(Saving saving, List<Edit> edits) {}

  /// Whether the crate of a finding can be made again at all.
  ///
  /// @throws IOException when files cannot be read or written
  boolean canTry(Finding finding) throws IOException {
    Crate crate = survey.crates().get(finding.file());
    return crate != null && before(crate).isPresent();
  }

  /// Tries the change of a finding.
  ///
  /// @param line the first line of the item that is changed
  /// @param last the last line of its head
  /// @param left bytes of the future that takes the place of the item's own, where that goes
  /// @return empty when the program does not compile with it
  /// @throws IOException when files cannot be read or written
  Optional<Tried> of(Finding finding, int line, int last, long left) throws IOException {
    Crate crate = survey.crates().get(finding.file());
    if (crate == null) {
      return Optional.empty();
    }
    Optional<Figures> before = before(crate);
    Optional<Compiled> compiled = compile(crate, finding.change());
    if (compiled.isEmpty() || before.isEmpty()) {
      return Optional.empty();
    }
    Figures old = before.get();
    Figures now = compiled.get().figures;
    long oldFuture = future(old, finding.file(), line, last);
    long newFuture = future(now, finding.file(), line, last);
    var saving =
        new Saving(
            OptionalLong.of(old.flash - now.flash),
            // Where there is a loader, static memory is what the linker's sections round it to.
            survey.isHosted() ? OptionalLong.empty() : OptionalLong.of(old.ram - now.ram),
            OptionalLong.of(old.frame - now.frame),
            oldFuture < 0
                ? OptionalLong.empty()
                : OptionalLong.of(oldFuture - (newFuture < 0 ? left : newFuture)),
            Saving.Basis.TRIED);
    return Optional.of(new Tried(saving, compiled.get().edits));
  }

  /// What all of those changes together save; empty when the programs do not compile with them.
  Optional<Long> flash(List<Edit> edits) throws IOException {
    Map<Crate, List<Edit>> byCrate = new LinkedHashMap<>();
    for (Edit edit : edits) {
      Crate crate = survey.crates().get(edit.file());
      if (crate != null) {
        byCrate.computeIfAbsent(crate, _ -> new ArrayList<>()).add(edit);
      }
    }
    long saved = 0;
    for (var each : byCrate.entrySet()) {
      Optional<Figures> old = before(each.getKey());
      Optional<Compiled> compiled = compile(each.getKey(), each.getValue());
      if (compiled.isEmpty() || old.isEmpty()) {
        return Optional.empty();
      }
      saved += old.get().flash - compiled.get().figures.flash;
    }
    return Optional.of(saved);
  }

  private static long future(Figures figures, Path file, int first, int last) {
    return figures.machines.stream()
        .filter(m -> Program.isAt(m, file, first, last))
        .mapToLong(m -> m.machine().futureSize().orElse(0))
        .max()
        .orElse(-1);
  }

  private List<Program> programs(Crate crate) {
    return survey.programs().stream().filter(p -> p.linked().crates().contains(crate)).toList();
  }

  private Replay replay(Program program) throws IOException {
    Path file = program.linked().file();
    Replay known = replays.get(file);
    if (known == null) {
      known = new Replay(program.linked());
      replays.put(file, known);
    }
    return known;
  }

  /// A change that compiles, and what came of it.
  private record Compiled(List<Edit> edits, Figures figures) {}

  /// The change, with what rustc suggests until it compiles: awaits of what is no future any more
  /// go. Empty when it does not.
  private Optional<Compiled> compile(Crate crate, List<Edit> change) throws IOException {
    List<Edit> edits = new ArrayList<>(change);
    List<Program> programs = programs(crate);
    for (int round = 0; round < ROUNDS; round++) {
      Map<Path, String> changed = Edit.apply(survey.sources(), edits);
      Replay.Result result = replay(programs.getFirst()).run(crate, changed);
      if (result.linked().isPresent()) {
        Figures sum = figures(programs.getFirst(), result.linked().get());
        for (Program other : programs.subList(1, programs.size())) {
          Optional<Path> linked = replay(other).run(crate, changed).linked();
          if (linked.isEmpty()) {
            return Optional.empty();
          }
          sum = sum.plus(figures(other, linked.get()));
        }
        return Optional.of(new Compiled(edits, sum));
      }
      List<Edit> more =
          RustcSuggestions.withoutAwait(
              result.messages(), crate.call().directory(), survey.sources(), edits);
      if (more.isEmpty()) {
        return Optional.empty();
      }
      edits.addAll(more);
    }
    return Optional.empty();
  }

  private static Figures figures(Program program, Path linked) throws IOException {
    var made = new Program(program.linked(), Inspection.of(linked));
    return new Figures(made.flash(), made.ram(), made.largestFrame(), made.inspection().machines());
  }

  /// The programs as they are, made in the same way; empty when that fails already, as where a
  /// source includes a file from outside of its package.
  private Optional<Figures> before(Crate crate) throws IOException {
    Optional<Figures> known = before.get(crate.id());
    if (known == null) {
      known = compile(crate, List.of()).map(Compiled::figures);
      before.put(crate.id(), known);
    }
    return known;
  }

  @Override
  public void close() throws IOException {
    for (Replay replay : replays.values()) {
      replay.close();
    }
  }
}
