package dev.pollard.diff;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of one of the two programs.
///
/// @param name what people call it, such as its file
/// @param target the kind of processor, or a target triple
/// @param measures from a name such as `flash` to bytes, in the order in which they are shown
/// @param tables its rows; those of a kind that shares out the flash add up to it
/// @param notes what could not be told, and why
public record Side(
    String name,
    String target,
    Map<String, Long> measures,
    Map<By, List<Entry>> tables,
    List<String> notes) {
  /// The measure that each side has.
  public static final String FLASH = "flash";

  public Side {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    if (!measures.containsKey(FLASH)) {
      throw new IllegalArgumentException(name + " has no flash");
    }
    var copy = new EnumMap<By, List<Entry>>(By.class);
    tables.forEach((by, rows) -> copy.put(by, List.copyOf(rows)));
    tables = Collections.unmodifiableMap(copy);
    notes = List.copyOf(notes);
  }

  /// Bytes of flash.
  public long flash() {
    return measures.getOrDefault(FLASH, 0L);
  }

  /// The same under another name.
  public Side named(String other) {
    return new Side(other, target, measures, tables, notes);
  }
}
