package dev.pollard.lint;

import dev.pollard.source.Syntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a rule found at one place.
///
/// @param crate that it is in
/// @param file the source
/// @param start index of the first character that is meant, in `source`
/// @param end index behind the last
/// @param message what is there
/// @param notes more about it
/// @param help what to write instead
/// @param change edits that do it; empty where nobody but a person can
/// @param sure whether the change leaves alone all that the program does
public record Finding(
    Rule rule,
    String crate,
    Path file,
    String source,
    int start,
    int end,
    String message,
    List<String> notes,
    String help,
    Saving saving,
    List<Edit> change,
    boolean sure) {
  public Finding {
    notes = List.copyOf(notes);
    change = List.copyOf(change);
  }

  /// How much it matters: a change that was tried and gains nothing is a note.
  public Level level() {
    return saving.basis() == Saving.Basis.TRIED && !pays() ? Level.NOTE : rule.level();
  }

  /// Whether the change is worth making: something is saved, and nothing is lost for it but what
  /// the rule is about.
  boolean pays() {
    return rule == Rule.BOX_PIN ? saving.future().orElse(0) > 0 : saving.pays();
  }

  /// The line that it begins on, from 1.
  public int line() {
    return Syntax.lineAt(source, start);
  }

  /// The column that it begins at, from 1, in characters.
  public int column() {
    return Syntax.columnAt(source, start);
  }

  /// The line that it ends on, from 1.
  public int lastLine() {
    return Syntax.lineAt(source, Math.max(start, end - 1));
  }

  /// The column behind its last character, from 1.
  public int lastColumn() {
    return end - source.lastIndexOf('\n', Math.max(0, end - 1));
  }

  /// Whether `--fix` makes the change.
  boolean isFixable() {
    return sure && !change.isEmpty() && saving.basis() == Saving.Basis.TRIED && pays();
  }

  Finding with(Saving other, List<Edit> edits) {
    return new Finding(
        rule, crate, file, source, start, end, message, notes, help, other, edits, sure);
  }

  Finding changedBy(List<Edit> edits, boolean isSure) {
    return new Finding(
        rule, crate, file, source, start, end, message, notes, help, saving, edits, isSure);
  }

  Finding noted(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Finding(
        rule, crate, file, source, start, end, message, more, help, saving, change, sure);
  }
}
