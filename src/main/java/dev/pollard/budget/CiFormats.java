package dev.pollard.budget;

import dev.pollard.report.GitHubAnnotation;
import dev.pollard.report.json.SarifLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A [Verdict] in the forms that CI systems read: workflow commands of GitHub, SARIF 2.1.0, JUnit.
public final class CiFormats {
  private final Verdict verdict;
  private final Path manifest;
  private final Path root;

  /// One thing that is checked.
  ///
  /// @param id such as `budget/flash`
  /// @param broken whether it failed
  private record Checked(String id, String text, boolean broken, Path manifest, int line) {}

  /// @param manifest where the budget stands, for what is no limit of its own
  /// @param root the folder from which paths in the answers count: the repository's
  public CiFormats(Verdict verdict, Path manifest, Path root) {
    this.verdict = verdict;
    this.manifest = manifest;
    this.root = root;
  }

  private List<Checked> all() {
    var all = new ArrayList<Checked>();
    for (Gauge g : verdict.gauges()) {
      all.add(
          new Checked(
              "memory/" + g.region().name(),
              "region %s takes %s"
                  .formatted(g.region().name(), BudgetText.figures(g.used(), g.region().length())),
              g.isBroken(),
              manifest,
              1));
    }
    for (Finding f : verdict.findings()) {
      all.add(new Checked("budget/" + f.key(), f.text(), f.isBroken(), f.manifest(), f.line()));
    }
    verdict.problems().forEach(p -> all.add(new Checked("budget/check", p, true, manifest, 1)));
    return all;
  }

  /// An annotation for each broken limit, a line each.
  public String annotations() {
    var out = new StringBuilder();
    for (Checked c : all()) {
      if (c.broken) {
        out.append(
            GitHubAnnotation.of(
                "error",
                path(c.manifest),
                c.line,
                verdict.program() + " breaks its budget: " + c.id,
                c.text));
      }
    }
    return out.toString();
  }

  /// What is broken, as SARIF 2.1.0.
  ///
  /// @param version Pollard's
  public String sarif(String version) {
    var log = new SarifLog(version);
    for (Checked c : all()) {
      log.rule(c.id, "What a program may take: " + c.id, "error");
      if (c.broken) {
        log.result(
            c.id,
            "error",
            c.text,
            path(c.manifest),
            SarifLog.Region.ofLine(c.line),
            "pollardBudget/v1",
            verdict.program() + " " + c.id);
      }
    }
    return log.write();
  }

  /// Everything that was checked, as JUnit's XML: a test case each.
  public String junit() {
    List<Checked> all = all();
    long broken = all.stream().filter(Checked::broken).count();
    var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append(
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\">\n"
            .formatted(xml("pollard budget " + verdict.program()), all.size(), broken));
    for (Checked c : all) {
      out.append(
          "  <testcase classname=\"%s\" name=\"%s\""
              .formatted(xml("pollard.budget." + verdict.program()), xml(c.id)));
      out.append(
          c.broken
              ? ">\n    <failure message=\"%s\"/>\n  </testcase>\n".formatted(xml(c.text))
              : "/>\n");
    }
    return out.append("</testsuite>\n").toString();
  }

  /// Text for an attribute; what XML has no place for becomes a blank.
  private static String xml(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            default -> {
              boolean bad = c < 0x20 || (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff;
              out.appendCodePoint(bad ? ' ' : c);
            }
          }
        });
    return out.toString();
  }

  private String path(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    Path from = root.toAbsolutePath().normalize();
    return (whole.startsWith(from) ? from.relativize(whole) : whole).toString().replace('\\', '/');
  }
}
