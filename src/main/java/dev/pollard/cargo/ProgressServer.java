package dev.pollard.cargo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// Where wrappers report while cargo runs: a Unix domain socket in a folder of its own, because the
/// target folder's path may be longer than the 100 bytes that a socket's name may have.
final class ProgressServer implements AutoCloseable {
  /// The variable that names the socket to the wrapper.
  static final String VARIABLE = "POLLARD_PROGRESS";

  private static final long DRAIN_MILLIS = 2_000;

  private final Path folder;
  private final Path socket;
  private final ServerSocketChannel channel;
  private final Consumer<ProgressMessage> receiver;
  private final Queue<Thread> readers = new ConcurrentLinkedQueue<>();
  private final Thread acceptor;

  private ProgressServer(
      Path folder, Path socket, ServerSocketChannel channel, Consumer<ProgressMessage> receiver) {
    this.folder = folder;
    this.socket = socket;
    this.channel = channel;
    this.receiver = receiver;
    this.acceptor = Thread.ofPlatform().daemon().unstarted(this::accept);
  }

  /// Opens the socket.
  ///
  /// @param receiver gets every message, one at a time
  static ProgressServer open(Consumer<ProgressMessage> receiver) throws IOException {
    var folder = Files.createTempDirectory("pollard");
    var socket = folder.resolve("progress");
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException | IllegalArgumentException e) {
      channel.close();
      Files.deleteIfExists(folder);
      throw e;
    }
    var server = new ProgressServer(folder, socket, channel, receiver);
    server.acceptor.start();
    return server;
  }

  Path socket() {
    return socket;
  }

  private void accept() {
    try {
      while (true) {
        var connection = channel.accept();
        var reader = Thread.ofPlatform().daemon().unstarted(() -> read(connection));
        readers.add(reader);
        reader.start();
      }
    } catch (IOException e) {
      // Closed: cargo has ended.
      return;
    }
  }

  private void read(SocketChannel connection) {
    try (connection;
        var lines = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        var message = ProgressMessage.read(line);
        if (message.isPresent()) {
          synchronized (receiver) {
            receiver.accept(message.get());
          }
        }
      }
    } catch (IOException e) {
      // A wrapper that was killed: cargo says so.
      return;
    }
  }

  /// Waits until everything that was sent has been received, then takes the socket away.
  @Override
  public void close() {
    // Connections are accepted in order: once this one is, so are all before it.
    try (var last = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      last.shutdownOutput();
      last.read(java.nio.ByteBuffer.allocate(1));
    } catch (IOException e) {
      // Somebody took the socket away; what was received is all there is.
    }
    try {
      for (var reader : readers) {
        reader.join(DRAIN_MILLIS);
      }
      channel.close();
      Files.deleteIfExists(socket);
      Files.deleteIfExists(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // A temporary folder that stays behind harms nothing.
      return;
    }
  }
}
