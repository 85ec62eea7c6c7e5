package dev.pollard.advise;

import dev.pollard.advise.run.RunFacts;
import dev.pollard.advise.run.ThreadCost;
import java.util.Optional;
import java.util.OptionalDouble;

/// The rules for programs on an operating system. A run decides: whether the program computes or
/// waits, and how much it has under way at once.
final class HostedRules {
  /// From so many milliseconds of processor time for each wait on a program that serves computes:
  /// less is the work of a request.
  static final double COMPUTES = 10;

  /// The same for one that serves nobody, so that nothing but its own work asks for the processor.
  static final double COMPUTES_ALONE = 1;

  /// From this part of one processor on that it uses, or would use if it were free, a program is
  /// busy.
  static final double BUSY = 0.5;

  /// So many connections are no reason for async.
  static final int FEW = 100;

  /// So many are, if threads for them would not cost too much before.
  static final int CROWD = 1000;

  /// Threads may cost this part of the memory that is free.
  static final double MEMORY = 0.1;

  /// Threads may come to this part of the limit that the system sets.
  static final double LIMIT = 0.5;

  /// From this part of its processor time, and this many seconds, in which it waited for a
  /// processor on the figures are also those of a busy machine.
  private static final double BUSY_MACHINE = 0.25;

  /// A run that is shorter has too few readings, seconds.
  private static final double SHORT = 0.2;

  private final Facts facts;
  private final ProgramFacts program;
  private final Awaits awaits;

  HostedRules(Facts facts) {
    this.facts = facts;
    this.program = facts.program();
    this.awaits = program.awaits();
  }

  Advice decide() {
    if (facts.run().isEmpty()) {
      return unmeasured();
    }
    var run = facts.run().get();
    if (run.window().demand() >= BUSY && run.cpuPerWait() >= computesFrom(run)) {
      return computes(run);
    }
    boolean serves = serves(run);
    int connections = connections(run);
    if (connections >= crowd()) {
      return crowded(run, connections);
    }
    return serves || connections > 1 ? served(run, connections) : simple(run);
  }

  private boolean serves(RunFacts run) {
    return program.kind() == Kind.SERVER || run.listened();
  }

  /// Milliseconds of processor time for each wait from which on it computes.
  private double computesFrom(RunFacts run) {
    return serves(run) || connections(run) > 1 ? COMPUTES : COMPUTES_ALONE;
  }

  private static int connections(RunFacts run) {
    return Math.max(run.connections(), run.load().map(RunFacts.Load::opened).orElse(0));
  }

  /// The number of connections from which on async is the answer.
  private double crowd() {
    double byMemory =
        facts.thread().map(t -> MEMORY * facts.host().memory() / t.bytes()).orElse((double) CROWD);
    return Math.min(CROWD, Math.min(byMemory, LIMIT * facts.host().threadLimit()));
  }

  private Advice computes(RunFacts run) {
    var advice = new Advice.Builder(Profile.CPU_BOUND);
    advice.rests(run.cpuPerWait(), computesFrom(run)).rests(run.window().demand(), BUSY);
    work(advice, run, "It computes");
    stretches(advice, run);
    processors(advice, run);
    if (awaits.machines() > 0) {
      Sentences.code(advice, program.footprint());
    }
    return advice
        .unknown("Whether the work can be split into parts that do not need each other.")
        .change(
            "Less than %s of processor time for each wait (now %s): then it is I/O that decides."
                .formatted(Amount.millis(computesFrom(run)), Amount.millis(run.cpuPerWait())))
        .change(
            "Connections that it has to hold meanwhile: async for these, the work on rayon or"
                + " spawn_blocking.")
        .answer(
            Answer.RAYON,
            awaits.machines() > 0
                ? "It computes, and hardly waits: async gives it nothing; split the work over"
                    + " processors by rayon or threads."
                : "It computes, and hardly waits: stay with rayon or threads.");
  }

