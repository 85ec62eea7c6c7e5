package dev.pollard.report.json;

import dev.pollard.config.Effort;
import dev.pollard.report.BuildReport;
import dev.pollard.report.Measurement;
import dev.pollard.report.PassGain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// [BuildReport] as JSON, in the published form `pollard.build/1`.
public final class BuildReportJson {
  private BuildReportJson() {}

  /// The JSON schema that every report keeps to.
  public static String schema() {
    return Json.schema("build-1.schema.json");
  }

  /// The report as text, with a line feed at its end.
  public static String write(BuildReport report) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", BuildReport.SCHEMA);
    root.put("artifact", report.artifact());
    root.put("target", report.target());
    root.put("toolchain", report.toolchain());
    root.put("effort", report.effort().name().toLowerCase(Locale.ROOT));
    root.set("stock", measurement(report.stock()));
    root.set("pruned", measurement(report.pruned()));
    ArrayNode passes = root.putArray("passes");
    for (PassGain pass : report.passes()) {
      ObjectNode node = passes.addObject();
      node.put("name", pass.name()).put("count", pass.count());
      Json.put(node, "flashSaved", pass.flashSaved());
      Json.put(node, "stackSaved", pass.stackSaved());
    }
    root.put("machines", report.machines());
    report
        .fallback()
        .ifPresentOrElse(reason -> root.put("fallback", reason), () -> root.putNull("fallback"));
    ObjectNode seconds = root.putObject("seconds");
    report.seconds().forEach((stage, time) -> seconds.put(stage, time.toMillis() / 1000.0));
    return Json.MAPPER.writeValueAsString(root) + "\n";
  }

  /// Writes the report so that a reader sees the old file or the new one, never a part; makes
  /// folders that are missing.
  public static void write(BuildReport report, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    try {
      Files.writeString(temporary, write(report));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// Reads a report back.
  ///
  /// @throws IOException when the file cannot be read, or is not of this form
  public static BuildReport read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /// Reads what [#write(BuildReport)] wrote.
  ///
  /// @throws IllegalArgumentException when it is not of this form
  public static BuildReport parse(String text) {
    try {
      return read(Json.MAPPER.readTree(text));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not a " + BuildReport.SCHEMA + " report: " + e, e);
    }
  }

  private static BuildReport read(JsonNode root) {
    String schema = required(root, "schema").asString();
    if (!schema.equals(BuildReport.SCHEMA)) {
      throw new IllegalArgumentException("its schema is " + schema);
    }
    var passes = new ArrayList<PassGain>();
    for (JsonNode pass : required(root, "passes")) {
      passes.add(
          new PassGain(
              required(pass, "name").asString(),
              required(pass, "count").asLong(),
              measured(pass, "flashSaved"),
              measured(pass, "stackSaved")));
    }
    var seconds = new LinkedHashMap<String, Duration>();
    for (Map.Entry<String, JsonNode> stage : required(root, "seconds").properties()) {
      seconds.put(
          stage.getKey(), Duration.ofMillis(Math.round(stage.getValue().asDouble() * 1000)));
    }
    JsonNode fallback = required(root, "fallback");
    return new BuildReport(
        required(root, "artifact").asString(),
        required(root, "target").asString(),
        required(root, "toolchain").asString(),
        Effort.valueOf(required(root, "effort").asString().toUpperCase(Locale.ROOT)),
        measurement(required(root, "stock")),
        measurement(required(root, "pruned")),
        passes,
        required(root, "machines").asInt(),
        fallback.isNull() ? Optional.empty() : Optional.of(fallback.asString()),
        seconds);
  }

  private static ObjectNode measurement(Measurement m) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("flash", m.flash());
    node.put("ram", m.ram());
    node.put("text", m.text());
    node.put("rodata", m.rodata());
    node.put("data", m.data());
    node.put("bss", m.bss());
    m.gzip().ifPresent(bytes -> node.put("gzip", bytes));
    m.brotli().ifPresent(bytes -> node.put("brotli", bytes));
    node.put("largestPollFrame", m.largestPollFrame());
    ObjectNode frames = node.putObject("pollFrames");
    m.pollFrames().forEach(frames::put);
    node.put("deepestPollPath", m.deepestPollPath());
    return node;
  }

  private static Measurement measurement(JsonNode node) {
    var frames = new LinkedHashMap<String, Long>();
    for (Map.Entry<String, JsonNode> frame : required(node, "pollFrames").properties()) {
      frames.put(frame.getKey(), frame.getValue().asLong());
    }
    return new Measurement(
        required(node, "flash").asLong(),
        required(node, "ram").asLong(),
        required(node, "text").asLong(),
        required(node, "rodata").asLong(),
        required(node, "data").asLong(),
        required(node, "bss").asLong(),
        optional(node, "gzip"),
        optional(node, "brotli"),
        required(node, "largestPollFrame").asLong(),
        frames,
        required(node, "deepestPollPath").asLong());
  }

  private static OptionalLong measured(JsonNode node, String field) {
    JsonNode value = required(node, field);
    return value.isNull() ? OptionalLong.empty() : OptionalLong.of(value.asLong());
  }

  private static OptionalLong optional(JsonNode node, String field) {
    return node.has(field) ? OptionalLong.of(node.get(field).asLong()) : OptionalLong.empty();
  }

  private static JsonNode required(JsonNode node, String field) {
    if (!node.has(field)) {
      throw new IllegalArgumentException("it has no " + field);
    }
    return node.get(field);
  }
}
