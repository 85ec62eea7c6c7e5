// A client for what mini-redis speaks: a fixed file of requests, sent over several connections, with
// every reply recorded. Run as a source file:
//
//   java RedisClient.java requests SEED COUNT CONNECTIONS FILE
//   java RedisClient.java send PORT FILE REPLIES
//
// A connection sends a request when the one before is answered. Each has keys and a channel of its
// own, and one more connection subscribes to all channels, so that what two servers reply can be
// compared byte for byte, whichever way the connections interleave. Replies that are wrong by
// themselves (a model of the server says so) end the run with exit code 1.

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// How many messages may be on their way: the server drops the oldest beyond 1,024.
static final int UNSEEN = 200;

/// Nobody subscribes to it.
static final String DESERTED = "deserted";

void main(String[] args) throws Exception {
  switch (args.length == 0 ? "" : args[0]) {
    case "requests" ->
        writeRequests(
            Long.parseLong(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Path.of(args[4]));
    case "send" -> send(Integer.parseInt(args[1]), Path.of(args[2]), Path.of(args[3]));
    default -> {
      System.err.println("requests SEED COUNT CONNECTIONS FILE | send PORT FILE REPLIES");
      System.exit(2);
    }
  }
}

// ------------------------------------------------------------------------------- requests

/// A line: the number of the connection, the command and its arguments, parted by tabs.
void writeRequests(long seed, int count, int connections, Path file) throws IOException {
  var random = new Random(seed);
  try (var out = Files.newBufferedWriter(file)) {
    for (int i = 0; i < count; i++) {
      int connection = random.nextInt(connections);
      var key = "k" + connection + ":" + random.nextInt(500);
      int kind = random.nextInt(100);
      String request;
      if (kind < 40) {
        request = "SET\t" + key + "\t" + text(random, random.nextInt(100) == 0 ? 4096 : 100);
      } else if (kind < 80) {
        request = "GET\t" + key;
      } else if (kind < 97) {
        request = "PUBLISH\t" + channel(connection) + "\t" + text(random, 60);
      } else if (kind < 99) {
        request = "PUBLISH\t" + DESERTED + "\t" + text(random, 60);
      } else {
        request = "INCR\t" + key;
      }
      out.write(connection + "\t" + request + "\n");
    }
  }
}

static String channel(int connection) {
  return "channel" + connection;
}

String text(Random random, int most) {
  var text = new StringBuilder();
  for (int left = 1 + random.nextInt(most); left > 0; left--) {
    text.append((char) ('!' + random.nextInt(94)));
  }
  return text.toString();
}

// ---------------------------------------------------------------------------- connections

static final class Wire implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(120_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  void request(List<String> words) throws IOException {
    var text = new StringBuilder("*" + words.size() + "\r\n");
    for (var word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /// The bytes of one reply, as they came.
  String reply() throws IOException {
    var line = line();
    int length = switch (line.charAt(0)) {
      case '$', '*' -> Integer.parseInt(line.substring(1));
      case '+', '-', ':' -> -1;
      default -> throw new IOException("not a reply: " + line);
    };
    var text = new StringBuilder(line).append("\r\n");
    if (line.charAt(0) == '$' && length >= 0) {
      text.append(new String(in.readNBytes(length + 2), StandardCharsets.ISO_8859_1));
    }
    for (int i = 0; line.charAt(0) == '*' && i < length; i++) {
      text.append(reply());
    }
    return text.toString();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection after: " + line);
      }
      line.append((char) c);
    }
    in.readByte();
    if (line.isEmpty()) {
      throw new IOException("an empty line for a reply");
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

static String bulk(String text) {
  return "$" + text.length() + "\r\n" + text + "\r\n";
}

void send(int port, Path file, Path replies) throws Exception {
  var requests = new TreeMap<Integer, List<List<String>>>();
  for (var line : Files.readAllLines(file)) {
    var words = List.of(line.split("\t"));
    requests
        .computeIfAbsent(Integer.valueOf(words.getFirst()), _ -> new ArrayList<>())
        .add(words.subList(1, words.size()));
  }
  int connections = requests.lastKey() + 1;
  var messages = new int[connections];
  requests.forEach(
      (connection, list) ->
          messages[connection] =
              (int) list.stream().filter(r -> toOwnChannel(r, connection)).count());
  int allMessages = Arrays.stream(messages).sum();
  var seen = new AtomicIntegerArray(connections);

  try (var threads = Executors.newVirtualThreadPerTaskExecutor();
      var subscriber = new Wire(port)) {
    Future<List<StringBuilder>> subscription = null;
    if (allMessages > 0) {
      var subscribe = new ArrayList<>(List.of("SUBSCRIBE"));
      requests.keySet().forEach(connection -> subscribe.add(channel(connection)));
      subscriber.request(subscribe);
      for (int i = 1; i < subscribe.size(); i++) {
        subscriber.reply();
      }
      subscription = threads.submit(() -> listen(subscriber, connections, allMessages, seen));
    }
    var running = new ArrayList<Future<StringBuilder>>();
    long start = System.nanoTime();
    requests.forEach(
        (connection, list) ->
            running.add(threads.submit(converse(port, connection, list, seen))));
    try (var out = Files.newBufferedWriter(replies, StandardCharsets.ISO_8859_1)) {
      for (var replied : running) {
        out.append(replied.get());
      }
      if (subscription != null) {
        for (var heard : subscription.get()) {
          out.append(heard);
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int count = requests.values().stream().mapToInt(List::size).sum();
    IO.println("%d requests, %d connections, %d messages, %.1f s".formatted(
        count, connections, allMessages, seconds));
  } catch (ExecutionException e) {
    System.err.println(e.getCause());
    System.exit(1);
  }
}

static boolean toOwnChannel(List<String> request, int connection) {
  return request.get(0).equals("PUBLISH") && request.get(1).equals(channel(connection));
}

/// The messages of each channel, in the order they came.
List<StringBuilder> listen(Wire wire, int connections, int messages, AtomicIntegerArray seen)
    throws IOException {
  var heard = new ArrayList<StringBuilder>();
  for (int i = 0; i < connections; i++) {
    heard.add(new StringBuilder());
  }
  var prefix = "*3\r\n" + bulk("message");
  for (int i = 0; i < messages; i++) {
    var reply = wire.reply();
    if (!reply.startsWith(prefix)) {
      throw new IOException("not a message: " + reply);
    }
    var name = reply.substring(prefix.length()).split("\r\n", 3)[1];
    int connection = Integer.parseInt(name.substring("channel".length()));
    heard.get(connection).append(reply);
    seen.incrementAndGet(connection);
  }
  return heard;
}

Callable<StringBuilder> converse(
    int port, int connection, List<List<String>> requests, AtomicIntegerArray seen) {
  return () -> {
    var replies = new StringBuilder();
    var model = new HashMap<String, String>();
    int published = 0;
    try (var wire = new Wire(port)) {
      for (var request : requests) {
        wire.request(request);
        var reply = wire.reply();
        replies.append(reply);
        var expected = switch (request.get(0)) {
          case "SET" -> {
            model.put(request.get(1), request.get(2));
            yield "+OK\r\n";
          }
          case "GET" -> {
            var value = model.get(request.get(1));
            yield value == null ? "$-1\r\n" : bulk(value);
          }
          case "PUBLISH" -> request.get(1).equals(DESERTED) ? ":0\r\n" : ":1\r\n";
          default -> "-ERR unknown command '%s'\r\n".formatted(request.get(0).toLowerCase(Locale.ROOT));
        };
        if (!reply.equals(expected)) {
          throw new IOException("%s: expected %s, but got %s".formatted(request, expected, reply));
        }
        if (toOwnChannel(request, connection)) {
          published++;
          awaitSeen(seen, connection, published - UNSEEN);
        }
      }
      awaitSeen(seen, connection, published);
    }
    return replies;
  };
}

void awaitSeen(AtomicIntegerArray seen, int connection, int count) throws Exception {
  long deadline = System.nanoTime() + 120_000_000_000L;
  while (seen.get(connection) < count) {
    if (System.nanoTime() > deadline) {
      throw new IOException("messages are missing on " + channel(connection));
    }
    Thread.sleep(1);
  }
}
