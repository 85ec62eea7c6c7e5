package dev.pollard.lint;

import java.util.List;

/// Looks at one async item for what one rule is about.
interface Check {
  /// What is found, the change not yet tried.
  ///
  /// @param survey what else is known
  List<Finding> of(AsyncItem item, Survey survey);
}
