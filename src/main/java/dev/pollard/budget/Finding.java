package dev.pollard.budget;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/// One limit, checked.
///
/// @param key what is limited, such as `flash` or `crate core`
/// @param used bytes
/// @param max the most that is allowed, from `max` and `max-growth` together; empty when there was
///   no baseline to count the growth from
/// @param old the baseline's figure, if it has one
/// @param why which rule gives `max`, such as `max` or `max-growth 2 %`
/// @param manifest where the limit stands
/// @param line there, from 1
public record Finding(
    String key,
    long used,
    OptionalLong max,
    OptionalLong old,
    String why,
    Path manifest,
    int line) {
  /// Whether more is used than is allowed.
  public boolean isBroken() {
    return max.isPresent() && used > max.getAsLong();
  }

  /// By how much, 0 when it is kept.
  public long over() {
    return isBroken() ? used - max.getAsLong() : 0;
  }

  /// One line for a message.
  public String text() {
    String head = String.format(Locale.ROOT, "%s takes %,d bytes", key, used);
    if (max.isEmpty()) {
      return head + "; there is no baseline yet to count its growth from (pollard budget --save)";
    }
    String limit =
        isBroken()
            ? String.format(
                Locale.ROOT, ", %,d more than the %,d of its %s", over(), max.getAsLong(), why)
            : String.format(Locale.ROOT, " of the %,d of its %s", max.getAsLong(), why);
    return old.isPresent()
        ? head + limit + String.format(Locale.ROOT, " (the baseline has %,d)", old.getAsLong())
        : head + limit;
  }
}