  private Advice crowded(RunFacts run, int connections) {
    var advice = new Advice.Builder(Profile.IO_SERVER);
    advice.rests(connections, crowd()).rests(run.cpuPerWait(), COMPUTES);
    concurrency(advice, run, connections);
    work(advice, run, "It waits");
    memory(advice, run, connections);
    context(advice, run);
    stretches(advice, run);
    return advice
        .change(
            "Fewer than %s connections at once (now %s): threads would do as well; from %d down they"
                    .formatted(Amount.count(Math.round(crowd())), Amount.count(connections), FEW)
                + " are simpler.")
        .change(
            "More than %s of processor time for each wait (now %s): then the work decides, not the"
                    .formatted(Amount.millis(COMPUTES), Amount.millis(run.cpuPerWait()))
                + " waiting.")
        .answer(
            Answer.ASYNC,
            awaits.machines() > 0
                ? "It waits for many connections at once: this is what async is for."
                : "It waits for many connections at once, with threads: async would take less.");
  }

  private Advice served(RunFacts run, int connections) {
    var advice = new Advice.Builder(Profile.IO_SERVER);
    concurrency(advice, run, connections);
    work(advice, run, "It waits");
    memory(advice, run, connections);
    context(advice, run);
    stretches(advice, run);
    if (run.loaded().isEmpty()) {
      advice
          .unknown("What it does under load: --connect HOST:PORT, or --load COMMAND, gives it one.")
          .atMost(Confidence.LOW, "it was run without a load");
    }
    advice
        .rests(run.cpuPerWait(), COMPUTES)
        .change(
            "%s connections at once or more (now %s): then async."
                .formatted(Amount.count(Math.round(crowd())), Amount.count(connections)));
    if (connections <= FEW) {
      if (awaits.concurrent() > 0) {
        advice.atMost(
            Confidence.MEDIUM,
            "%s several things at once, for which a thread each, or time-outs, would be needed"
                .formatted(
                    awaits.concurrent() == 1
                        ? "1 await is on"
                        : Amount.count(awaits.concurrent()) + " awaits are on"));
      }
      return advice
          .rests(connections, FEW)
          .answer(
              Answer.THREADS,
              "It serves few connections at once: a thread for each is simpler, and costs little.");
    }
    return advice
        .atMost(Confidence.MEDIUM, "the number of connections is between both thresholds")
        .change("%d connections at once or fewer: then threads.".formatted(FEW))
        .answer(
            Answer.EITHER, "It serves more connections than few, and fewer than many: both do.");
  }

  private Advice simple(RunFacts run) {
    var advice = new Advice.Builder(Profile.SIMPLE);
    work(advice, run, "It hardly computes");
    concurrency(advice, run, connections(run));
    if (awaits.machines() == 0) {
      return advice
          .change("%d connections at once or more: then async.".formatted(CROWD))
          .answer(Answer.BLOCKING, "There is no async in it, and nothing measured asks for any.");
    }
    Sentences.awaits(advice, awaits);
    Sentences.overlap(advice, awaits);
    Sentences.code(advice, program.footprint());
    if (!program.described()) {
      Sentences.undescribed(advice);
    }
    if (awaits.overlaps()) {
      return advice
          .rests(connections(run), FEW)
          .unknown("How many of its tasks are under way at once: from outside, sockets alone tell.")
          .atMost(Confidence.MEDIUM, "how many tasks are under way at once was not measured")
          .change("%s connections at once or more: then async.".formatted(Amount.count(CROWD)))
          .change("One task, and no await on several things: then blocking.")
          .answer(Answer.EITHER, "Some things overlap in it, but few: threads or async both do.");
    }
    return advice
        .rests(1, 2)
        .change("A second task, or an await on several things at once: then threads or async.")
        .answer(
            Answer.BLOCKING,
            "It does one thing after the other: calls that wait are all it needs.");
  }

