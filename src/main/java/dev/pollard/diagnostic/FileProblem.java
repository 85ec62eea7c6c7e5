package dev.pollard.diagnostic;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/// The words for an error of a file system. Java's own message is often the file's name alone: what
/// is wrong with it stands in the exception's class.
public final class FileProblem {
  private FileProblem() {}

  /// One line: the file, if it is known, and what is wrong.
  public static String of(IOException e) {
    if (!(e instanceof FileSystemException problem) || problem.getReason() != null) {
      var message = e.getMessage();
      return message == null
          ? e.getClass().getSimpleName()
          : message.lines().findFirst().orElse("");
    }
    var file = Objects.requireNonNullElse(problem.getFile(), "a file");
    return switch (problem) {
      case AccessDeniedException _ -> file + ": permission denied";
      case NoSuchFileException _ -> file + ": no such file or folder";
      case FileAlreadyExistsException _ -> file + ": is there already, and is no folder";
      case DirectoryNotEmptyException _ -> file + ": the folder is not empty";
      case NotDirectoryException _ -> file + ": is no folder";
      default -> file + ": " + problem.getClass().getSimpleName();
    };
  }
}
