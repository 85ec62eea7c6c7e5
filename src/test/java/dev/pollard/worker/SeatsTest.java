package dev.pollard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.capture.JobServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A named pipe stands for cargo's jobserver.
final class SeatsTest {
  @TempDir private Path folder;

  /// A jobserver with so many tokens.
  private record Server(Path fifo, FileChannel channel) implements AutoCloseable {
    void put(int tokens) throws IOException {
      assertThat(channel.write(ByteBuffer.allocate(tokens))).isEqualTo(tokens);
    }

    /// How many tokens nobody has.
    int free() throws IOException {
      try (var in = new FileInputStream(fifo.toFile())) {
        return in.available();
      }
    }

    void awaitFree(int tokens) throws Exception {
      for (int i = 0; i < 200 && free() != tokens; i++) {
        Thread.sleep(50);
      }
      assertThat(free()).isEqualTo(tokens);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private Server server(int tokens) throws Exception {
    var fifo = folder.resolve("tokens");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    // In both directions, as cargo has it: opening one end alone would wait for the other.
    var channel = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
    var server = new Server(fifo, channel);
    server.put(tokens);
    return server;
  }

  private static Seats seats(Server server) {
    return Seats.of(Optional.of(server.fifo()));
  }

  private static CompletableFuture<Seats.Seat> taking(Seats seats) {
    var future = new CompletableFuture<Seats.Seat>();
    Thread.startVirtualThread(() -> {
      try {
        future.complete(seats.take());
      } catch (WorkerException e) {
        future.completeExceptionally(e);
      }
    });
    return future;
  }

  private static Seats.Seat taken(CompletableFuture<Seats.Seat> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  private static void assertWaits(CompletableFuture<Seats.Seat> future) {
    assertThatThrownBy(() -> future.get(400, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void withoutAJobserverNobodyWaits() throws Exception {
    for (var nowhere : new Optional<?>[] {Optional.empty(), Optional.of(folder.resolve("none"))}) {
      try (var seats = Seats.of(nowhere.map(Path.class::cast))) {
        for (int i = 0; i < 5; i++) {
          assertThat(taken(taking(seats))).isNotNull();
        }
      }
    }
  }

  @Test
  void theFirstSitsOnTheOwnSeatAndTheOthersNeedTokens() throws Exception {
    try (var server = server(1);
        var seats = seats(server)) {
      seats.rustcEnded();
      var own = taken(taking(seats));
      assertThat(server.free()).isEqualTo(1);
      var second = taken(taking(seats));
      assertThat(server.free()).isZero();
      var third = taking(seats);
      assertWaits(third);
      own.close();
      taken(third).close();
      second.close();
      server.awaitFree(1);
    }
  }

  @Test
  void aTokenThatIsGivenBackSeatsTheNext() throws Exception {
    try (var server = server(1);
        var seats = seats(server);
        var _ = seats.takeOwn()) {
      seats.rustcEnded();
      var first = taken(taking(seats));
      var second = taking(seats);
      assertWaits(second);
      first.close();
      taken(second).close();
      server.awaitFree(1);
    }
  }

  @Test
  void besideRustcATokenIsTakenIfThereIsOne() throws Exception {
    try (var server = server(1);
        var seats = seats(server)) {
      try (var _ = taken(taking(seats))) {
        assertThat(server.free()).isZero();
        assertWaits(taking(seats));
      }
    }
  }

  @Test
  void besideRustcOneStartsWithoutAToken() throws Exception {
    try (var server = server(0);
        var seats = seats(server)) {
      var first = taken(taking(seats));
      var second = taking(seats);
      assertWaits(second);
      // The first has rustc's seat now.
      seats.rustcEnded();
      assertWaits(second);
      first.close();
      taken(second).close();
      assertThat(server.free()).isZero();
    }
  }

  @Test
  void theLastCompileNeverWaits() throws Exception {
    try (var server = server(0);
        var seats = seats(server)) {
      seats.rustcEnded();
      var trial = taken(taking(seats));
      var last = seats.takeOwn();
      trial.close();
      var beside = taking(seats);
      assertWaits(beside);
      last.close();
      taken(beside).close();
    }
  }

  @Test
  void aTokenThatComesTooLateGoesBack() throws Exception {
    try (var server = server(0);
        var seats = seats(server)) {
      seats.rustcEnded();
      var own = taken(taking(seats));
      var second = taking(seats);
      assertWaits(second);
      own.close();
      try (var _ = taken(second)) {
        server.put(1);
        server.awaitFree(1);
      }
    }
  }

  @Test
  void whoClosesGivesAllBackAndLetsNobodyWait() throws Exception {
    try (var server = server(2)) {
      var seats = seats(server);
      seats.rustcEnded();
      var own = taken(taking(seats));
      var _ = taken(taking(seats));
      var _ = taken(taking(seats));
      var fourth = taking(seats);
      assertWaits(fourth);
      assertThat(server.free()).isZero();
      seats.close();
      assertThatThrownBy(() -> taken(fourth))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(WorkerException.class);
      server.awaitFree(2);
      own.close();
      assertThat(server.free()).isEqualTo(2);
    }
  }

  /// Takes what there is, says so, and waits to be ended.
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      var seats = Seats.of(JobServer.pipe(System.getenv()));
      seats.rustcEnded();
      var _ = seats.take();
      var _ = seats.take();
      System.out.println("seated");
      Thread.sleep(60_000);
    }
  }

  @Test
  void aProcessThatIsToldToEndGivesItsTokensBack() throws Exception {
    try (var server = server(1)) {
      var builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              Holder.class.getName());
      builder.environment().put("CARGO_MAKEFLAGS", "-j --jobserver-auth=fifo:" + server.fifo());
      var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (var said = process.inputReader()) {
        assertThat(said.readLine()).isEqualTo("seated");
        assertThat(server.free()).isZero();
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        server.awaitFree(1);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void thePipeIsFoundByItsName() throws Exception {
    try (var server = server(0)) {
      var flags = "-j --jobserver-auth=fifo:" + server.fifo();
      assertThat(JobServer.pipe(Map.of("MAKEFLAGS", flags))).contains(server.fifo());
      assertThat(JobServer.pipe(Map.of("MAKEFLAGS", "-k"))).isEmpty();
      assertThat(JobServer.pipe(Map.of())).isEmpty();
      assertThat(JobServer.pipe(Map.of("CARGO_MAKEFLAGS", "--jobserver-auth=98765,98766")))
          .isEmpty();
    }
  }
}