  private Advice unmeasured() {
    boolean serves = program.kind() == Kind.SERVER;
    var advice = new Advice.Builder(serves ? Profile.IO_SERVER : Profile.SIMPLE);
    advice.unknown(
        "Whether it computes or waits, and how many connections it has: `-- {} ARGUMENTS` runs it.");
    if (!program.described()) {
      Sentences.undescribed(advice);
    }
    if (awaits.machines() == 0) {
      return advice
          .atMost(Confidence.LOW, "it was not run")
          .change("%s connections at once or more: then async.".formatted(Amount.count(CROWD)))
          .answer(
              program.dataParallel() ? Answer.RAYON : serves ? Answer.THREADS : Answer.BLOCKING,
              "There is no async in it, and nothing in its file asks for any.");
    }
    Sentences.awaits(advice, awaits);
    Sentences.overlap(advice, awaits);
    Sentences.code(advice, program.footprint());
    if (!awaits.overlaps() && program.described()) {
      return advice
          .atMost(Confidence.MEDIUM, "it was not run")
          .change("A second task, or an await on several things at once: then threads or async.")
          .answer(
              Answer.BLOCKING,
              "It does one thing after the other: calls that wait are all it needs.");
    }
    advice
        .atMost(Confidence.LOW, "it was not run")
        .change("Fewer than %d connections at once: then threads.".formatted(FEW))
        .change(
            "More than %s of processor time for each wait: then rayon."
                .formatted(Amount.millis(serves ? COMPUTES : COMPUTES_ALONE)));
    return serves && awaits.waiting() > 0
        ? advice.answer(
            Answer.ASYNC, "It takes connections and can wait for them: async, if they are many.")
        : advice.answer(Answer.EITHER, "Things overlap in it; how many was not measured.");
  }

  private static void work(Advice.Builder advice, RunFacts run, String how) {
    var w = run.window();
    if (run.readings() == 0) {
      advice
          .reason(
              "It ended after %s, before it could be read.".formatted(Amount.seconds(w.seconds())),
              Figure.of("wall", w.seconds(), "s", "the run"))
          .unknown("What it did while it ran: give it more to do, to have it measured.")
          .atMost(Confidence.MEDIUM, "the run was too short to be read");
      return;
    }
    advice.reason(
        "%s: %s of processor time in %s (%s of one processor%s), %s for each of %s waits."
            .formatted(
                how,
                Amount.seconds(w.cpu()),
                Amount.seconds(w.seconds()),
                Amount.percent(w.share()),
                w.queued() > BUSY_MACHINE * w.cpu() && w.queued() > BUSY_MACHINE
                    ? ", and %s ready without one: the machine was busy"
                        .formatted(Amount.seconds(w.queued()))
                    : "",
                Amount.millis(run.cpuPerWait()),
                Amount.count(run.waits())),
        Figure.of("cpu", w.cpu(), "s", "/proc/PID/task/*/schedstat and /proc/PID/stat"),
        Figure.of(
            "wall", w.seconds(), "s", run.loaded().isPresent() ? "while under load" : "the run"),
        Figure.of("cpu.share", w.share(), "", "cpu / wall"),
        Figure.of("cpu.queued", w.queued(), "s", "ready without a processor, schedstat"),
        Figure.of("cpu.demand", w.demand(), "", "(cpu + cpu.queued) / wall"),
        Figure.of(
            "waits",
            run.waits(),
            "",
            "voluntary context switches, or answers under the built-in load where these are more"),
        Figure.of("cpu.perWait", run.cpuPerWait(), "ms", "cpu / waits"));
    if (w.seconds() < SHORT) {
      advice.unknown(
          "What happened between the readings: a run of %s had %s."
              .formatted(Amount.seconds(w.seconds()), Amount.count(run.readings(), "reading")));
    }
  }

  private static void concurrency(Advice.Builder advice, RunFacts run, int connections) {
    if (run.readings() == 0) {
      return;
    }
    advice.reason(
        "It had %s at once on %s%s."
            .formatted(
                Amount.count(connections, "TCP connection"),
                Amount.count(run.threads(), "thread"),
                run.load()
                    .map(l -> ", and answered %s times".formatted(Amount.count(l.answers())))
                    .orElse("")),
        Figure.of(
            "connections", connections, "", "the most open at once, /proc/PID/net/tcp and fd"),
        Figure.of("threads", run.threads(), "", "the most at once, /proc/PID/task"));
  }

