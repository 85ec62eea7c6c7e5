package dev.pollard.capture;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The link that rustc ran for a final artifact, ready to be run again.
///
/// @param arguments the linker and its arguments
/// @param environment variables that rustc added or changed for the linker
/// @param removedEnvironment variables that rustc removed for the linker
/// @param workingDirectory where rustc ran it
public record LinkCommand(
    List<String> arguments,
    Map<String, String> environment,
    List<String> removedEnvironment,
    Path workingDirectory) {
  public LinkCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    removedEnvironment = List.copyOf(removedEnvironment);
  }

  /// The same link with another object and another output.
  public LinkCommand with(Path stockObject, Path object, Path stockOutput, Path output) {
    var changed =
        arguments.stream()
            .map(a -> a.equals(stockObject.toString()) ? object.toString() : a)
            .map(a -> a.equals(stockOutput.toString()) ? output.toString() : a)
            .toList();
    return new LinkCommand(changed, environment, removedEnvironment, workingDirectory);
  }
}
