package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// `pollard init` and its `--undo` on the files of a project.
final class InitCommandTest {
  @TempDir private Path project = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void manifest() throws IOException {
    Files.writeString(project.resolve("Cargo.toml"), "[package]\nname = \"p\"\n");
  }

  private int init(String... more) {
    out.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    List<String> words = new ArrayList<>(List.of("init", "--manifest-path"));
    words.add(project.resolve("Cargo.toml").toString());
    words.addAll(List.of(more));
    return PollardCommand.execute(words, new PrintWriter(out, true), new PrintWriter(errors, true));
  }

  private Path config() {
    return project.resolve(".cargo/config.toml");
  }

  private Path script() {
    return project.resolve(".cargo/pollard-rustc");
  }

  private void configured(String text) throws IOException {
    Files.createDirectories(config().getParent());
    Files.writeString(config(), text);
  }

  private JsonNode settings() throws IOException {
    return new TomlMapper().readTree(Files.readString(config()));
  }

  /// Every file and folder of the project, with its contents.
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (var files = Files.walk(project)) {
      for (var file : files.toList()) {
        var name = project.relativize(file).toString();
        state.put(
            name,
            Files.isDirectory(file)
                ? "folder"
                : Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return state;
  }

  @Test
  void withoutAConfigurationBothFilesAreMadeAndTakenBack() throws IOException {
    var before = state();
    assertThat(init()).isEqualTo(ExitCode.DONE);
    assertThat(settings().at("/build/rustc-workspace-wrapper").asString())
        .isEqualTo(".cargo/pollard-rustc");
    assertThat(settings().at("/profile/release/lto").asString()).isEqualTo("fat");
    assertThat(settings().at("/profile/release/codegen-units").asInt()).isEqualTo(1);
    assertThat(Files.isExecutable(script())).isTrue();
    // Whether Pollard is on PATH is the affair of who runs this test; src/test/e2e/init.sh sets it.
    assertThat(errors.toString().lines().filter(l -> !l.contains("is not on PATH"))).isEmpty();
    assertThat(init("--undo")).isEqualTo(ExitCode.DONE);
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# a comment alone",
        "# top\n[build] # ours\n  jobs = 2 # two\n\n# end\n",
        "[build]\nrustc-wrapper = \"sccache\" # faster\n",
        "[build]\nrustc-wrapper = \"sccache\"\nrustc-workspace-wrapper = \"clippy-driver\"\n",
        "[profile.release]\nlto = \"thin\" # quick\ncodegen-units = 16\nopt-level = \"z\"\n",
        "[profile]\ndev.opt-level = 3\n",
        "[target.'cfg(all())']\nrunner = { path = \"run\", args = [\"-q\"] }\n[env]\nA = { value = \"b\", force = true }\n",
        "[build]\r\nrustflags = [\r\n  \"-C\", # a comment ] in a list\r\n  \"link-arg=-Tlink.x\",\r\n]\r\n",
        "[alias]\nb = \"build\"\n\n[[patch.unused]]\nname = \"x\"\n",
      })
  void everythingElseStaysAndUndoGivesItBackToTheByte(String text) throws IOException {
    configured(text);
    var before = state();
    var tree = new TomlMapper().readTree(text);
    assertThat(init()).as(errors::toString).isEqualTo(ExitCode.DONE);
    assertThat(settings().at("/profile/release/lto").asString()).isEqualTo("fat");
    for (var pointer :
        List.of(
            "/build/jobs",
            "/build/rustc-wrapper",
            "/build/rustflags",
            "/profile/release/opt-level",
            "/target",
            "/env",
            "/alias",
            "/patch",
            "/profile/dev")) {
      assertThat(settings().at(pointer)).as(pointer).isEqualTo(tree.at(pointer));
    }
    var after = state();
    assertThat(init()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("already");
    assertThat(state()).isEqualTo(after);
    assertThat(init("--undo")).isEqualTo(ExitCode.DONE);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aWrapperForAllCratesStaysAndOneForTheWorkspaceIsCalledByTheScript() throws IOException {
    configured(
        "[build]\nrustc-wrapper = \"sccache\"\nrustc-workspace-wrapper = \"my wrapper's\"\n");
    assertThat(init()).isEqualTo(ExitCode.DONE);
    assertThat(settings().at("/build/rustc-wrapper").asString()).isEqualTo("sccache");
    assertThat(Files.readString(script())).contains("chain='my wrapper'\\''s'");
    assertThat(out.toString()).contains("my wrapper's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build = { jobs = 2 }\n",
        "profile = { release = { lto = \"thin\" } }\n",
        "build.rustc-wrapper = \"sccache\"\n",
        "[profile]\nrelease = { lto = true }\n",
        "[profile]\nrelease.lto = true\n",
        "[build]\nrustc-workspace-wrapper = \"\"\"\na\"\"\"\n",
        "[build\n",
        "build = 1\n",
      })
  void whatCannotBeEditedLineByLineIsRefusedAndNothingIsWritten(String text) throws IOException {
    configured(text);
    var before = state();
    assertThat(init()).isEqualTo(ExitCode.FAILED);
    assertThat(errors.toString())
        .startsWith("error: " + config())
        .contains("nothing was changed")
        .hasLineCount(1);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Files.createDirectories(config().getParent());
    Files.write(config(), new byte[] {'#', (byte) 0xff, (byte) 0xfe, '\n'});
    var before = state();
    assertThat(init()).isEqualTo(ExitCode.FAILED);
    assertThat(errors.toString()).contains(config() + " is not UTF-8").hasLineCount(1);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void undoKeepsWhatOthersWroteMeanwhile() throws IOException {
    assertThat(init()).isEqualTo(ExitCode.DONE);
    Files.writeString(config(), Files.readString(config()) + "\n[env]\nA = \"b\"\n");
    Files.writeString(script(), "#!/bin/sh\n# another's\n");
    assertThat(init("--undo")).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(config())).isEqualToNormalizingNewlines("\n[env]\nA = \"b\"\n");
    assertThat(script()).exists();
    assertThat(errors.toString()).contains("is not the script that init wrote");
  }

  @Test
  void undoWithoutInitSaysSo() throws IOException {
    configured("[build]\njobs = 2\n");
    var before = state();
    assertThat(init("--undo")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("no lines of Pollard's");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aLostScriptIsMadeAgainAndCallsTheSameWrapper() throws IOException {
    configured("[build]\nrustc-workspace-wrapper = \"other\"\n");
    assertThat(init()).isEqualTo(ExitCode.DONE);
    var text = Files.readString(config());
    var first = Files.readString(script());
    Files.delete(script());
    assertThat(init()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(config())).isEqualTo(text);
    assertThat(Files.readString(script())).isEqualTo(first);
  }

  @Test
  void aScriptOfAnothersAndAFileOfTheOldNameAreRefused() throws IOException {
    Files.createDirectories(config().getParent());
    Files.writeString(script(), "#!/bin/sh\n");
    assertThat(init()).isEqualTo(ExitCode.FAILED);
    assertThat(errors.toString()).contains("is not Pollard's");
    assertThat(config()).doesNotExist();
    Files.delete(script());
    Files.writeString(project.resolve(".cargo/config"), "");
    assertThat(init()).isEqualTo(ExitCode.FAILED);
    assertThat(errors.toString()).contains("rename it to config.toml");
  }

  @Test
  void aLinkedConfigurationStaysALink() throws IOException {
    var shared = Files.writeString(project.resolve("shared.toml"), "[build]\njobs = 2\n");
    Files.createDirectories(config().getParent());
    Files.createSymbolicLink(config(), Path.of("../shared.toml"));
    assertThat(init()).isEqualTo(ExitCode.DONE);
    assertThat(config()).isSymbolicLink();
    assertThat(Files.readString(shared)).contains("pollard-rustc");
    assertThat(init("--undo")).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(shared)).isEqualTo("[build]\njobs = 2\n");
  }

  @Test
  void aBrokenManifestIsToldWithItsPlaceAndNothingIsWritten() throws IOException {
    var manifest = project.resolve("Cargo.toml");
    Files.writeString(manifest, "[package]\nname = \"p\nversion = 1\n");
    assertThat(init()).isEqualTo(ExitCode.FAILED);
    assertThat(errors.toString())
        .startsWith("error: " + manifest + ": not valid TOML: ")
        .contains("line 2, column ")
        .hasLineCount(1);
    Files.writeString(manifest, "name = \"p\"\n");
    assertThat(init()).isEqualTo(ExitCode.FAILED);
    assertThat(errors.toString()).contains(manifest + ": no manifest").hasLineCount(1);
    assertThat(project.resolve(".cargo")).doesNotExist();
  }

  @Test
  void aBrokenManifestOfTheWorkspaceIsToldToo() throws IOException {
    Files.writeString(
        project.resolve("Cargo.toml"), "[workspace]\nmembers = [\"member\"]\nmembers = []\n");
    var member = Files.createDirectories(project.resolve("member")).resolve("Cargo.toml");
    Files.writeString(member, "[package]\nname = \"m\"\n");
    var words = List.of("init", "--manifest-path", member.toString());
    assertThat(
            PollardCommand.execute(
                words, new PrintWriter(out, true), new PrintWriter(errors, true)))
        .isEqualTo(ExitCode.FAILED);
    assertThat(errors.toString())
        .contains(project.resolve("Cargo.toml") + ": not valid TOML: Duplicate key (line 3)");
  }
}