  private void memory(Advice.Builder advice, RunFacts run, int connections) {
    if (facts.thread().isEmpty()) {
      advice.unknown("What a thread costs on this machine: the probe of it did not build or run.");
      advice.atMost(Confidence.MEDIUM, "what a thread costs here was not measured");
      return;
    }
    ThreadCost thread = facts.thread().get();
    var each = run.load().flatMap(l -> optional(l.memoryPerConnection()));
    String own =
        each.map(e ->
                "A connection takes %s of memory here, a waiting thread %s at least"
                    .formatted(Amount.bytes(e), Amount.bytes(thread.bytes())))
            .orElse("A waiting thread takes %s at least".formatted(Amount.bytes(thread.bytes())));
    double all = (double) thread.bytes() * Math.max(1, connections);
    advice.reason(
        "%s: %s for %s, of %s that are free."
            .formatted(
                own,
                Amount.bytes(all),
                Amount.count(Math.max(1, connections), "thread"),
                Amount.bytes(facts.host().memory())),
        Figure.of(
            "connection.memory",
            each.orElse(Double.NaN),
            "bytes",
            "slope of the resident size over the connections, least squares; without sockets' buffers"),
        Figure.of(
            "thread.memory",
            thread.bytes(),
            "bytes",
            "(resident + page tables + kernel stack) of %d parked threads, each"
                .formatted(thread.threads())),
        Figure.of("threads.memory", all, "bytes", "thread.memory × connections"),
        Figure.of("memory.free", facts.host().memory(), "bytes", "MemAvailable or the cgroup's"),
        Figure.of("peak", run.peakMemory(), "bytes", "VmHWM"));
    if (run.load().isPresent() && each.isEmpty()) {
      advice.unknown("Memory per connection: there were too few connections for a line.");
    }
  }

  private static Optional<Double> optional(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private static void context(Advice.Builder advice, RunFacts run) {
    var w = run.window();
    advice.reason(
        "It switched %s times of itself and %s times because it had to."
            .formatted(Amount.count(w.voluntary()), Amount.count(w.involuntary())),
        Figure.of("switches.voluntary", w.voluntary(), "", "/proc/PID/task/*/status"),
        Figure.of("switches.involuntary", w.involuntary(), "", "/proc/PID/task/*/status"));
  }

  private void stretches(Advice.Builder advice, RunFacts run) {
    double longest = run.longestStretch();
    String thread = run.stretches().isEmpty() ? "none" : run.stretches().getFirst().thread();
    boolean blocks = longest >= RunFacts.LONG_STRETCH;
    advice.reason(
        blocks
            ? "%s computed for %s or more without a sleep, the longest %s (%s)%s."
                .formatted(
                    Amount.count(run.longStretches(), "time") + " a thread",
                    Amount.millis(RunFacts.LONG_STRETCH),
                    Amount.millis(longest),
                    thread,
                    awaits.machines() > 0 ? ": other tasks of that thread waited as long" : "")
            : "No thread was seen to compute for %s without a sleep (%.0f readings a second)."
                .formatted(Amount.millis(RunFacts.LONG_STRETCH), run.rate()),
        Figure.of(
            "stretch.longest",
            longest,
            "ms",
            "between readings with the same count of voluntary switches, %.0f readings a second: a lower"
                    .formatted(run.rate())
                + " bound; a thread asleep in a blocking call looks idle"),
        Figure.of("stretch.over", run.longStretches(), "", "stretches of the limit or more"));
  }

  private void processors(Advice.Builder advice, RunFacts run) {
    advice.reason(
        "It kept %s of %s busy."
            .formatted(
                Amount.ratio(run.window().share()),
                Amount.count(facts.host().processors(), "processor")),
        Figure.of("processors", facts.host().processors(), "", "that this process may use"));
  }
}
