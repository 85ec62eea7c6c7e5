package dev.pollard.advise.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Holds many TCP connections to a server at once, each of which says something now and then, as
/// clients do: a text once a second, whose answer is waited for.
final class ConnectionLoad implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5000;
  private static final int ANSWER_MILLIS = 2000;
  private static final int THINK_MILLIS = 1000;

  private final InetSocketAddress address;
  private final Optional<byte[]> text;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicLong answers = new AtomicLong();
  private volatile boolean closed;

  /// @param text what each connection sends; without it they only stay open
  ConnectionLoad(InetSocketAddress address, Optional<String> text) {
    this.address = address;
    this.text = text.map(t -> t.getBytes(StandardCharsets.UTF_8));
  }

  /// Whether the server takes a connection.
  boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Opens so many connections more, and waits until each is there or has failed.
  void open(int count) throws InterruptedException {
    var done = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread.ofVirtual().start(() -> converse(done));
    }
    done.await();
  }

  private void converse(CountDownLatch connected) {
    try (var socket = new Socket()) {
      try {
        socket.connect(address, CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        open.add(socket);
        if (text.isPresent()) {
          say(socket, text.get());
        }
      } finally {
        connected.countDown();
      }
      var buffer = new byte[4096];
      while (!closed) {
        Thread.sleep(ThreadLocalRandom.current().nextInt(THINK_MILLIS / 2, THINK_MILLIS * 3 / 2));
        if (text.isPresent() && !closed) {
          say(socket, text.get());
        } else if (text.isEmpty() && socket.getInputStream().available() > 0) {
          int _ = socket.getInputStream().read(buffer);
        }
      }
    } catch (IOException e) {
      open.removeIf(s -> s.isClosed());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(Socket socket, byte[] words) throws IOException {
    socket.getOutputStream().write(words);
    var buffer = new byte[4096];
    try {
      if (socket.getInputStream().read(buffer) > 0) {
        answers.incrementAndGet();
      }
    } catch (SocketTimeoutException e) {
      return; // a server may have nothing to say
    }
  }

  /// How many are open.
  int opened() {
    return (int) open.stream().filter(s -> !s.isClosed()).count();
  }

  /// How many answers came so far.
  long answered() {
    return answers.get();
  }

  @Override
  public void close() {
    closed = true;
    for (var socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        closed = true; // nothing is left to be done with it
      }
    }
  }
}
