package dev.pollard.advise;

import dev.pollard.budget.BudgetException;
import dev.pollard.budget.Chip;
import dev.pollard.budget.MemoryLayout;
import dev.pollard.budget.Region;
import dev.pollard.config.BudgetSettings;
import dev.pollard.config.SettingsException;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.ArtifactSizes.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A chip's memory.
///
/// @param flash bytes for code and constants
/// @param ram bytes for all else; 0 when the regions tell of none
/// @param source the chip, or the linker script that says so
public record Room(long flash, long ram, String source) {
  private static final String SCRIPT = "memory.x";

  /// What names a chip or its memory; the first that is there counts.
  ///
  /// @param chip `--chip`
  /// @param script `--memory`
  /// @param manifestFolder the package's, whose `Cargo.toml` or `memory.x` may say
  /// @param scriptFolders where build scripts write
  public record Sources(
      Optional<String> chip, Optional<Path> script, Path manifestFolder, List<Path> scriptFolders) {
    public Sources {
      scriptFolders = List.copyOf(scriptFolders);
    }
  }

  /// Finds a program's; empty when nothing tells.
  ///
  /// @throws BudgetException when the chip is not known, or the script cannot be read; with the way
  ///   out
  /// @throws SettingsException when the manifest's limits are wrong
  static Optional<Room> find(Sources sources, ArtifactSizes sizes)
      throws BudgetException, SettingsException {
    if (sources.chip().isPresent()) {
      return of(chip(sources.chip().get(), "--chip"), sizes, sources.chip().get());
    }
    if (sources.script().isPresent()) {
      return ofScript(sources.script().get(), sizes);
    }
    var settings = BudgetSettings.read(sources.manifestFolder());
    if (settings.chip().isPresent()) {
      var named = settings.chip().get();
      return of(chip(named.text(), named.origin()), sizes, named.text());
    }
    if (settings.memory().isPresent()) {
      return ofScript(settings.memory().get(), sizes);
    }
    var own = sources.manifestFolder().resolve(SCRIPT);
    if (Files.isRegularFile(own)) {
      return ofScript(own, sizes);
    }
    for (Path folder : sources.scriptFolders()) {
      if (Files.isRegularFile(folder.resolve(SCRIPT))) {
        return ofScript(folder.resolve(SCRIPT), sizes);
      }
    }
    return Optional.empty();
  }

  private static List<Region> chip(String name, String origin) throws BudgetException {
    return Chip.of(name)
        .map(Chip::regions)
        .orElseThrow(() ->
            new BudgetException(
                origin
                    + ": "
                    + name
                    + " is no chip that is known: pollard budget --chips lists them; or name a linker"
                    + " script by --memory"));
  }

  private static Optional<Room> ofScript(Path file, ArtifactSizes sizes) throws BudgetException {
    return of(MemoryLayout.read(file), sizes, file.getFileName().toString());
  }

  /// The regions that hold the program's code and its variables, else those that are called so.
  static Optional<Room> of(List<Region> regions, ArtifactSizes sizes, String source) {
    var flash = holding(regions, sizes, Kind.TEXT).or(() -> named(regions, "flash", "rom", "irom"));
    var ram =
        holding(regions, sizes, Kind.BSS)
            .or(() -> holding(regions, sizes, Kind.DATA))
            .or(() -> named(regions, "ram", "sram", "dram"));
    return flash.map(f -> new Room(f.length(), ram.map(Region::length).orElse(0L), source));
  }

  private static Optional<Region> holding(List<Region> regions, ArtifactSizes sizes, Kind kind) {
    return sizes.sections().stream()
        .filter(s -> s.kind() == kind && s.size() > 0)
        .flatMap(s -> regions.stream().filter(r -> r.contains(s.address())))
        .findFirst();
  }

  private static Optional<Region> named(List<Region> regions, String... starts) {
    for (var start : starts) {
      for (var region : regions) {
        if (region.name().toLowerCase(Locale.ROOT).startsWith(start)) {
          return Optional.of(region);
        }
      }
    }
    return Optional.empty();
  }
}
