package dev.pollard.cli;

import dev.pollard.build.PastBuild;
import dev.pollard.inspect.Inspection;
import dev.pollard.report.html.InspectPage;
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
      Optional<Inspection> stock = stock(artifact.getValue(), artifact.getKey());
      Files.writeString(page, InspectPage.write(pruned, stock));
      out.println(
          "wrote " + page + (stock.isPresent() ? "" : " (without stock: it was not pruned)"));
    }
    out.flush();
  }

  /// The stock program, if the file is pruned and its stock one was kept.
  private static Optional<Inspection> stock(Path file, String name) throws IOException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
    Optional<Path> kept = PastBuild.of(folder, name, file).stock();
    return kept.isEmpty() ? Optional.empty() : Optional.of(Inspection.of(kept.get()));
  }

  /// `a/page.html` for an artifact x is `a/page-x.html`.
  static Path named(Path html, String artifact) {
    String name = String.valueOf(html.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return html.resolveSibling(stem + "-" + artifact + (dot > 0 ? name.substring(dot) : ""));
  }
}
