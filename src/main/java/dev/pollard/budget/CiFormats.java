package dev.pollard.budget;

import dev.pollard.report.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
            "::error file=%s,line=%d,title=%s::%s\n"
                .formatted(
                    property(path(c.manifest)),
                    c.line,
                    property(verdict.program() + " breaks its budget: " + c.id),
                    data(c.text)));
      }
    }
    return out.toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  /// What is broken, as SARIF 2.1.0.
  ///
  /// @param version Pollard's
  public String sarif(String version) {
    ObjectNode log = Json.MAPPER.createObjectNode();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Pollard").put("version", version);
    ArrayNode rules = driver.putArray("rules");
    var ids = new ArrayList<String>();
    ArrayNode results = run.putArray("results");
    for (Checked c : all()) {
      if (!ids.contains(c.id)) {
        ids.add(c.id);
        ObjectNode rule = rules.addObject().put("id", c.id);
        rule.putObject("shortDescription").put("text", "What a program may take: " + c.id);
        rule.putObject("defaultConfiguration").put("level", "error");
      }
      if (c.broken) {
        ObjectNode result = results.addObject().put("ruleId", c.id);
        result.put("ruleIndex", ids.indexOf(c.id)).put("level", "error");
        result.putObject("message").put("text", c.text);
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place
            .putObject("artifactLocation")
            .put("uri", uri(path(c.manifest)))
            .put("uriBaseId", "%SRCROOT%");
        place.putObject("region").put("startLine", c.line);
        result
            .putObject("partialFingerprints")
            .put("pollardBudget/v1", verdict.program() + " " + c.id);
      }
    }
    return Json.MAPPER.writeValueAsString(log) + "\n";
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

  /// A path as a reference in a URI: all but its plain characters by their bytes.
  private static String uri(String path) {
    var out = new StringBuilder();
    for (byte b : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/-._~".indexOf(c) >= 0;
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
    return out.toString();
  }
}
