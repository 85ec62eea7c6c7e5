package dev.pollard.cli;

import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.pass.PassRegistry;
import java.util.Set;

/// Finds a misspelled pass: switching off what does not exist would silently do nothing.
final class KnownPasses {
  /// What can be switched off without being a pass that `pollard opt` runs.
  private static final Set<String> STAGES = Set.of("tune");

  private KnownPasses() {}

  static void check(Settings settings) throws SettingsException {
    for (var name : settings.disabledPasses()) {
      if (!STAGES.contains(name) && PassRegistry.find(name).isEmpty()) {
        throw new SettingsException(
            "disabled pass \""
                + name
                + "\": there is none of that name; pollard opt --list names all");
      }
    }
  }
}
