package dev.pollard.report;

/// A workflow command of GitHub's that puts a message beside a line.
public final class GitHubAnnotation {
  private GitHubAnnotation() {}

  /// One line, with its end.
  ///
  /// @param level `error`, `warning` or `notice`
  /// @param path of the file, from the repository's root
  /// @param line from 1
  public static String of(String level, String path, int line, String title, String text) {
    return "::%s file=%s,line=%d,title=%s::%s\n"
        .formatted(level, property(path), line, property(title), data(text));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
