package dev.pollard.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.tune.Recipe;
import dev.pollard.worker.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrialObjectsTest {
  private static final Answer.Done DONE = new Answer.Done(List.of(), List.of());

  @TempDir private Path folder;

  private static Recipe recipe(int threshold) {
    return Recipe.of(
        List.of("inline-threshold(" + threshold + ")"), CodeGeneration.of(CodeGenLevel.LESS));
  }

  private Path object(int threshold) {
    return folder.resolve(threshold + ".o");
  }

  private void offer(TrialObjects objects, int threshold, long flash) throws IOException {
    Path object = Files.writeString(object(threshold), "of " + threshold);
    objects.offer(recipe(threshold), new TrialObjects.Made(object, DONE, flash));
  }

  @Test
  void theSmallestAreKeptAndTheOthersLeaveNoFile() throws IOException {
    var objects = new TrialObjects();
    for (int i = 1; i <= 6; i++) {
      offer(objects, i, i == 2 ? 900 : 100 - i);
    }
    assertThat(object(1)).doesNotExist();
    assertThat(object(2)).doesNotExist();
    Path last = Files.writeString(folder.resolve("last.o"), "of before");
    assertThat(objects.take(recipe(2), last)).isEmpty();
    assertThat(last).hasContent("of before");
    assertThat(objects.take(recipe(3), last)).contains(DONE);
    assertThat(last).hasContent("of 3");
    assertThat(object(3)).doesNotExist();
    assertThat(objects.take(recipe(3), last)).isEmpty();
  }

  @Test
  void aRecipeTriedAgainHasTheNewObject() throws IOException {
    var objects = new TrialObjects();
    offer(objects, 1, 100);
    Path again = Files.writeString(folder.resolve("again.o"), "again");
    objects.offer(recipe(1), new TrialObjects.Made(again, DONE, 100));
    Path last = folder.resolve("last.o");
    assertThat(objects.take(recipe(1), last)).contains(DONE);
    assertThat(last).hasContent("again");
    assertThat(object(1)).doesNotExist();
  }
}
