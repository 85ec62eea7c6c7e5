package dev.pollard.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileProblemTest {
  @TempDir private Path folder = Path.of("");

  private static String words(ThrowingCallable action) {
    return FileProblem.of(catchThrowableOfType(IOException.class, action));
  }

  @Test
  void theFileAndWhatIsWrongAreSaid() throws IOException {
    var none = folder.resolve("none");
    assertThat(words(() -> Files.readString(none))).isEqualTo(none + ": no such file or folder");
    var file = Files.createFile(folder.resolve("file"));
    assertThat(words(() -> Files.createDirectories(file)))
        .isEqualTo(file + ": is there already, and is no folder");
    assertThat(words(() -> Files.delete(folder))).isEqualTo(folder + ": the folder is not empty");
    assertThat(FileProblem.of(new NotDirectoryException(file.toString())))
        .isEqualTo(file + ": is no folder");
    assertThat(FileProblem.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
  }

  @Test
  void theSystemsOwnWordsStay() {
    assertThat(FileProblem.of(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("/a: No space left on device");
    assertThat(FileProblem.of(new IOException("one\ntwo"))).isEqualTo("one");
    assertThat(FileProblem.of(new IOException())).isEqualTo("IOException");
  }
}
