package dev.pollard.worker;

import dev.pollard.machine.PollFunctions;
import dev.pollard.pass.inlining.CallSites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Workers of one kind, for jobs from several threads at once. A worker that died is replaced when
/// it is needed next.
public final class WorkerPool implements AutoCloseable {
  private final WorkerLimits limits;
  private final List<Slot> idle = new ArrayList<>();
  private final List<Slot> all = new ArrayList<>();
  private Optional<Job.Start> start = Optional.empty();
  private boolean closed;

  /// One place in the pool, and the passes of the module that its worker holds.
  private static final class Slot {
    private WorkerProcess process;
    private boolean started;
    private List<String> held = List.of();

    Slot(WorkerProcess process) {
      this.process = process;
    }

    /// How many of these passes the worker's module has behind it already.
    int head(List<String> passes) {
      int common = 0;
      while (common < Math.min(held.size(), passes.size())
          && held.get(common).equals(passes.get(common))) {
        common++;
      }
      return common == held.size() ? common : 0;
    }
  }

  private WorkerPool(WorkerLimits limits) {
    this.limits = limits;
  }

  /// Starts `count` processes, which load nothing yet.
  ///
  /// @throws WorkerException when one cannot be started
  public static WorkerPool launch(int count, WorkerLimits limits) throws WorkerException {
    var pool = new WorkerPool(limits);
    for (int i = 0; i < count; i++) {
      Slot slot = new Slot(WorkerProcess.launch(limits));
      pool.all.add(slot);
      pool.idle.add(slot);
    }
    return pool;
  }

  /// What every worker of this pool works with; before the first job.
  public synchronized void use(Job.Start settings) {
    start = Optional.of(settings);
  }

  /// Lets every worker load the library already, and returns at once.
  public void warm(Path library) {
    onEach(slot -> {
      var _ = slot.process.run(new Job.Warm(library));
    });
  }

  /// Lets every worker start already with what [#use] said, and returns at once.
  public void startAll() {
    onEach(slot -> {
      var _ = ready(slot);
    });
  }

  /// What is done ahead of the jobs.
  private interface Preparation {
    void prepare(Slot slot) throws WorkerException;
  }

  /// Prepares every worker as soon as it is free, and returns at once.
  private void onEach(Preparation preparation) {
    for (Slot slot : all) {
      Thread.startVirtualThread(() -> {
        try {
          take(slot);
          try {
            preparation.prepare(slot);
          } finally {
            give(slot);
          }
        } catch (WorkerException _) {
          // A worker that died is replaced; one that lives says at its first job what is wrong.
          return;
        }
      });
    }
  }

  /// How many jobs can run at once.
  public int size() {
    return all.size();
  }

  /// Runs a job on a worker that is free; waits for one.
  ///
  /// @throws WorkerException as [WorkerProcess#run] does
  public Answer.Done run(Job.Compile job) throws WorkerException {
    return run(job, () -> {});
  }

  /// The same, for a job that others may run beside.
  ///
  /// @param beside called as soon as a worker is taken, so that what it starts takes another one
  /// @throws WorkerException as [WorkerProcess#run] does
  public Answer.Done run(Job.Compile job, Runnable beside) throws WorkerException {
    Slot slot = take(job.passes());
    try {
      beside.run();
      Answer answer = ready(slot).run(job);
      job.keep().ifPresent(kept -> slot.held = job.passes().subList(0, kept));
      return expected(answer, Answer.Done.class);
    } finally {
      give(slot);
    }
  }

  /// Runs passes on a worker that is free.
  ///
  /// @throws WorkerException as [WorkerProcess#run] does
  public Answer.Done run(Job.Optimize job) throws WorkerException {
    return ask(job, Answer.Done.class);
  }

  /// Runs a job that others wait for.
  ///
  /// @return the program's poll functions
  /// @throws WorkerException as [WorkerProcess#run] does
  public PollFunctions run(Job.Prepare job) throws WorkerException {
    return ask(job, Answer.Polls.class).found();
  }

  /// Lists the calls of a program, on a worker that is free.
  ///
  /// @throws WorkerException as [WorkerProcess#run] does
  public CallSites run(Job.Calls job) throws WorkerException {
    return ask(job, Answer.Sites.class).found();
  }

  private <A extends Answer> A ask(Job job, Class<A> type) throws WorkerException {
    Slot slot = take(List.of());
    try {
      return expected(ready(slot).run(job), type);
    } finally {
      give(slot);
    }
  }

  private static <A extends Answer> A expected(Answer answer, Class<A> type)
      throws WorkerException {
    if (type.isInstance(answer)) {
      return type.cast(answer);
    }
    throw new WorkerException("the worker gave another answer than asked for: " + answer);
  }

  private WorkerProcess ready(Slot slot) throws WorkerException {
    if (!slot.process.isAlive()) {
      slot.process = WorkerProcess.launch(limits);
      slot.started = false;
      slot.held = List.of();
    }
    if (!slot.started) {
      var _ = slot.process.run(start.orElseThrow(() -> new WorkerException("no settings")));
      slot.started = true;
    }
    return slot.process;
  }

  private synchronized void take(Slot slot) throws WorkerException {
    await(() -> idle.contains(slot));
    idle.remove(slot);
  }

  private synchronized void await(BooleanSupplier condition) throws WorkerException {
    try {
      while (!condition.getAsBoolean() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerException("interrupted", e);
    }
    if (closed) {
      throw new WorkerException("stopped");
    }
  }

  private synchronized Slot take(List<String> passes) throws WorkerException {
    await(() -> !idle.isEmpty());
    Slot best = idle.getFirst();
    for (Slot slot : idle) {
      if (slot.head(passes) > best.head(passes)) {
        best = slot;
      }
    }
    idle.remove(best);
    return best;
  }

  private synchronized void give(Slot slot) {
    idle.add(slot);
    notifyAll();
  }

  /// Ends all processes; jobs under way fail.
  @Override
  public synchronized void close() {
    closed = true;
    all.forEach(s -> s.process.close());
    notifyAll();
  }
}
