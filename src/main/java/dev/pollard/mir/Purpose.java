package dev.pollard.mir;

import java.util.Locale;

/// What a line of a poll function's MIR is for.
public enum Purpose {
  /// What the function's author wrote.
  USER("user code"),
  /// Locals, scopes, names for debuggers.
  DECLARATIONS("declarations"),
  /// Finding the state to go on from.
  DISPATCH("dispatch"),
  /// Storing the state.
  STATES("state stores"),
  /// Making futures, pinning and polling them, and handing back `Pending`.
  AWAITS("awaits"),
  /// Panics of a future that is polled after it ended.
  RESUMED("resumed panics"),
  /// Drops, and everything that runs while unwinding.
  DROP("drop and unwinding");

  private final String text;

  Purpose(String text) {
    this.text = text;
  }

  /// For people.
  public String text() {
    return text;
  }

  /// A key for JSON.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a statement is for, in a block that does not run while unwinding.
  ///
  /// @param machine whether the function is a poll function
  static Purpose of(String statement, boolean machine) {
    if (statement.startsWith("drop(") || statement.startsWith("resume;")) {
      return DROP;
    }
    if (!machine) {
      return USER;
    }
    if (statement.contains("async fn` resumed")
        || statement.contains("coroutine resumed")
        || statement.contains("resumed after")) {
      return RESUMED;
    }
    if (statement.startsWith("discriminant(")) {
      return STATES;
    }
    if (isAwait(statement)) {
      return AWAITS;
    }
    return USER;
  }

  private static boolean isAwait(String statement) {
    return statement.contains(" as Future>::poll(")
        || statement.contains(" as IntoFuture>::into_future(")
        || statement.contains("get_context")
        || statement.contains("Pin::<&mut ")
        || statement.contains("Pin { pointer: ")
        || (statement.contains("Pin::<") && statement.contains("new_unchecked"))
        || (statement.contains("Poll::<") && statement.contains("::Pending"))
        || (statement.contains("= Poll::<") && statement.contains("::Ready("))
        || statement.contains(" as Ready).0:")
        || statement.contains("ResumeTy")
        || statement.contains("NonNull<std::task::Context")
        || statement.contains("std::task::Context<")
        || statement.contains("yield(");
  }
}
