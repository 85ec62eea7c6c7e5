package dev.pollard.prune;

import dev.pollard.tune.Recipe;
import dev.pollard.worker.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The objects of the best trials, where a trial is made as the artifact is to be: the one of the
/// recipe that is chosen is the final object, which need not be compiled again.
final class TrialObjects {
  /// So many are kept: which one is chosen, links and stacks have a say in.
  private static final int KEPT = 4;

  private final Map<Recipe, Made> objects = new HashMap<>();

  /// A trial's object.
  ///
  /// @param flash what it takes alone, bytes
  record Made(Path object, Answer.Done done, long flash) {}

  /// Takes an object over: it is kept, or deleted.
  synchronized void offer(Recipe recipe, Made made) {
    Optional.ofNullable(objects.put(recipe, made)).ifPresent(TrialObjects::delete);
    while (objects.size() > KEPT) {
      objects.entrySet().stream()
          .max(Comparator.comparingLong(e -> e.getValue().flash()))
          .ifPresent(e -> {
            objects.remove(e.getKey());
            delete(e.getValue());
          });
    }
  }

  /// Moves the object of a recipe, if it was kept.
  ///
  /// @return what its passes did
  /// @throws IOException when it cannot be moved
  synchronized Optional<Answer.Done> take(Recipe recipe, Path to) throws IOException {
    Optional<Made> made = Optional.ofNullable(objects.remove(recipe));
    if (made.isPresent()) {
      Files.move(made.get().object(), to, StandardCopyOption.REPLACE_EXISTING);
    }
    return made.map(Made::done);
  }

  private static void delete(Made made) {
    ScratchFiles.delete(made.object());
  }
}
