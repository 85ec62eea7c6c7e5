package dev.pollard.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Command lines of rustc without what another call says for itself.
public final class CallWords {
  private CallWords() {}

  /// The words without some options and their values, in either spelling (`--emit link`,
  /// `--emit=link`), and without the folder of incremental compilation.
  ///
  /// @param options with their dashes, each of which takes a value
  public static List<String> without(List<String> words, Set<String> options) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean incremental =
          word.equals("-C") && i + 1 < words.size() && words.get(i + 1).startsWith("incremental");
      if (options.contains(word) || incremental) {
        i++;
      } else if (!word.startsWith("-Cincremental")
          && options.stream().noneMatch(o -> word.startsWith(o + "="))) {
        kept.add(word);
      }
    }
    return kept;
  }
}
