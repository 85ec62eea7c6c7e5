package dev.pollard.cli;

import dev.pollard.config.Nearest;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.pass.PassRegistry;
import dev.pollard.pass.Pipeline;
import java.util.List;
import java.util.stream.Stream;

/// Finds a pass that cannot be switched off: saying so and then doing nothing would be worse.
final class KnownPasses {
  private KnownPasses() {}

  /// The names of all that can be switched off.
  static List<String> names() {
    return Stream.concat(
            PassRegistry.all().stream().map(p -> p.info().name()).filter(n -> !Pipeline.isBase(n)),
            Stream.of(Pipeline.SEARCH))
        .sorted()
        .toList();
  }

  static void check(Settings settings) throws SettingsException {
    for (var name : settings.disabledPasses()) {
      if (names().contains(name)) {
        continue;
      }
      throw new SettingsException(
          "disabled pass \""
              + name
              + "\": "
              + (PassRegistry.find(name).isPresent()
                  ? "it is rustc's own LTO, without which there is no program;"
                      + " POLLARD_OFF=1 builds as rustc alone does"
                  : "there is none of that name"
                      + Nearest.hint(name, names())
                      + "; pollard opt --list names all"));
    }
  }
}
