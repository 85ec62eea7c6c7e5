package dev.pollard.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sentences that several rules say.
final class Sentences {
  private static final String DEBUG_INFO = "debug info of the built program";

  private Sentences() {}

  /// How many awaits can wait, and for what.
  static void awaits(Advice.Builder advice, Awaits awaits) {
    advice.reason(
        "%s of %s can wait (%s)%s."
            .formatted(
                Amount.count(awaits.waiting()),
                Amount.count(awaits.awaits(), "await"),
                leaves(awaits.leaves()),
                rest(awaits)),
        Figure.of("awaits", awaits.awaits(), "", "suspend points in " + DEBUG_INFO),
        Figure.of(
            "awaits.waiting",
            awaits.waiting(),
            "",
            "those that reach, through async functions, a future whose type is known to wait"),
        Figure.of("awaits.unsure", awaits.unsure(), "", "those that reach only unknown futures"));
  }

  private static String leaves(Map<Wait, Integer> leaves) {
    var parts = new ArrayList<String>();
    new TreeMap<>(leaves)
        .forEach((wait, n) -> {
          if (wait != Wait.NEVER) {
            parts.add(n + " on " + wait.text());
          }
        });
    return parts.isEmpty()
        ? "no future at their end"
        : "at their ends: " + String.join(", ", parts);
  }

  private static String rest(Awaits awaits) {
    var parts = new ArrayList<String>();
    if (awaits.unsure() > 0) {
      parts.add(Amount.count(awaits.unsure()) + " may, in futures written by hand");
    }
    if (awaits.never() > 0) {
      parts.add(Amount.count(awaits.never()) + " never");
    }
    return parts.isEmpty() ? "" : "; " + String.join(", ", parts);
  }

  /// Whether things overlap.
  static void overlap(Advice.Builder advice, Awaits awaits) {
    advice.reason(
        "%s and %s for several things at once: %s."
            .formatted(
                Amount.count(awaits.tasks().size(), "task"),
                Amount.count(awaits.concurrent(), "await"),
                awaits.overlaps()
                    ? "they overlap, which is what async is for"
                    : "nothing ever overlaps, so a call that waits would do"),
        Figure.of(
            "tasks",
            awaits.tasks().size(),
            "",
            "machines that no other machine holds, from " + DEBUG_INFO),
        Figure.of(
            "awaits.concurrent",
            awaits.concurrent(),
            "",
            "suspend points on a select, join or set of futures, from " + DEBUG_INFO));
  }

  /// The code that async takes.
  static void code(Advice.Builder advice, Footprint f) {
    advice.reason(
        "Async takes %s to %s of %s (%s to %s) more than calls that wait would, and its runtime %s."
            .formatted(
                Amount.bytes(f.savedAtLeast()),
                Amount.bytes(f.savedAtMost()),
                Amount.bytes(f.flash()),
                Amount.percent(part(f.savedAtLeast(), f.flash())),
                Amount.percent(part(f.savedAtMost(), f.flash())),
                Amount.bytes(f.runtime())),
        Figure.of("flash", f.flash(), "bytes", "the built program's code and data"),
        Figure.of(
            "async.poll",
            f.poll(),
            "bytes",
            "poll functions with what is inlined there, from " + DEBUG_INFO),
        Figure.of("async.own", f.own(), "bytes", "own code of poll functions, from " + DEBUG_INFO),
        Figure.of("async.drop", f.drop(), "bytes", "drop glue of machines, from " + DEBUG_INFO),
        Figure.of(
            "async.least",
            f.savedAtLeast(),
            "bytes",
            "estimate: drop + %.2f × own".formatted(Footprint.LEAST)),
        Figure.of(
            "async.most",
            f.savedAtMost(),
            "bytes",
            "estimate: drop + %.2f × own".formatted(Footprint.MOST)),
        Figure.of(
            "async.runtime",
            f.runtime(),
            "bytes",
            "code of crates that are there for async, outside of poll functions"));
  }

  /// That awaits are not known.
  static void undescribed(Advice.Builder advice) {
    advice
        .unknown(
            "The debug info describes no futures: awaits, tasks and what they wait for are not known.")
        .atMost(Confidence.LOW, "the debug info describes no futures");
  }

  /// A part of a whole; 0 of nothing.
  static double part(long of, long whole) {
    return whole > 0 ? (double) of / whole : 0;
  }

  /// The names of executors in a sentence; empty when there is none.
  static String on(List<String> executors) {
    return executors.isEmpty() ? "" : " on " + executors.getFirst().replace('_', '-');
  }
}
