package dev.pollard.advise.run;

import dev.pollard.advise.run.RunFacts.Window;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads one process over and over: its threads some hundred times a second, its memory and sockets
/// some times a second. Neither takes more than a tenth of one processor: with many threads or
/// sockets the readings become fewer.
final class Sampler implements AutoCloseable {
  private static final long PERIOD_NANOS = 4_000_000;

  /// The readings take at most one part in so many of the time.
  private static final int SPARE = 10;

  private static final long SLOW_PERIOD_NANOS = 200_000_000;

  /// Linux counts times for programs in hundredths of a second on every architecture of Rust's.
  private static final double TICKS = 100;

  private static final double BILLION = 1e9;

  private final Path process;
  private final long begun;
  private final Stretches stretches = new Stretches(RunFacts.LONG_STRETCH);
  private final Map<Long, Counts> counts = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final List<Thread> readers;
  private volatile boolean stopped;
  private long rounds;
  private int threads;
  private int connections;
  private boolean listened;
  private long peakMemory;
  private double ticks;
  private long lastAll;

  private record Counts(long cpu, long queued, long voluntary, long involuntary) {}

  /// Begins.
  ///
  /// @param proc where the kernel's folder of processes is
  /// @param begun when the process was started, by `System.nanoTime`
  Sampler(Path proc, long pid, long begun) {
    this.begun = begun;
    process = proc.resolve(Long.toString(pid));
    readers =
        List.of(
            Thread.ofPlatform().daemon().start(() -> repeat(PERIOD_NANOS, this::readThreads)),
            Thread.ofPlatform().daemon().start(() -> repeat(SLOW_PERIOD_NANOS, this::readProcess)));
  }

  /// Does it over and over, every `period` nanoseconds or less often.
  private void repeat(long period, Runnable reading) {
    while (!stopped) {
      long start = System.nanoTime();
      reading.run();
      long took = System.nanoTime() - start;
      try {
        Thread.sleep(Duration.ofNanos(Math.max(period - took, took * (SPARE - 1))));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void readThreads() {
    long now = System.nanoTime();
    boolean all = now - lastAll >= SLOW_PERIOD_NANOS;
    var alive = new HashSet<Long>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        long id = Long.parseLong(task.getFileName().toString());
        if (read(task, id, all)) {
          alive.add(id);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // the process has ended
    }
    if (alive.isEmpty()) {
      return;
    }
    rounds++;
    threads = Math.max(threads, alive.size());
    names.keySet().removeIf(id -> !alive.contains(id) && ended(id));
    if (all) {
      lastAll = now;
    }
  }

  private boolean ended(long id) {
    stretches.end(id);
    return true;
  }

  /// @param all whether a thread that did not run is read whole, too
  private boolean read(Path task, long id, boolean all) {
    try {
      var schedule = ProcText.schedule(ProcText.read(task.resolve("schedstat")));
      if (schedule.isEmpty()) {
        return false;
      }
      long cpu = schedule.get().cpu();
      if (stretches.moved(id, cpu) || all) {
        var fields = ProcText.fields(ProcText.read(task.resolve("status")));
        long voluntary = fields.getOrDefault("voluntary_ctxt_switches", 0L);
        var name = names.get(id);
        // A thread has its name only some time after it began.
        if (name == null || all) {
          name = ProcText.read(task.resolve("comm")).strip();
          names.put(id, name);
        }
        stretches.read(id, name, cpu, voluntary);
        counts.put(
            id,
            new Counts(
                cpu,
                schedule.get().waited(),
                voluntary,
                fields.getOrDefault("nonvoluntary_ctxt_switches", 0L)));
      }
      return true;
    } catch (IOException e) {
      return false; // the thread has ended
    }
  }

  private void readProcess() {
    long memory = status().getOrDefault("VmHWM", 0L);
    var used = ProcText.ticks(text("stat"));
    var sockets = sockets();
    synchronized (this) {
      peakMemory = Math.max(peakMemory, memory);
      used.ifPresent(t -> ticks = t / TICKS);
      listened |= sockets.listens;
      connections = Math.max(connections, sockets.connections);
    }
  }

  private record Open(boolean listens, int connections) {}

  private Open sockets() {
    Set<Long> own = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        link(file).ifPresent(own::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return new Open(false, 0); // the process has ended
    }
    if (own.isEmpty()) {
      return new Open(false, 0);
    }
    var tables = ProcText.sockets(List.of(text("net/tcp"), text("net/tcp6")));
    return new Open(
        tables.listening().stream().anyMatch(own::contains),
        (int) tables.connected().stream().filter(own::contains).count());
  }

  private static OptionalLong link(Path file) {
    try {
      return ProcText.socket(Files.readSymbolicLink(file).toString());
    } catch (IOException e) {
      return OptionalLong.empty(); // closed meanwhile
    }
  }

  private Map<String, Long> status() {
    return ProcText.fields(text("status"));
  }

  private String text(String file) {
    try {
      return ProcText.read(process.resolve(file));
    } catch (IOException e) {
      return ""; // the process has ended
    }
  }

  /// Resident bytes now; 0 when the process has ended.
  long memory() {
    return status().getOrDefault("VmRSS", 0L);
  }

  /// Whether it takes TCP connections by now.
  boolean listens() {
    return sockets().listens;
  }

  /// What it has used up to now.
  Window now() {
    long moment = System.nanoTime();
    readThreads();
    readProcess();
    return window(moment);
  }

  private synchronized Window window(long moment) {
    double cpu = counts.values().stream().mapToLong(Counts::cpu).sum() / BILLION;
    return new Window(
        (moment - begun) / BILLION,
        // Threads that ended have their last bit in the ticks alone.
        Math.max(cpu, ticks),
        counts.values().stream().mapToLong(Counts::queued).sum() / BILLION,
        counts.values().stream().mapToLong(Counts::voluntary).sum(),
        counts.values().stream().mapToLong(Counts::involuntary).sum());
  }

  /// What happened between two moments.
  static Window between(Window from, Window to) {
    return new Window(
        to.seconds() - from.seconds(),
        to.cpu() - from.cpu(),
        to.queued() - from.queued(),
        to.voluntary() - from.voluntary(),
        to.involuntary() - from.involuntary());
  }

  /// All that was seen, once it is closed.
  synchronized RunFacts facts(
      List<String> command,
      String end,
      Window whole,
      Optional<Window> loaded,
      long idleMemory,
      Optional<RunFacts.Load> load) {
    return new RunFacts(
        new ArrayList<>(command),
        end,
        whole,
        loaded,
        threads,
        idleMemory,
        peakMemory,
        listened,
        connections,
        load,
        stretches.longest(),
        stretches.over(),
        rounds);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      for (var reader : readers) {
        reader.interrupt();
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
