package dev.pollard.advise;

import dev.pollard.advise.run.RunFacts;
import dev.pollard.advise.run.ThreadCost;
import dev.pollard.report.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Facts and advice as JSON, `pollard.advise/1`.
public final class AdviceJson {
  private AdviceJson() {}

  /// The text, without a line feed at its end.
  public static String render(Facts facts, Advice advice) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", "pollard.advise/1");
    root.put("answer", advice.answer().text());
    root.put("confidence", advice.confidence().text());
    root.put("because", advice.because());
    root.put("profile", advice.profile().name().toLowerCase(Locale.ROOT));
    root.put("conclusion", advice.conclusion());
    var reasons = root.putArray("reasons");
    for (var reason : advice.reasons()) {
      var node = reasons.addObject().put("text", reason.text());
      var figures = node.putArray("figures");
      for (var f : reason.figures()) {
        var figure = figures.addObject().put("name", f.name());
        if (Double.isFinite(f.value())) {
          figure.put("value", f.value());
        } else {
          figure.putNull("value");
        }
        figure.put("unit", f.unit()).put("source", f.source());
      }
    }
    var changes = root.putArray("changes");
    advice.changes().forEach(changes::add);
    var unknown = root.putArray("unknown");
    advice.unknown().forEach(unknown::add);
    program(root.putObject("program"), facts.program());
    root.putObject("host")
        .put("processors", facts.host().processors())
        .put("memory", facts.host().memory())
        .put("threadLimit", facts.host().threadLimit());
    facts
        .thread()
        .ifPresentOrElse(t -> thread(root.putObject("thread"), t), () -> root.putNull("thread"));
    facts.run().ifPresentOrElse(r -> run(root.putObject("run"), r), () -> root.putNull("run"));
    return Json.MAPPER.writeValueAsString(root);
  }

  private static void program(ObjectNode node, ProgramFacts program) {
    node.put("name", program.name()).put("target", program.target());
    node.put("kind", program.kind().name().toLowerCase(Locale.ROOT));
    var executors = node.putArray("executors");
    program.executors().forEach(executors::add);
    var awaits = program.awaits();
    node.put("machines", awaits.machines());
    node.put("awaits", awaits.awaits());
    node.put("waiting", awaits.waiting());
    node.put("unsure", awaits.unsure());
    node.put("concurrent", awaits.concurrent());
    var leaves = node.putObject("leaves");
    Map<Wait, Integer> sorted = new TreeMap<>(awaits.leaves());
    sorted.forEach((wait, n) -> leaves.put(wait.name().toLowerCase(Locale.ROOT), n));
    var tasks = node.putArray("tasks");
    for (var task : awaits.tasks()) {
      var t = tasks.addObject().put("name", task.name());
      if (task.future().isPresent()) {
        t.put("future", task.future().getAsLong());
      } else {
        t.putNull("future");
      }
      t.put("stack", task.stack());
    }
  }

  private static void thread(ObjectNode node, ThreadCost thread) {
    node.put("threads", thread.threads()).put("resident", thread.resident());
    node.put("pageTables", thread.pageTables()).put("kernelStack", thread.kernelStack());
    node.put("startMicros", thread.startMicros());
  }

  private static void run(ObjectNode node, RunFacts run) {
    var command = node.putArray("command");
    run.command().forEach(command::add);
    node.put("end", run.end());
    node.put("seconds", run.whole().seconds()).put("cpu", run.whole().cpu());
    node.put("threads", run.threads()).put("connections", run.connections());
    node.put("idleMemory", run.idleMemory()).put("peakMemory", run.peakMemory());
    node.put("readings", run.readings());
    var stretches = node.putArray("stretches");
    for (var s : run.stretches()) {
      stretches
          .addObject()
          .put("thread", s.thread())
          .put("milliseconds", s.milliseconds())
          .put("over", s.count());
    }
  }
}
