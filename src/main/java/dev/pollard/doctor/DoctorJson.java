package dev.pollard.doctor;

import dev.pollard.report.json.Json;
import dev.pollard.toolchain.Toolchain;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// A [Checkup] as JSON, `pollard.doctor/1`.
public final class DoctorJson {
  private DoctorJson() {}

  /// The text, without a line feed at its end.
  public static String render(Checkup checkup) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", "pollard.doctor/1");
    root.put("rustc", checkup.rustc());
    checkup.toolchain().ifPresent(t -> toolchain(root.putObject("toolchain"), t));
    var backends = root.putArray("backends");
    checkup.backends().forEach(backends::add);
    var targets = root.putArray("targets");
    checkup.targets().forEach(targets::add);
    root.put("coreSource", checkup.source());
    root.put("prunes", checkup.problem().isEmpty());
    root.put("problem", checkup.problem().orElse(null));
    var gaps = root.putArray("probes");
    for (Gap gap : checkup.gaps()) {
      ObjectNode node = gaps.addObject();
      node.put("id", gap.id());
      node.put("title", gap.title());
      node.put("state", gap.state().name().toLowerCase(Locale.ROOT));
      node.put("detail", gap.detail());
      node.put("since", gap.since());
      node.put("instead", gap.instead());
      var places = node.putArray("places");
      gap.places()
          .forEach(p -> {
            ObjectNode place = places.addObject();
            place.put("file", p.file().toString());
            place.put("line", p.line());
            place.put("text", p.text());
          });
    }
    return Json.MAPPER.writeValueAsString(root);
  }

  private static void toolchain(ObjectNode node, Toolchain toolchain) {
    node.put("release", toolchain.release());
    node.put("commit", toolchain.commitHash());
    node.put("host", toolchain.host());
    node.put("llvm", toolchain.llvmVersion());
    node.put("libLlvm", toolchain.libLlvm().toString());
    node.put("sysroot", toolchain.sysroot().toString());
  }
}
