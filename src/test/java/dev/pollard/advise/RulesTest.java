package dev.pollard.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.advise.Awaits.Task;
import dev.pollard.advise.run.Host;
import dev.pollard.advise.run.RunFacts;
import dev.pollard.advise.run.RunFacts.Window;
import dev.pollard.advise.run.Stretches;
import dev.pollard.advise.run.ThreadCost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The decision over facts of the shape that real programs have.
final class RulesTest {
  private static final long GIB = 1L << 30;
  private static final Host HOST = new Host(2, 20 * GIB, 90_000);
  private static final ThreadCost THREAD = new ThreadCost(1000, 9_000, 4_200, 16_384, 12);
  private static final Footprint FOOTPRINT = new Footprint(50_000, 2_000, 9_000, 8_000, 200, 900);

  private static final Awaits ONE_TASK = awaits(20, 20, 0, 0, 1);
  private static final Awaits MANY_TASKS = awaits(20, 18, 2, 2, 4);
  private static final Awaits NONE = new Awaits(0, 0, 0, 0, Map.of(), 0, List.of());

  private static Awaits awaits(int all, int waiting, int unsure, int concurrent, int tasks) {
    var list =
        IntStream.range(0, tasks)
            .mapToObj(i -> new Task("app::task" + i, OptionalLong.of(400), 120))
            .toList();
    return new Awaits(12, all, waiting, unsure, Map.of(Wait.IO, waiting), concurrent, list);
  }

  private static ProgramFacts program(Kind kind, Awaits awaits) {
    return new ProgramFacts(
        "app",
        "x86_64",
        kind,
        List.of("tokio"),
        false,
        true,
        awaits,
        FOOTPRINT,
        Optional.empty(),
        OptionalLong.empty());
  }

  private static ProgramFacts firmware(Awaits awaits, long flash) {
    var p = program(Kind.FIRMWARE, awaits);
    return new ProgramFacts(
        p.name(),
        "thumbv7em-none-eabi",
        p.kind(),
        List.of("embassy_executor"),
        false,
        true,
        awaits,
        FOOTPRINT,
        flash == 0 ? Optional.empty() : Optional.of(new Room(flash, 65_536, "memory.x")),
        OptionalLong.empty());
  }

