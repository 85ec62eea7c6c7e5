package dev.pollard.report.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A log of one run in SARIF 2.1.0, as code scanning reads it.
public final class SarifLog {
  private final ObjectNode log = Json.MAPPER.createObjectNode();
  private final ArrayNode rules;
  private final ArrayNode results;
  private final List<String> ids = new ArrayList<>();

  /// @param version Pollard's
  public SarifLog(String version) {
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Pollard").put("version", version);
    rules = driver.putArray("rules");
    results = run.putArray("results");
  }

  /// A stretch of a file, lines and columns from 1. A column of 0 is not said.
  public record Region(int line, int column, int lastLine, int lastColumn) {
    /// A line as a whole.
    public static Region ofLine(int line) {
      return new Region(line, 0, 0, 0);
    }
  }

  /// Says what is looked for; a rule that is there already stays as it is.
  ///
  /// @param level `error`, `warning` or `note`
  public void rule(String id, String description, String level) {
    if (!ids.contains(id)) {
      ids.add(id);
      ObjectNode rule = rules.addObject().put("id", id);
      rule.putObject("shortDescription").put("text", description);
      rule.putObject("defaultConfiguration").put("level", level);
    }
  }

  /// Says what was found.
  ///
  /// @param rule the id of one that was said before
  /// @param path of the file, from the repository's root
  /// @param fingerprint by which the same finding is known again in another run
  /// @param kind of fingerprint, such as `pollardBudget/v1`
  public void result(
      String rule,
      String level,
      String text,
      String path,
      Region region,
      String kind,
      String fingerprint) {
    ObjectNode result = results.addObject().put("ruleId", rule);
    result.put("ruleIndex", ids.indexOf(rule)).put("level", level);
    result.putObject("message").put("text", text);
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(path)).put("uriBaseId", "%SRCROOT%");
    ObjectNode node = place.putObject("region").put("startLine", region.line);
    if (region.column > 0) {
      node.put("startColumn", region.column);
      node.put("endLine", region.lastLine).put("endColumn", region.lastColumn);
    }
    result.putObject("partialFingerprints").put(kind, fingerprint);
  }

  /// The log as text.
  public String write() {
    return Json.MAPPER.writeValueAsString(log) + "\n";
  }

  /// A path as a reference in a URI: all but its plain characters by their bytes.
  private static String uri(String path) {
    var out = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
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
