package dev.pollard.cli;

import dev.pollard.cargo.ConfigEdit;
import dev.pollard.cargo.WorkspaceWrapper;
import dev.pollard.cargo.WrapperScript;
import dev.pollard.config.PackageMetadata;
import dev.pollard.config.SettingsException;
import dev.pollard.files.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pollard init`: sets the wrapper and the profile in a project's `.cargo/config.toml`, so that
/// plain cargo gives pruned artifacts.
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    header = "Let plain cargo give pruned artifacts in this project.",
    description = {
      "Writes the wrapper and the profile into .cargo/config.toml at the workspace's root, each line",
      "marked, and a script .cargo/pollard-rustc that calls Pollard where it is installed and rustc",
      "where it is not. Commit both: a teammate without Pollard builds as before."
    })
public final class InitCommand implements Callable<Integer> {
  private static final String VARIABLE = "RUSTC_WORKSPACE_WRAPPER";

  @Spec private CommandSpec spec;

  @Option(names = "--undo", description = "take back what init wrote")
  private boolean undo;

  @Option(names = "--manifest-path", paramLabel = "FILE", description = "the project's Cargo.toml")
  private Optional<Path> manifest = Optional.empty();

  @Override
  public Integer call() {
    var asked = manifest.map(Path::toAbsolutePath);
    var project =
        asked.isPresent()
            ? asked.filter(Files::isRegularFile).map(Path::getParent)
            : PackageMetadata.enclosing(Path.of(""));
    if (project.isEmpty()) {
      return fail(
          asked
              .map(f -> f + " does not exist")
              .orElse("no Cargo.toml here or above: run init in a project's folder"));
    }
    try {
      var root = PackageMetadata.root(project.get()).normalize();
      var folder = root.resolve(".cargo");
      var old = folder.resolve("config");
      if (Files.exists(old)) {
        return fail(old + " has cargo's old name: rename it to config.toml");
      }
      if (undo) {
        return takeBack(folder);
      }
      PackageMetadata.requireManifests(project.get());
      return write(root, folder);
    } catch (SettingsException e) {
      return fail(String.valueOf(e.getMessage()));
    }
  }

  private int write(Path root, Path folder) {
    var config = folder.resolve("config.toml");
    var script = folder.resolve(WrapperScript.NAME);
    boolean hadFolder = Files.exists(folder);
    try {
      var text = read(config);
      var present = read(script);
      if (text.filter(ConfigEdit::isDone).isPresent() && present.isPresent()) {
        say(config + " has Pollard's lines already; nothing was changed");
        return ExitCode.DONE;
      }
      if (present.isPresent() && !WrapperScript.isOne(present.get())) {
        return fail(script + " is there already and is not Pollard's; nothing was changed");
      }
      // The lines without the script: a checkout that lost it.
      var changed =
          text.map(t -> ConfigEdit.isDone(t) ? t : ConfigEdit.add(t))
              .orElseGet(() -> ConfigEdit.create(!hadFolder));
      var chain = ConfigEdit.replacedWrapper(changed);
      var elsewhere = chain.isEmpty() ? inherited(root) : Optional.<WorkspaceWrapper>empty();
      Files.createDirectories(folder);
      WholeFile.replace(script, WrapperScript.text(chain), true);
      say("wrote " + script);
      if (!text.equals(Optional.of(changed))) {
        WholeFile.replace(config, changed, false);
        say("wrote " + config);
      }
      chain.ifPresent(w -> say("the wrapper that was there, " + w + ", is called by Pollard's"));
      say("cargo build --release now gives pruned artifacts; pollard init --undo takes it back");
      if (!isOnPath()) {
        warn(
            "pollard is not on PATH, by which the script finds it: until it is, or POLLARD_HOME names"
                + " its folder, plain cargo gives stock artifacts");
      }
      elsewhere.ifPresent(w ->
          warn(
              "another configuration file names the wrapper %s: set POLLARD_CHAIN to keep it"
                  .formatted(w.program())));
      var named = System.getenv(VARIABLE);
      if (named != null && !named.isEmpty() && !new WorkspaceWrapper(named).isPollard()) {
        warn(VARIABLE + " is set and wins over the file: plain cargo prunes once it is not");
      }
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      return fail(config + ": " + e.getMessage() + "; nothing was changed");
    } catch (IOException e) {
      // A script that no configuration names does nothing; it goes nevertheless.
      tidy(config, script, folder, hadFolder);
      return fail(cannot("write", config, e));
    }
  }

  private int takeBack(Path folder) {
    var config = folder.resolve("config.toml");
    var script = folder.resolve(WrapperScript.NAME);
    try {
      var text = read(config);
      var present = read(script);
      boolean ours = present.filter(WrapperScript::isOne).isPresent();
      boolean done = text.filter(ConfigEdit::isDone).isPresent();
      if (!done && !ours) {
        say(config + " has no lines of Pollard's; nothing was changed");
        return ExitCode.DONE;
      }
      boolean madeFolder = text.filter(ConfigEdit::madeFolder).isPresent();
      if (done) {
        var before = ConfigEdit.remove(text.get());
        if (before.isEmpty()) {
          Files.delete(config);
          say("deleted " + config);
        } else {
          WholeFile.replace(config, before.get(), false);
          say("took Pollard's lines out of " + config);
        }
      }
      if (ours) {
        Files.delete(script);
        say("deleted " + script);
      } else if (present.isPresent()) {
        warn(script + " is not the script that init wrote, and stays");
      }
      if (madeFolder && isEmpty(folder)) {
        Files.delete(folder);
        say("deleted " + folder);
      }
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      return fail(config + ": " + e.getMessage() + " without Pollard's lines; nothing was changed");
    } catch (IOException e) {
      return fail(cannot("change", config, e));
    }
  }

  /// Whether the script will find Pollard in a shell like this one.
  private static boolean isOnPath() {
    if (!System.getenv().getOrDefault("POLLARD_HOME", "").isEmpty()) {
      return true;
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pollard")));
  }

  /// The wrapper of a configuration file above the project's own, which the project's now hides.
  private static Optional<WorkspaceWrapper> inherited(Path root) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove(VARIABLE);
    environment.remove("CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER");
    return WorkspaceWrapper.find(environment, root).filter(w -> !w.isPollard());
  }

  private static void tidy(Path config, Path script, Path folder, boolean hadFolder) {
    try {
      if (read(config).filter(ConfigEdit::isDone).isEmpty()
          && read(script).filter(WrapperScript::isOne).isPresent()) {
        Files.delete(script);
      }
      if (!hadFolder && Files.exists(folder) && isEmpty(folder)) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      // The first error is the one to tell.
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  private static String cannot(String what, Path file, IOException e) {
    return e instanceof CharacterCodingException
        ? file + " is not UTF-8"
        : "cannot " + what + " " + file + ": " + e;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }

  private void warn(String line) {
    spec.commandLine().getErr().println("warning: " + line);
  }

  private int fail(String line) {
    spec.commandLine().getErr().println("error: " + line);
    return ExitCode.FAILED;
  }
}