  private static ProgramFacts wasm(Awaits awaits, long limit) {
    return new ProgramFacts(
        "app",
        "wasm32-unknown-unknown",
        Kind.WASM,
        List.of(),
        false,
        true,
        awaits,
        FOOTPRINT,
        Optional.empty(),
        limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit));
  }

  private static RunFacts run(Window window, int connections, boolean load) {
    return new RunFacts(
        List.of("app"),
        "ended by itself",
        window,
        load ? Optional.of(window) : Optional.empty(),
        3,
        3_000_000,
        12_000_000,
        connections > 0,
        connections,
        load
            ? Optional.of(
                new RunFacts.Load(connections, connections, 5_000, OptionalDouble.of(9_000)))
            : Optional.empty(),
        List.of(new Stretches.Longest("worker", 0.4, 0)),
        0,
        1_200);
  }

  private static Advice decide(ProgramFacts program, RunFacts run) {
    return Rules.decide(new Facts(program, Optional.of(run), Optional.of(THREAD), HOST));
  }

  private static Advice decide(ProgramFacts program) {
    return Rules.decide(new Facts(program, Optional.empty(), Optional.empty(), HOST));
  }

  /// Waits most of the time: 5 000 waits in 5 s, 0.1 s of processor time.
  private static final Window WAITING = new Window(5, 0.1, 0, 5_000, 100);

  /// Computes on two processors: 10 s of processor time in 5 s, 40 waits.
  private static final Window COMPUTING = new Window(5, 10, 0, 40, 900);

  @Test
  void aServerOfManyConnectionsIsAsync() {
    var advice = decide(program(Kind.SERVER, MANY_TASKS), run(WAITING, 5_000, true));
    assertThat(advice.answer()).isEqualTo(Answer.ASYNC);
    assertThat(advice.profile()).isEqualTo(Profile.IO_SERVER);
    assertThat(advice.confidence()).isEqualTo(Confidence.HIGH);
    assertThat(advice.changes().getFirst())
        .contains("Fewer than 1,000 connections")
        .contains("5,000");
  }

  @Test
  void atTheThresholdItIsAsyncWithLessConfidence() {
    var server = program(Kind.SERVER, MANY_TASKS);
    var at = decide(server, run(WAITING, 1_000, true));
    assertThat(at.answer()).isEqualTo(Answer.ASYNC);
    assertThat(at.confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(decide(server, run(WAITING, 999, true)).answer()).isEqualTo(Answer.EITHER);
    assertThat(decide(server, run(WAITING, 101, true)).answer()).isEqualTo(Answer.EITHER);
    assertThat(decide(server, run(WAITING, 100, true)).answer()).isEqualTo(Answer.THREADS);
    assertThat(decide(server, run(WAITING, 1_999, true)).confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(decide(server, run(WAITING, 2_000, true)).confidence()).isEqualTo(Confidence.HIGH);
  }

  @Test
  void littleMemoryBringsTheThresholdDown() {
    var small = new Host(2, 64L << 20, 90_000);
    var facts =
        new Facts(
            program(Kind.SERVER, MANY_TASKS),
            Optional.of(run(WAITING, 500, true)),
            Optional.of(THREAD),
            small);
    // A tenth of 64 MiB are 226 threads of 29,584 bytes.
    var advice = Rules.decide(facts);
    assertThat(advice.answer()).isEqualTo(Answer.ASYNC);
    assertThat(advice.changes().getFirst()).contains("Fewer than 227 connections");
  }

  @Test
  void soDoesALowLimitOfThreads() {
    var narrow = new Host(2, 20 * GIB, 400);
    var facts =
        new Facts(
            program(Kind.SERVER, MANY_TASKS),
            Optional.of(run(WAITING, 300, true)),
            Optional.of(THREAD),
            narrow);
    assertThat(Rules.decide(facts).answer()).isEqualTo(Answer.ASYNC);
  }

  @Test
  void aServerWithoutALoadIsAnsweredWithLowConfidence() {
    var advice = decide(program(Kind.SERVER, MANY_TASKS), run(WAITING, 3, false));
    assertThat(advice.answer()).isEqualTo(Answer.THREADS);
    assertThat(advice.confidence()).isEqualTo(Confidence.LOW);
    assertThat(advice.unknown()).anyMatch(u -> u.contains("--connect"));
  }

  @Test
  void workThatComputesIsForRayon() {
    var advice = decide(program(Kind.TOOL, MANY_TASKS), run(COMPUTING, 0, false));
    assertThat(advice.answer()).isEqualTo(Answer.RAYON);
    assertThat(advice.profile()).isEqualTo(Profile.CPU_BOUND);
    assertThat(advice.confidence()).isEqualTo(Confidence.HIGH);
    // A server may compute, too.
    assertThat(decide(program(Kind.SERVER, MANY_TASKS), run(COMPUTING, 50, false)).answer())
        .isEqualTo(Answer.RAYON);
  }

  @Test
  void processorTimeForEachWaitAndHalfAProcessorAreTheThresholds() {
    var tool = program(Kind.TOOL, MANY_TASKS);
    var atBoth = new Window(10, 5, 0, 5_000, 0);
    assertThat(decide(tool, run(atBoth, 0, false)).answer()).isEqualTo(Answer.RAYON);
    assertThat(decide(tool, run(atBoth, 0, false)).confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(decide(tool, run(new Window(10, 5, 0, 5_001, 0), 0, false)).answer())
        .isNotEqualTo(Answer.RAYON);
    // The work of a request may be longer.
    var server = program(Kind.SERVER, MANY_TASKS);
    assertThat(decide(server, run(new Window(10, 5, 0, 500, 0), 50, false)).answer())
        .isEqualTo(Answer.RAYON);
    assertThat(decide(server, run(new Window(10, 5, 0, 501, 0), 50, false)).answer())
        .isNotEqualTo(Answer.RAYON);
    assertThat(decide(tool, run(new Window(10, 4.99, 0, 1, 0), 0, false)).answer())
        .isNotEqualTo(Answer.RAYON);
    // On a busy machine it is what the program would have used that counts.
    assertThat(decide(tool, run(new Window(10, 3, 2, 1, 0), 0, false)).answer())
        .isEqualTo(Answer.RAYON);
  }

  @Test
  void aServerAtFullSpeedIsNotTakenForOneThatComputes() {
    // Its threads never sleep, but each of 5,000 answers is a wait.
    var saturated = new Window(5, 9.5, 0, 30, 4_000);
    assertThat(decide(program(Kind.SERVER, MANY_TASKS), run(saturated, 2_500, true)).answer())
        .isEqualTo(Answer.ASYNC);
  }

  @Test
  void aProgramThatDoesOneThingAtATimeBlocks() {
    var advice = decide(program(Kind.TOOL, ONE_TASK), run(new Window(1, 0.01, 0, 9, 0), 0, false));
    assertThat(advice.answer()).isEqualTo(Answer.BLOCKING);
    assertThat(advice.profile()).isEqualTo(Profile.SIMPLE);
    assertThat(advice.confidence()).isEqualTo(Confidence.HIGH);
    var unmeasured = decide(program(Kind.TOOL, ONE_TASK));
    assertThat(unmeasured.answer()).isEqualTo(Answer.BLOCKING);
    assertThat(unmeasured.confidence()).isEqualTo(Confidence.MEDIUM);
  }

  @Test
  void aRunThatWasNotReadIsNotTakenForMeasured() {
    var none = new Window(0.01, 0, 0, 0, 0);
    var r = run(none, 0, false);
    var unread =
        new RunFacts(
            r.command(), r.end(), none, r.loaded(), 0, 0, 0, false, 0, r.load(), List.of(), 0, 0);
    var advice = decide(program(Kind.TOOL, ONE_TASK), unread);
    assertThat(advice.answer()).isEqualTo(Answer.BLOCKING);
    assertThat(advice.confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(advice.because()).isEqualTo("the run was too short to be read");
    assertThat(advice.reasons().getFirst().text()).doesNotContain("waits");
  }

  @Test
  void aToolInWhichThingsOverlapIsEither() {
    var quiet = new Window(1, 0.01, 0, 9, 0);
    assertThat(decide(program(Kind.TOOL, MANY_TASKS), run(quiet, 0, false)).answer())
        .isEqualTo(Answer.EITHER);
    assertThat(decide(program(Kind.TOOL, awaits(9, 9, 0, 1, 1)), run(quiet, 0, false)).answer())
        .isEqualTo(Answer.EITHER);
  }

  @Test
  void aServerThatIsNotRunIsAGuess() {
    var advice = decide(program(Kind.SERVER, MANY_TASKS));
    assertThat(advice.answer()).isEqualTo(Answer.ASYNC);
    assertThat(advice.confidence()).isEqualTo(Confidence.LOW);
    assertThat(decide(program(Kind.SERVER, NONE)).answer()).isEqualTo(Answer.THREADS);
    assertThat(decide(program(Kind.TOOL, NONE)).answer()).isEqualTo(Answer.BLOCKING);
  }

  @Test
  void firmwareWithTasksAndRoomIsAsync() {
    var advice = decide(firmware(MANY_TASKS, 256 << 10));
    assertThat(advice.answer()).isEqualTo(Answer.ASYNC);
    assertThat(advice.confidence()).isEqualTo(Confidence.HIGH);
    // 50,000 bytes are 90 % of 55,556.
    assertThat(decide(firmware(MANY_TASKS, 55_600)).answer()).isEqualTo(Answer.ASYNC);
    assertThat(decide(firmware(MANY_TASKS, 55_600)).confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(decide(firmware(MANY_TASKS, 0)).confidence()).isEqualTo(Confidence.LOW);
  }

  @Test
  void firmwareOnATightChipBlocks() {
    var advice = decide(firmware(MANY_TASKS, 55_500));
    assertThat(advice.answer()).isEqualTo(Answer.BLOCKING);
    assertThat(advice.profile()).isEqualTo(Profile.EMBEDDED);
    assertThat(advice.confidence()).isEqualTo(Confidence.MEDIUM);
    // Without async it does not fit either: 50,000 − 200 − 0.71 × 8,000 − 900 are 43,220.
    assertThat(decide(firmware(MANY_TASKS, 43_221)).confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(decide(firmware(MANY_TASKS, 43_219)).confidence()).isEqualTo(Confidence.LOW);
  }

  @Test
  void ramMayBeTightToo() {
    var p = firmware(MANY_TASKS, 256 << 10);
    var small =
        new ProgramFacts(
            p.name(),
            p.target(),
            p.kind(),
            p.executors(),
            false,
            true,
            p.awaits(),
            p.footprint(),
            Optional.of(new Room(256 << 10, 2_200, "memory.x")),
            p.limit());
    assertThat(decide(small).answer()).isEqualTo(Answer.BLOCKING);
    assertThat(decide(small).conclusion()).contains("over 90 % of its RAM");
  }

  @Test
  void firmwareWithoutAnyLeafIsSaidSo() {
    var none = new Awaits(3, 2, 0, 0, Map.of(), 0, List.of());
    assertThat(decide(firmware(none, 256 << 10)).reasons().getFirst().text())
        .isEqualTo("0 of 2 awaits can wait (no future at their end); 2 never.");
  }

  @Test
  void firmwareInWhichNothingOverlapsBlocks() {
    assertThat(decide(firmware(ONE_TASK, 256 << 10)).answer()).isEqualTo(Answer.BLOCKING);
    assertThat(decide(firmware(ONE_TASK, 256 << 10)).confidence()).isEqualTo(Confidence.HIGH);
    var idle = decide(firmware(awaits(20, 0, 0, 1, 3), 256 << 10));
    assertThat(idle.answer()).isEqualTo(Answer.BLOCKING);
    assertThat(idle.conclusion()).contains("No await in it can wait");
    assertThat(decide(firmware(NONE, 256 << 10)).answer()).isEqualTo(Answer.BLOCKING);
  }

  @Test
  void aModuleOverItsLimitIsWithoutAsync() {
    assertThat(decide(wasm(MANY_TASKS, 49_999)).answer()).isEqualTo(Answer.BLOCKING);
    assertThat(decide(wasm(MANY_TASKS, 49_999)).confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(decide(wasm(MANY_TASKS, 43_219)).confidence()).isEqualTo(Confidence.LOW);
    assertThat(decide(wasm(MANY_TASKS, 50_000)).answer()).isEqualTo(Answer.ASYNC);
    assertThat(decide(wasm(MANY_TASKS, 100_000)).confidence()).isEqualTo(Confidence.HIGH);
    assertThat(decide(wasm(MANY_TASKS, 0)).confidence()).isEqualTo(Confidence.MEDIUM);
  }

  @Test
  void aModuleThatDoesOneThingAtATimeIsWithoutAsyncWhereItIsDear() {
    // (200 + 0.54 × 8,000 + 900) / 50,000 = 11 %.
    assertThat(decide(wasm(ONE_TASK, 0)).answer()).isEqualTo(Answer.BLOCKING);
    var cheap = new Footprint(56_000, 0, 9_000, 8_000, 200, 900);
    var w = wasm(ONE_TASK, 0);
    var p =
        new ProgramFacts(
            w.name(),
            w.target(),
            w.kind(),
            w.executors(),
            false,
            true,
            ONE_TASK,
            cheap,
            Optional.empty(),
            OptionalLong.empty());
    assertThat(decide(p).answer()).isEqualTo(Answer.EITHER);
  }

  @Test
  void withoutDebugInfoNothingIsSure() {
    var f = firmware(MANY_TASKS, 256 << 10);
    var bare =
        new ProgramFacts(
            f.name(),
            f.target(),
            f.kind(),
            f.executors(),
            false,
            false,
            awaits(0, 0, 0, 0, 2),
            FOOTPRINT,
            f.room(),
            f.limit());
    var advice = decide(bare);
    assertThat(advice.confidence()).isEqualTo(Confidence.LOW);
    assertThat(advice.because()).contains("debug info");
  }

  @Test
  void everySentenceHasItsFiguresAndEveryFigureItsSource() {
    for (var advice :
        List.of(
            decide(program(Kind.SERVER, MANY_TASKS), run(WAITING, 5_000, true)),
            decide(program(Kind.SERVER, MANY_TASKS), run(WAITING, 20, true)),
            decide(program(Kind.TOOL, MANY_TASKS), run(COMPUTING, 0, false)),
            decide(program(Kind.TOOL, ONE_TASK), run(WAITING, 0, false)),
            decide(program(Kind.SERVER, MANY_TASKS)),
            decide(firmware(MANY_TASKS, 256 << 10)),
            decide(firmware(MANY_TASKS, 40_000)),
            decide(wasm(MANY_TASKS, 40_000)),
            decide(wasm(ONE_TASK, 0)))) {
      assertThat(advice.reasons()).isNotEmpty();
      assertThat(advice.changes()).isNotEmpty();
      for (var reason : advice.reasons()) {
        assertThat(reason.figures()).as(reason.text()).isNotEmpty();
        assertThat(reason.figures()).allMatch(f -> !f.source().isBlank());
      }
    }
  }
}
