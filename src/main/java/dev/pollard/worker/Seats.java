package dev.pollard.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// How many workers may be at work, so that all that cargo started stays within its `-j`.
///
/// cargo gave this process one seat of its own, by starting it; rustc sits on it until it has
/// ended. Every other worker needs a token: a byte in the jobserver's pipe, which goes back when
/// the work is done, when it fails, and when this process is told to end. Without a jobserver every
/// worker may be at work.
///
/// One exception: while rustc runs, one worker is at work even if no token is there. Trials that
/// start early must not starve, and rustc's own LTO leaves most of its threads idle.
public final class Seats implements AutoCloseable {
  /// How long a worker waits for a token beside rustc, before it sits down without one.
  private static final Duration COURTESY = Duration.ofMillis(100);

  /// How long the end waits for the thread that reads tokens.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Optional<Pipe> pipe;
  private final ArrayDeque<Byte> ready = new ArrayDeque<>();
  private final Set<Seat> taken = new LinkedHashSet<>();
  private final Thread hook = new Thread(this::giveAllBack);
  private final Thread reader;
  private boolean rustcRuns = true;
  private boolean closed;
  private int waiting;

  /// The jobserver's pipe, opened twice: who waits in a read blocks every write to the same
  /// channel.
  private record Pipe(FileChannel in, FileChannel out) {
    static Pipe open(Path path) throws IOException {
      // For both directions, so that neither waits for another process to open the other end.
      var in = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        return new Pipe(
            in, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
      } catch (IOException e) {
        in.close();
        throw e;
      }
    }

    static void close(FileChannel channel) {
      try {
        channel.close();
      } catch (IOException _) {
        // It ends with this process at the latest.
        return;
      }
    }
  }

  private enum Kind {
    FREE,
    OWN,
    TOKEN,
    /// Beside rustc, without a token.
    EXTRA
  }

  /// A worker's permission to be at work, until it is closed.
  public final class Seat implements AutoCloseable {
    private Kind kind;
    private final byte token;

    private Seat(Kind kind, byte token) {
      this.kind = kind;
      this.token = token;
      taken.add(this);
    }

    @Override
    public void close() {
      leave(this);
    }
  }

  private Seats(Optional<Pipe> pipe) {
    this.pipe = pipe;
    reader = Thread.ofPlatform().daemon().name("jobserver").unstarted(this::read);
    if (pipe.isPresent()) {
      Runtime.getRuntime().addShutdownHook(hook);
      reader.start();
    }
  }

  /// Seats by the jobserver with this pipe; as many as there are workers where there is none, or
  /// where it cannot be opened.
  public static Seats of(Optional<Path> jobserver) {
    if (jobserver.isPresent()) {
      try {
        return new Seats(Optional.of(Pipe.open(jobserver.get())));
      } catch (IOException | UnsupportedOperationException _) {
        // As without a jobserver: it belongs to another user, or this platform's has no name.
        return new Seats(Optional.empty());
      }
    }
    return new Seats(Optional.empty());
  }

  /// rustc has ended: its seat is free for a worker.
  public synchronized void rustcEnded() {
    rustcRuns = false;
    taken.stream().filter(s -> s.kind == Kind.EXTRA).findFirst().ifPresent(s -> s.kind = Kind.OWN);
    notifyAll();
  }

  /// Waits for a seat.
  ///
  /// @throws WorkerException when the seats are closed meanwhile
  public synchronized Seat take() throws WorkerException {
    waiting++;
    notifyAll();
    try {
      long start = System.nanoTime();
      while (!closed) {
        if (pipe.isEmpty()) {
          return new Seat(Kind.FREE, (byte) 0);
        }
        if (!rustcRuns && has(Kind.OWN) == 0) {
          return new Seat(Kind.OWN, (byte) 0);
        }
        if (!ready.isEmpty()) {
          return new Seat(Kind.TOKEN, ready.remove());
        }
        boolean alone = rustcRuns && taken.isEmpty();
        if (alone && System.nanoTime() - start >= COURTESY.toNanos()) {
          return new Seat(Kind.EXTRA, (byte) 0);
        }
        wait(alone ? COURTESY.toMillis() : 0);
      }
      throw new WorkerException("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerException("interrupted", e);
    } finally {
      waiting--;
      returnSurplus();
    }
  }

  /// Takes the own seat for the work that everything waits for, also if a worker that ends soon
  /// sits there.
  public synchronized Seat takeOwn() {
    return new Seat(Kind.OWN, (byte) 0);
  }

  private long has(Kind kind) {
    return taken.stream().filter(s -> s.kind == kind).count();
  }

  private synchronized void leave(Seat seat) {
    if (taken.remove(seat) && seat.kind == Kind.TOKEN) {
      giveBack(seat.token);
    }
    notifyAll();
  }

  /// Tokens that nobody waits for any longer.
  private void returnSurplus() {
    while (ready.size() > (closed ? 0 : waiting)) {
      giveBack(ready.remove());
    }
  }

  private void giveBack(byte token) {
    try {
      var bytes = ByteBuffer.wrap(new byte[] {token});
      var _ = pipe.orElseThrow().out().write(bytes);
    } catch (IOException _) {
      // The jobserver is gone, and with it whoever would miss the token.
      return;
    }
  }

  /// Reads a token whenever a worker waits for one.
  private void read() {
    try {
      while (awaitDemand()) {
        var bytes = ByteBuffer.allocate(1);
        if (pipe.orElseThrow().in().read(bytes) < 1) {
          return;
        }
        synchronized (this) {
          ready.add(bytes.get(0));
          returnSurplus();
          notifyAll();
        }
      }
    } catch (IOException _) {
      // Closed: nobody waits any longer.
      return;
    }
  }

  private synchronized boolean awaitDemand() {
    try {
      while (!closed && ready.size() >= waiting) {
        wait();
      }
      return !closed;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private void giveAllBack() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    if (pipe.isPresent()) {
      // The reader first: it would take what is given back here, and end with it.
      Pipe.close(pipe.get().in());
      try {
        reader.join(PATIENCE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    synchronized (this) {
      if (pipe.isPresent()) {
        returnSurplus();
        taken.stream().filter(s -> s.kind == Kind.TOKEN).forEach(s -> giveBack(s.token));
      }
      taken.clear();
    }
  }

  /// Gives back all that is taken; who still waits fails.
  @Override
  public void close() {
    giveAllBack();
    pipe.ifPresent(p -> Pipe.close(p.out()));
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // This process ends already, and the hook is at work.
      return;
    }
  }
}
