package dev.pollard.report.table;

/// How text for people is marked: with ANSI colours, or not at all.
public enum Style {
  PLAIN,
  COLOR;

  /// A heading.
  public String bold(String text) {
    return mark("1", text);
  }

  /// What matters less.
  public String faint(String text) {
    return mark("2", text);
  }

  /// What became better.
  public String good(String text) {
    return mark("32", text);
  }

  /// What became worse, or did not work.
  public String bad(String text) {
    return mark("33", text);
  }

  private String mark(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
