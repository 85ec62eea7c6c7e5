package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.config.Setting;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.config.SettingsLayer.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `docs/settings.md` names all that there is, and nothing else.
final class SettingsPageTest {
  private static final Path PAGE = Path.of("docs/settings.md");
  private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");

  /// Where a program reads a variable: Java's maps, the shell's expansions.
  private static final Pattern READ =
      Pattern.compile(
          "(?:getOrDefault|environment\\.get|getenv)\\(\\s*\"([A-Z][A-Z0-9_]*)\"|\\$\\{([A-Z][A-Z0-9_]*)[:}-]");

  private static final Pattern OWN = Pattern.compile("POLLARD_[A-Z]+(?:_[A-Z]+)*");

  private static List<String> rows(String heading) throws IOException {
    var page = Files.readString(PAGE);
    int start = page.indexOf("\n## " + heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end)
        .lines()
        .filter(l -> l.startsWith("| `"))
        .toList();
  }

  private static String row(Setting setting) throws IOException {
    return rows("Settings of a build").stream()
        .filter(r -> r.startsWith("| `" + setting.key() + "` |"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1).split("\\|", -1)).map(String::strip).toList();
  }

  private static List<String> quoted(String text) {
    return QUOTED.matcher(text).results().map(m -> m.group(1)).toList();
  }

  private static CommandLine command(String name) {
    // Given a command, the root reads that one alone; the page is about all.
    return new CommandLine(
        name.equals("pollard") ? new PollardCommand() : PollardCommand.command(name));
  }

  private static Set<String> options(String command) {
    var names = new TreeSet<String>();
    command(command)
        .getCommandSpec()
        .options()
        .forEach(o -> names.addAll(Arrays.asList(o.names())));
    return names;
  }

  private static String option(Setting setting) {
    return setting == Setting.DISABLE ? "--disable-pass" : "--" + setting.key();
  }

  private static Settings of(Setting setting, String text) throws SettingsException {
    return Settings.of(new SettingsLayer(Map.of(setting, List.of(new Value(text, "page")))));
  }

  @Test
  void everySettingHasItsRow() throws Exception {
    var rows = rows("Settings of a build");
    assertThat(rows.stream().map(r -> quoted(cells(r).getFirst()).getFirst()))
        .containsExactly(Arrays.stream(Setting.values()).map(Setting::key).toArray(String[]::new));
    for (var setting : Setting.values()) {
      var cells = cells(row(setting));
      assertThat(quoted(cells.get(1))).containsExactly(option(setting));
      assertThat(quoted(cells.get(2))).containsExactly(setting.variable());
      if (cells.get(3).startsWith("`")) {
        assertThat(of(setting, quoted(cells.get(3)).getFirst())).isEqualTo(Settings.defaults());
      }
    }
  }

  @Test
  void everyValueOfAChoiceIsThere() throws Exception {
    for (var setting :
        List.of(Setting.EFFORT, Setting.FOR, Setting.RESUMED_PANICS, Setting.PANICS)) {
      var values = quoted(cells(row(setting)).get(4));
      String message = "";
      try {
        var _ = of(setting, "no-such-value");
      } catch (SettingsException e) {
        message = String.valueOf(e.getMessage());
      }
      assertThat(message).contains(" is not one of ");
      assertThat(values)
          .containsExactlyInAnyOrder(message.replaceFirst(".* is not one of ", "").split(", "));
    }
  }

  @Test
  void everyOptionOfEachCommandIsThere() throws Exception {
    var commands = new ArrayList<>(PollardCommand.names());
    commands.add("pollard");
    for (var command : commands) {
      var named = new TreeSet<String>();
      for (var row : rows("Options of the commands")) {
        var cells = cells(row);
        if (cells.get(1).equals("all") || List.of(cells.get(1).split(", ")).contains(command)) {
          named.addAll(quoted(cells.getFirst()));
        }
      }
      if (!Set.of(
              "pollard", "init", "inspect", "diff", "budget", "lint", "mir", "advise", "doctor",
              "opt")
          .contains(command)) {
        // --verbose is read from cargo's words.
        Arrays.stream(Setting.values())
            .filter(s -> s != Setting.VERBOSE)
            .forEach(s -> named.add(option(s)));
      }
      assertThat(named).as(command).isEqualTo(options(command));
    }
  }

  @Test
  void everyCommandOfTheTableExists() throws Exception {
    var known = new TreeSet<>(PollardCommand.names());
    known.addAll(List.of("pollard", "all"));
    for (var row : rows("Options of the commands")) {
      assertThat(known).containsAll(List.of(cells(row).get(1).split(", ")));
    }
  }

  @Test
  void everyVariableThatIsReadIsThere() throws Exception {
    var page = Files.readString(PAGE);
    var own = new TreeSet<String>();
    var read = new TreeSet<String>();
    var all = new StringBuilder();
    for (var file : programs()) {
      var text = Files.readString(file);
      all.append(text);
      OWN.matcher(text).results().forEach(m -> own.add(m.group()));
      READ.matcher(text)
          .results()
          .forEach(m -> read.add(m.group(1) == null ? m.group(2) : m.group(1)));
    }
    for (var setting : Setting.values()) {
      own.add(setting.variable());
    }
    assertThat(own).contains("POLLARD_OFF", "POLLARD_CHAIN", "POLLARD_CACHE_DIR");
    assertThat(new TreeSet<>(OWN.matcher(page).results().map(m -> m.group()).toList()))
        .isEqualTo(own);
    assertThat(read).contains("RUSTC", "JAVA_HOME", "NO_COLOR");
    assertThat(quoted(page)).containsAll(read);
    for (var row : rows("Environment")) {
      for (var name : quoted(cells(row).getFirst())) {
        assertThat(all).as(name).contains(name);
      }
    }
  }

  private static List<Path> programs() throws IOException {
    var files = new ArrayList<>(List.of(Path.of("pollard"), Path.of("pollard-rustc")));
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      sources.filter(f -> f.toString().endsWith(".java")).forEach(files::add);
    }
    return files;
  }
}
