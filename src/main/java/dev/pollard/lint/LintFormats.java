package dev.pollard.lint;

import dev.pollard.report.GitHubAnnotation;
import dev.pollard.report.json.Json;
import dev.pollard.report.json.SarifLog;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [LintReport] for programs: JSON, SARIF 2.1.0, GitHub's annotations.
public final class LintFormats {
  private LintFormats() {}

  /// JSON of the form `pollard.lint/1`.
  public static String json(LintReport report, Path root) {
    ObjectNode top = Json.MAPPER.createObjectNode();
    top.put("schema", "pollard.lint/1");
    ArrayNode programs = top.putArray("programs");
    report.programs().forEach(programs::add);
    top.put("flash", report.flash());
    top.put("items", report.items());
    top.put("silenced", report.silenced());
    top.put("notCompiling", report.notCompiling());
    top.put("untried", report.untried());
    ArrayNode findings = top.putArray("findings");
    for (Finding finding : report.findings()) {
      ObjectNode node = findings.addObject();
      node.put("rule", finding.rule().id()).put("level", finding.level().text());
      node.put("crate", finding.crate());
      node.put("file", LintText.path(finding.file(), root));
      node.put("line", finding.line()).put("column", finding.column());
      node.put("endLine", finding.lastLine()).put("endColumn", finding.lastColumn());
      node.put("message", finding.message()).put("help", finding.help());
      ArrayNode notes = node.putArray("notes");
      finding.notes().forEach(notes::add);
      Saving saving = finding.saving();
      ObjectNode bytes = node.putObject("saves");
      bytes.put("basis", saving.basis().name().toLowerCase(Locale.ROOT));
      Json.put(bytes, "flash", saving.flash());
      Json.put(bytes, "ram", saving.ram());
      Json.put(bytes, "stack", saving.stack());
      Json.put(bytes, "future", saving.future());
      node.put("fixable", finding.isFixable());
      ArrayNode edits = node.putArray("edits");
      for (Edit edit : finding.change()) {
        edits
            .addObject()
            .put("file", LintText.path(edit.file(), root))
            .put("start", edit.start())
            .put("end", edit.end())
            .put("text", edit.text());
      }
    }
    return Json.MAPPER.writeValueAsString(top) + "\n";
  }

  /// SARIF 2.1.0.
  ///
  /// @param version Pollard's
  public static String sarif(LintReport report, Path root, String version) {
    var log = new SarifLog(version);
    for (Rule rule : Rule.values()) {
      log.rule("lint/" + rule.id(), rule.title(), sarifLevel(rule.level()));
    }
    for (Finding finding : report.findings()) {
      log.result(
          "lint/" + finding.rule().id(),
          sarifLevel(finding.level()),
          text(finding),
          LintText.path(finding.file(), root),
          new SarifLog.Region(
              finding.line(), finding.column(), finding.lastLine(), finding.lastColumn()),
          "pollardLint/v1",
          finding.rule().id() + " " + finding.crate() + " " + finding.message());
    }
    return log.write();
  }

  /// Annotations, a line each.
  public static String annotations(LintReport report, Path root) {
    var out = new StringBuilder();
    for (Finding finding : report.findings()) {
      out.append(
          GitHubAnnotation.of(
              finding.level() == Level.WARN ? "warning" : "notice",
              LintText.path(finding.file(), root),
              finding.line(),
              "pollard lint: " + finding.rule().id(),
              text(finding)));
    }
    return out.toString();
  }

  private static String sarifLevel(Level level) {
    return level == Level.WARN ? "warning" : "note";
  }

  private static String text(Finding finding) {
    String saves = LintText.saving(finding).map(s -> "; saves " + s).orElse("");
    return finding.message() + saves + ". " + finding.help();
  }
}
