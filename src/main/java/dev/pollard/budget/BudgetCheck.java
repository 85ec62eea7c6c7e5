package dev.pollard.budget;

import dev.pollard.config.BudgetSettings;
import dev.pollard.config.BudgetSettings.Kind;
import dev.pollard.config.BudgetSettings.Limit;
import dev.pollard.diff.By;
import dev.pollard.diff.Diff;
import dev.pollard.diff.Entry;
import dev.pollard.diff.FileSide;
import dev.pollard.diff.Side;
import dev.pollard.inspect.Inspection;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.report.BuildReport;
import dev.pollard.report.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Checks one program against its budget.
public final class BudgetCheck {
  private static final String STACK = "deepest poll stack";

  private final Request request;
  private final Inspection inspection;
  private final Side side;
  private final Optional<Measurement> measured;
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /// What is to be checked.
  ///
  /// @param file the program
  /// @param folder of its manifest
  /// @param report what the last build said of the program of that name, if anything
  /// @param baseline the file that growth is counted from
  public record Request(
      Path file,
      Path folder,
      BudgetSettings settings,
      Optional<BuildReport> report,
      Path baseline) {}

  private BudgetCheck(Request request) throws IOException {
    this.request = request;
    inspection = Inspection.of(request.file);
    Side plain = FileSide.of(inspection, request.file);
    long flash = plain.flash();
    // A report tells of this very file, or of another.
    measured =
        request.report.flatMap(r ->
            r.pruned().flash() == flash
                ? Optional.of(r.pruned())
                : r.stock().flash() == flash ? Optional.of(r.stock()) : Optional.empty());
    var measures = new LinkedHashMap<>(plain.measures());
    // A build that kept stock before it measured anything says 0.
    boolean known = request.report.filter(r -> r.fallback().isEmpty()).isPresent();
    measured
        .filter(m -> known || m.deepestPollPath() > 0)
        .ifPresent(m -> measures.put(STACK, m.deepestPollPath()));
    side = new Side(plain.name(), plain.target(), measures, plain.tables(), plain.notes());
  }

  /// What is kept as the baseline.
  public static String baseline(Request request) throws IOException {
    return Baseline.write(program(request.file), new BudgetCheck(request).side);
  }

  /// Checks everything.
  ///
  /// @throws IOException when the file cannot be read
  /// @throws BudgetException when the budget cannot be checked at all
  public static Verdict of(Request request) throws IOException, BudgetException {
    return new BudgetCheck(request).check();
  }

  private Verdict check() throws IOException, BudgetException {
    Optional<Side> before = Baseline.read(request.baseline);
    String layout = "";
    List<Gauge> gauges = List.of();
    if (!side.target().startsWith("wasm")) {
      ElfFile elf = ElfFile.read(request.file);
      Layout found = layout(elf);
      layout = found.source;
      Gauge.All all = Gauge.of(elf, found.regions);
      gauges = all.gauges();
      if (found.isWhole && !all.outside().isEmpty()) {
        problems.add(
            "%s: in no region of %s: is it the right one?"
                .formatted(String.join(", ", all.outside()), found.source));
      }
    }
    var findings = new ArrayList<Finding>();
    for (Limit limit : request.settings.limits()) {
      OptionalLong used = used(limit, side, gauges, true);
      if (used.isEmpty()) {
        continue;
      }
      OptionalLong old =
          before.isPresent() ? used(limit, before.get(), List.of(), false) : OptionalLong.empty();
      findings.add(finding(limit, used.getAsLong(), old));
    }
    Optional<Diff> grown = before.map(b -> Diff.of(b, side));
    boolean flash = findings.stream().anyMatch(f -> f.isBroken() && !isRam(f.key()));
    boolean ram = findings.stream().anyMatch(f -> f.isBroken() && isRam(f.key()));
    for (Gauge gauge : gauges) {
      boolean isRam = gauge.region().name().toUpperCase(Locale.ROOT).contains("RAM");
      flash |= gauge.isBroken() && !isRam;
      ram |= gauge.isBroken() && isRam;
    }
    return new Verdict(
        program(request.file),
        request.file.toString(),
        side.target(),
        layout,
        gauges,
        findings,
        problems,
        grown,
        new Ways(inspection, side, request.report, measured).list(flash, ram),
        notes);
  }

  private static boolean isRam(String key) {
    return key.equals("ram") || key.equals("stack") || key.startsWith("future ");
  }

  /// Regions and where they come from.
  ///
  /// @param isWhole whether every section must lie in one of them
  private record Layout(String source, List<Region> regions, boolean isWhole) {}

