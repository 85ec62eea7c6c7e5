package dev.pollard.advise;

import java.util.regex.Pattern;

/// What a future that is no async function waits for, told by the path of its type.
///
/// Debug info says which type is awaited, not what its poll function does. The paths of the usual
/// crates (tokio, embassy, futures, async-io) speak for themselves; what else is written by hand is
/// counted apart.
public enum Wait {
  /// Sockets, files, pins, buses.
  IO,
  TIMER,
  /// Another task: channels, locks, signals, ends of tasks.
  TASK,
  /// Only lets other tasks run.
  YIELD,
  /// Written by hand, of unknown behaviour.
  HAND_WRITTEN,
  /// Is always ready.
  NEVER;

  private static final String POLL_FN = "core::future::poll_fn::PollFn<";

  private static final Pattern READY =
      Pattern.compile("^(core::future::ready|futures_util::future::ready)::Ready\\b");

  private static final Pattern YIELDS =
      Pattern.compile("yield_now|YieldNow|task::coop|RestoreOnPending");

  private static final Pattern TIMES =
      Pattern.compile(
          "(^|::)(time|timer|delay|embassy_time|gloo_timers)(::|$)|Sleep|Interval|Ticker");

  private static final Pattern TASKS =
      Pattern.compile(
          "(^|::)(sync|channel|mpsc|oneshot|broadcast|watch|notify|lock|mutex|semaphore|join|join_set"
              + "|embassy_sync|futures_channel|async_channel|flume)(::|$)|JoinHandle|AtomicWaker");

  private static final Pattern IOS =
      Pattern.compile(
          "(^|::)(io|net|tcp|udp|unix|fs|process|signal|uart\\w*|usart|spi\\w*|i2c|twim|twis|usb|gpio\\w*|exti"
              + "|radio|dma|adc|can|embassy_net|embassy_usb|async_io|mio|hyper|h2)(::|$)");

  /// What a type that holds no machine waits for.
  ///
  /// @param type its path with generic arguments, as debug info has it
  public static Wait of(String type) {
    var inner = type.startsWith(POLL_FN) ? type.substring(POLL_FN.length()) : type;
    if (READY.matcher(inner).find()) {
      return NEVER;
    }
    int generic = inner.indexOf('<');
    var root = generic < 0 ? inner : inner.substring(0, generic);
    var byRoot = byPath(root);
    return byRoot == HAND_WRITTEN ? byPath(inner) : byRoot;
  }

  private static Wait byPath(String path) {
    if (YIELDS.matcher(path).find()) {
      return YIELD;
    }
    if (TASKS.matcher(path).find()) {
      return TASK;
    }
    if (TIMES.matcher(path).find()) {
      return TIMER;
    }
    return IOS.matcher(path).find() ? IO : HAND_WRITTEN;
  }

  /// What it is called in a sentence.
  public String text() {
    return switch (this) {
      case IO -> "I/O";
      case TIMER -> "timers";
      case TASK -> "other tasks";
      case YIELD -> "yields";
      case HAND_WRITTEN -> "futures written by hand";
      case NEVER -> "always ready";
    };
  }
}
