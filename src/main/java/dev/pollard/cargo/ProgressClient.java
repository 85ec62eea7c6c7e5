package dev.pollard.cargo;

import dev.pollard.build.BuildListener;
import dev.pollard.diagnostic.Progress;
import dev.pollard.report.BuildReport;
import dev.pollard.report.table.BuildTable;
import dev.pollard.report.table.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The wrapper's end: tells the `pollard` that runs cargo what is done. Under a plain `cargo build`
/// there is none, and one line per artifact goes to stderr, which cargo shows.
public final class ProgressClient implements BuildListener, AutoCloseable {
  private final PrintStream errors;
  private Optional<SocketChannel> channel;

  private ProgressClient(Optional<SocketChannel> channel, PrintStream errors) {
    this.channel = channel;
    this.errors = errors;
  }

  /// Connects to what the environment names.
  public static ProgressClient open(Map<String, String> environment, PrintStream errors) {
    var socket = environment.getOrDefault(ProgressServer.VARIABLE, "");
    if (!socket.isEmpty()) {
      try {
        return new ProgressClient(
            Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(socket))), errors);
      } catch (IOException | UnsupportedOperationException e) {
        // That pollard is gone: say it to cargo instead.
        return new ProgressClient(Optional.empty(), errors);
      }
    }
    return new ProgressClient(Optional.empty(), errors);
  }

  @Override
  public Progress progress(String artifact) {
    return (stage, done, total, saved) ->
        send(new ProgressMessage.Step(artifact, stage, done, total, saved));
  }

  @Override
  public void stock(String artifact, String reason) {
    if (!send(new ProgressMessage.Stock(artifact, reason))) {
      errors.println("pollard " + artifact + ": stock artifact kept: " + reason);
    }
  }

  @Override
  public void warned(String artifact, String problem) {
    if (!send(new ProgressMessage.Warned(artifact, problem))) {
      errors.println("pollard " + artifact + ": " + problem);
    }
  }

  @Override
  public void finished(BuildReport report) {
    if (!send(new ProgressMessage.Finished(report))) {
      errors.println(BuildTable.line(report, Style.PLAIN));
    }
  }

  private synchronized boolean send(ProgressMessage message) {
    if (channel.isEmpty()) {
      return false;
    }
    try {
      var bytes = ByteBuffer.wrap((message.write() + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        var _ = channel.get().write(bytes);
      }
      return true;
    } catch (IOException e) {
      channel = Optional.empty();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      return;
    }
  }
}