  private Layout layout(ElfFile elf) throws BudgetException {
    var settings = request.settings;
    if (settings.memory().isPresent()) {
      Path file = settings.memory().get();
      return new Layout(file.toString(), MemoryLayout.read(file), true);
    }
    if (settings.chip().isPresent()) {
      String name = settings.chip().get().text();
      Chip chip =
          Chip.of(name)
              .orElseThrow(() ->
                  new BudgetException(
                      "%s: no chip \"%s\" is known; there are %s; or name a linker script by memory"
                          .formatted(
                              settings.chip().get().origin(),
                              name,
                              String.join(", ", Chip.like(name)))));
      return new Layout(chip.name() + ", " + chip.source(), chip.regions(), true);
    }
    Path beside = request.folder.resolve("memory.x");
    if (Files.exists(beside)) {
      return new Layout(beside.toString(), MemoryLayout.read(beside), true);
    }
    List<Region> told = Gauge.told(elf);
    return new Layout(told.isEmpty() ? "" : "symbols of the program", told, false);
  }

  /// @param own whether it is the program, and not the baseline
  private OptionalLong used(Limit limit, Side of, List<Gauge> gauges, boolean own) {
    return switch (limit.kind()) {
      case FLASH -> measure(limit, of, own, Side.FLASH, "");
      case RAM -> measure(limit, of, own, "RAM", "");
      case STACK ->
          measure(
              limit,
              of,
              own,
              STACK,
              "the last pollard build tells of no such file: build it again");
      case WASM_RAW ->
          of.target().startsWith("wasm")
              ? measure(limit, of, own, Side.FLASH, "")
              : unknown(limit, own, "it is no wasm module");
      case WASM_GZIP -> measure(limit, of, own, "gzip", "it is no wasm module");
      case WASM_BROTLI ->
          measure(limit, of, own, "brotli", "it is no wasm module, or there is no encoder here");
      case FUTURE -> {
        Optional<Entry> entry = entry(of, By.MACHINE, limit.name());
        if (entry.isPresent() && entry.get().future().isPresent()) {
          yield entry.get().future();
        }
        yield unknown(
            limit,
            own,
            entry.isPresent()
                ? "its size is not known without debug info (debug = 2 in the profile)"
                : "there is no such machine; pollard inspect lists them");
      }
      case CRATE ->
          entry(of, By.CRATE, limit.name())
              .map(e -> OptionalLong.of(e.bytes()))
              .orElse(OptionalLong.of(0));
      case REGION -> {
        if (!own) {
          yield OptionalLong.empty(); // the baseline knows no regions
        }
        Optional<Gauge> gauge =
            gauges.stream().filter(g -> g.region().name().equals(limit.name())).findFirst();
        yield gauge.isPresent()
            ? OptionalLong.of(gauge.get().used())
            : unknown(limit, own, "there is no such region; name a chip, or memory");
      }
    };
  }

  private static Optional<Entry> entry(Side of, By by, String name) {
    return of.tables().getOrDefault(by, List.of()).stream()
        .filter(e -> e.name().equals(name))
        .findFirst();
  }

  private OptionalLong measure(Limit limit, Side of, boolean own, String name, String without) {
    Long value = of.measures().get(name);
    return value == null ? unknown(limit, own, without) : OptionalLong.of(value);
  }

  /// What a limit needs and the program does not tell is a problem: a budget that nobody checks is
  /// no budget. What the baseline does not tell is only not compared.
  private OptionalLong unknown(Limit limit, boolean own, String why) {
    if (own) {
      problems.add(key(limit) + " cannot be checked: " + why);
    }
    return OptionalLong.empty();
  }

  private static String key(Limit limit) {
    String kind = limit.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return limit.name().isEmpty() ? kind : kind + " " + limit.name();
  }

  private Finding finding(Limit limit, long used, OptionalLong old) {
    OptionalLong max = limit.max();
    String why = "max";
    if (old.isPresent() && (limit.growth().isPresent() || limit.percent().isPresent())) {
      long growth =
          limit.growth().isPresent()
              ? limit.growth().getAsLong()
              : (long) Math.floor(old.getAsLong() * limit.percent().orElse(0) / 100);
      long most = old.getAsLong() + growth;
      if (max.isEmpty() || most < max.getAsLong()) {
        max = OptionalLong.of(most);
        why =
            limit.growth().isPresent()
                ? String.format(Locale.ROOT, "max-growth %,d", growth)
                : String.format(Locale.ROOT, "max-growth %s %%", limit.percent().orElse(0));
      }
    } else if (limit.growth().isPresent() || limit.percent().isPresent()) {
      notes.add(
          key(limit)
              + ": "
              + request.baseline
              + (Files.exists(request.baseline) ? " does not have it" : " is not there")
              + ": growth is not checked (pollard budget --save)");
    }
    if (limit.kind() == Kind.REGION && limit.growth().isPresent()) {
      notes.add(key(limit) + ": regions have no growth; limit flash or ram instead");
    }
    return new Finding(key(limit), used, max, old, why, limit.manifest(), limit.line());
  }

  private static String program(Path file) {
    String name = file.getFileName().toString();
    return name.replaceFirst("\\.(wasm|elf)$", "");
  }
}
