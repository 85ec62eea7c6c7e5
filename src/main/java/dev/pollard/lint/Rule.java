package dev.pollard.lint;

import java.util.Arrays;
import java.util.Optional;

/// What lint looks for; each has a part of `docs/lint.md`.
public enum Rule {
  NEVER_AWAITS("never-awaits", Level.WARN, "an async function that never awaits"),
  READY_METHOD("ready-method", Level.NOTE, "an async method of a trait that is always ready"),
  PASS_THROUGH("pass-through", Level.WARN, "an async function that only awaits one other"),
  SAME_AWAIT("same-await", Level.WARN, "every arm awaits the same function"),
  LARGE_LOCAL("large-local", Level.NOTE, "a large local is kept across an await"),
  ARGUMENT_TWICE("argument-twice", Level.WARN, "a future has room for an argument twice"),
  LARGE_SPAWN("large-spawn", Level.WARN, "a large future is moved when it is spawned"),
  GUARD_HELD("guard-held", Level.WARN, "a lock's guard is kept across an await"),
  ASYNC_GUARD_HELD("async-guard-held", Level.NOTE, "an async lock is kept across an await"),
  DEEP_CHAIN("deep-chain", Level.NOTE, "many futures that each wait for one other"),
  MANY_INSTANCES("many-instances", Level.NOTE, "a generic async function has many instances"),
  LARGE_SELECT("large-select", Level.NOTE, "large futures wait side by side in one"),
  REDUNDANT_BLOCK("redundant-block", Level.WARN, "an async block around one future"),
  LARGE_FUTURE("large-future", Level.WARN, "a large future is awaited where it stands"),
  BOX_PIN("box-pin", Level.NOTE, "one awaited future makes this one large");

  private final String id;
  private final Level level;
  private final String title;

  Rule(String id, Level level, String title) {
    this.id = id;
    this.level = level;
    this.title = title;
  }

  /// As comments, settings and messages name it.
  public String id() {
    return id;
  }

  public Level level() {
    return level;
  }

  /// What it finds, in a few words.
  public String title() {
    return title;
  }

  /// The rule of that id.
  public static Optional<Rule> of(String id) {
    return Arrays.stream(values()).filter(r -> r.id.equals(id)).findFirst();
  }
}
