package dev.pollard.doctor;

import dev.pollard.report.table.Paragraph;
import dev.pollard.report.table.Style;
import dev.pollard.toolchain.Toolchain;
import java.util.List;
import java.util.Optional;

/// A [Checkup] as text for people.
public final class DoctorText {
  private static final int WIDTH = 100;

  private final Checkup checkup;
  private final Style style;
  private final int places;
  private final StringBuilder out = new StringBuilder();

  private DoctorText(Checkup checkup, Style style, int places) {
    this.checkup = checkup;
    this.style = style;
    this.places = places;
  }

  /// Ends with a line feed.
  ///
  /// @param places how many lines of source are named for each gap
  public static String render(Checkup checkup, Style style, int places) {
    var text = new DoctorText(checkup, style, places);
    text.toolchain();
    text.gaps();
    return text.out.toString();
  }

  private void toolchain() {
    out.append(style.bold(checkup.rustc())).append('\n');
    checkup
        .toolchain()
        .ifPresent(t -> {
          row("compiler", t.rustc().toString());
          row("LLVM", t.llvmVersion() + ", " + t.libLlvm());
          row("back ends", String.join(", ", checkup.backends()));
        });
    row("host", checkup.toolchain().map(Toolchain::host).orElse("not known"));
    row("targets", checkup.targets().isEmpty() ? "none" : String.join(", ", checkup.targets()));
    row(
        "core's source",
        checkup.source()
            ? "there: -Zbuild-std can build core for any target of LLVM's (nightly, or RUSTC_BOOTSTRAP=1)"
            : "not there (rustup component add rust-src)");
    row(
        "Pollard",
        checkup
            .problem()
            .map(p -> style.bad("leaves every artifact stock: " + p))
            .orElse(style.good("prunes what this toolchain builds at opt-level s, z, 2 and 3")));
    out.append('\n');
  }

  private void row(String label, String text) {
    out.append("  %-14s%s%n".formatted(label, text));
  }

  private void gaps() {
    out.append(
        style.bold(
            "Async Rust in this toolchain: %d of %d probes work, %d behind a gate, %d missing"
                .formatted(
                    checkup.count(Gap.State.WORKS),
                    checkup.gaps().size(),
                    checkup.count(Gap.State.GATED),
                    checkup.count(Gap.State.MISSING))));
    out.append('\n');
    for (Gap gap : checkup.gaps()) {
      out.append('\n').append("  ").append(mark(gap.state())).append(' ').append(gap.title());
      out.append('\n');
      paragraph(gap.detail());
      paragraph(gap.since());
      if (gap.state() != Gap.State.WORKS) {
        paragraph("instead: " + gap.instead());
      }
      places(gap);
    }
    checkup
        .project()
        .ifPresent(p ->
            out.append(
                "%n%d sources of %s were looked through, by patterns: a line named here is a place to look at.%n"
                    .formatted(checkup.files(), p)));
  }

  private String mark(Gap.State state) {
    return switch (state) {
      case WORKS -> style.good("works  ");
      case GATED -> style.bad("gated  ");
      case MISSING -> style.bad("missing");
    };
  }

  private void places(Gap gap) {
    List<Gap.Place> found = gap.places();
    if (found.isEmpty()) {
      return;
    }
    paragraph(
        "%s at %d place%s:"
            .formatted(
                gap.state() == Gap.State.WORKS
                    ? "the source works around it, or uses it,"
                    : "the source runs into it",
                found.size(),
                found.size() == 1 ? "" : "s"));
    for (Gap.Place place : found.subList(0, Math.min(places, found.size()))) {
      out.append(
          "            %s:%d  %s%n"
              .formatted(place.file(), place.line(), style.faint(cut(place.text()))));
    }
    if (found.size() > places) {
      out.append("            and %d more (-n 0 names all)%n".formatted(found.size() - places));
    }
  }

  private static String cut(String text) {
    return text.length() <= 70 ? text : text.substring(0, 67) + "...";
  }

  private void paragraph(String text) {
    Optional.of(text)
        .filter(t -> !t.isEmpty())
        .ifPresent(t ->
            Paragraph.wrap(t, WIDTH - 10)
                .forEach(l -> out.append("          ").append(l).append('\n')));
  }
}
