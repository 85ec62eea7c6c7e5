package dev.pollard.cli;

import dev.pollard.build.KeptStock;
import dev.pollard.build.TargetFolder;
import dev.pollard.inspect.Inspection;
import dev.pollard.report.BuildReport;
import dev.pollard.report.html.InspectPage;
import dev.pollard.report.json.BuildReportJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The pages of `pollard build --html`: one for each artifact, beside stock where it was pruned.
final class BuildPages {
  private BuildPages() {}

  /// Writes them.
  ///
  /// @param artifacts the files by the names of their reports
  /// @param html the page of one artifact; of several each has its name before the ending
  /// @throws IOException when a page cannot be written, or an artifact cannot be read
  static void write(Map<String, Path> artifacts, Path html, PrintWriter out) throws IOException {
    for (var artifact : artifacts.entrySet()) {
      Path page = artifacts.size() == 1 ? html : named(html, artifact.getKey());
      Inspection pruned = Inspection.of(artifact.getValue());
      Optional<Inspection> stock = stock(artifact.getValue(), artifact.getKey(), pruned);
      Files.writeString(page, InspectPage.write(pruned, stock));
      out.println(
          "wrote " + page + (stock.isPresent() ? "" : " (without stock: it was not pruned)"));
    }
    out.flush();
  }

  /// The stock program, if what is kept is of this very build.
  private static Optional<Inspection> stock(Path file, String name, Inspection pruned)
      throws IOException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
    Path report = TargetFolder.report(folder, name);
    Optional<Path> kept = KeptStock.of(folder, name);
    if (kept.isEmpty() || !Files.isRegularFile(report)) {
      return Optional.empty();
    }
    BuildReport sizes = BuildReportJson.read(report);
    Inspection stock = Inspection.of(kept.get());
    return sizes.fallback().isEmpty()
            && sizes.pruned().flash() == pruned.sizes().flash()
            && sizes.stock().flash() == stock.sizes().flash()
        ? Optional.of(stock)
        : Optional.empty();
  }

  /// `a/page.html` for an artifact x is `a/page-x.html`.
  static Path named(Path html, String artifact) {
    String name = String.valueOf(html.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return html.resolveSibling(stem + "-" + artifact + (dot > 0 ? name.substring(dot) : ""));
  }
}
