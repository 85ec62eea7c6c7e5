package dev.pollard.pass;

import java.util.Set;
import java.util.regex.Pattern;

/// What is known of a pass without running it.
///
/// @param name unique, in kebab case; its page is `docs/passes/<name>.md`
/// @param summary one line, for `pollard opt --list` and the report
/// @param level whether it runs unasked
/// @param effects what the runner and the report act on
public record PassInfo(String name, String summary, Level level, Set<Effect> effects) {
  private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  public PassInfo {
    if (!KEBAB.matcher(name).matches()) {
      throw new IllegalArgumentException("a pass is named in kebab case, not " + name);
    }
    if (summary.isBlank() || summary.contains("\n")) {
      throw new IllegalArgumentException(name + " needs a summary of one line");
    }
    effects = Set.copyOf(effects);
  }

  /// Whether a pass runs unasked.
  public enum Level {
    /// In every prune, unless it is switched off.
    DEFAULT,
    /// Only where bytes decide: at `opt-level` `s` and `z`, or where the goal says so.
    SIZE,
    /// Only on firmware.
    FIRMWARE,
    /// Only when asked for by name.
    OPT_IN
  }

  /// What a pass does beyond its own business.
  public enum Effect {
    /// Leaves globals that nothing uses: the runner removes them.
    LEAVES_DEAD_GLOBALS,
    /// Leaves blocks that nothing reaches: the runner removes them.
    LEAVES_DEAD_BLOCKS,
    /// Debug info no longer describes the states of machines: a report must not trust it.
    CHANGES_STATES,
    /// File and line of a panic message become general.
    CHANGES_LOCATIONS
  }
}
