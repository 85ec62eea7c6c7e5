package dev.pollard.cli;

import dev.pollard.cargo.CargoArguments;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Parts a command line into Pollard's own options and what is cargo's.
///
/// picocli alone cannot: an option that it does not know may take the next word, `--` and what
/// follows it must stay, and the order counts.
final class Passthrough {
  /// Stands between the two parts for picocli, and cannot be a word that a shell passes.
  static final String DELIMITER = "\u0000cargo";

  private Passthrough() {}

  /// The own options, [#DELIMITER], cargo's words.
  static List<String> part(CommandSpec own, List<String> words) {
    var ours = new ArrayList<String>();
    var cargo = new ArrayList<String>();
    int i = 0;
    while (i < words.size() && !words.get(i).equals("--")) {
      var word = words.get(i++);
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      var option = own.findOption(equals < 0 ? word : word.substring(0, equals));
      if (option != null && word.startsWith("-")) {
        ours.add(word);
        if (equals < 0 && option.arity().min() > 0 && i < words.size()) {
          ours.add(words.get(i++));
        }
      } else {
        cargo.add(word);
        if (CargoArguments.takesValue(word) && i < words.size() && !words.get(i).startsWith("-")) {
          cargo.add(words.get(i++));
        }
      }
    }
    cargo.addAll(words.subList(i, words.size()));
    ours.add(DELIMITER);
    ours.addAll(cargo);
    return ours;
  }
}
