package dev.pollard.cargo;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps this process alive while a child runs, whatever signal comes: the child decides.
///
/// The terminal sends an interrupt to all of its foreground processes, so the child has it already;
/// a termination is meant for this process alone and is handed on: to cargo, which leaves its own
/// children alone, and to the prunes under it, which may have minutes to go. The JVM's own way,
/// `sun.misc.Signal`, is reached by reflection: it is no part of the Java platform, and where it is
/// missing signals end this process at once, as they would without.
final class Signals implements AutoCloseable {
  /// In the command line of a prune, be it the launcher's or Java's.
  private static final String PRUNE = " rustc-wrapper ";

  private record Replaced(Object signal, Object handler) {}

  private final ProcessBuilder builder;
  private final List<Replaced> replaced = new ArrayList<>();
  private volatile Optional<Process> child = Optional.empty();

  private Signals(ProcessBuilder builder) {
    this.builder = builder;
  }

  static Signals forwardTo(ProcessBuilder builder) {
    var signals = new Signals(builder);
    for (var name : List.of("INT", "QUIT")) {
      signals.replace(name, () -> {});
    }
    for (var name : List.of("TERM", "HUP")) {
      signals.replace(name, () -> signals.child.ifPresent(Signals::end));
    }
    return signals;
  }

  private static void end(Process child) {
    // Once it is gone they are nobody's.
    var prunes = child.descendants().filter(Signals::isPrune).toList();
    child.destroy();
    prunes.forEach(ProcessHandle::destroy);
  }

  private static boolean isPrune(ProcessHandle process) {
    return process.info().commandLine().filter(c -> c.contains(PRUNE)).isPresent();
  }

  /// Starts the child. Handled signals have their default effect in it.
  Process start() throws IOException {
    var process = builder.start();
    child = Optional.of(process);
    return process;
  }

  private void replace(String name, Runnable action) {
    try {
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> false;
                  case "toString" -> name;
                  default -> null;
                };
              });
      var signal = signalType.getConstructor(String.class).newInstance(name);
      var before =
          signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
      if (before != null) {
        replaced.add(new Replaced(signal, before));
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The JVM keeps QUIT for itself, and other signals under -Xrs.
      return;
    }
  }

  @Override
  public void close() {
    try {
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var handle = signalType.getMethod("handle", signalType, handlerType);
      for (var r : replaced) {
        var _ = handle.invoke(null, r.signal, r.handler);
      }
    } catch (ReflectiveOperationException e) {
      return;
    }
  }
}
