package dev.pollard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.config.BudgetSettings.Kind;
import dev.pollard.config.BudgetSettings.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetSettingsTest {
  @TempDir private Path folder;

  private BudgetSettings read(String text) throws IOException, SettingsException {
    Files.writeString(folder.resolve("Cargo.toml"), text);
    return BudgetSettings.read(folder);
  }

  @Test
  void limitsAreReadWithTheirPlaces() throws IOException, SettingsException {
    BudgetSettings settings =
        read(
            """
            [package]
            name = "a"

            [package.metadata.pollard.budget]
            chip = "nRF52840"
            memory = "ld/memory.x"
            flash = "64 KiB"
            ram = { max = 1024, max-growth = "1K" }

            [package.metadata.pollard.budget.futures]
            "a::run" = { max-growth = "2.5 %" }
            [package.metadata.pollard.budget.wasm]
            gzip = "1M"
            """);
    assertThat(settings.chip().orElseThrow().text()).isEqualTo("nRF52840");
    assertThat(settings.memory()).contains(folder.resolve("ld/memory.x"));
    assertThat(settings.limits())
        .extracting(
            Limit::kind, Limit::name, Limit::max, Limit::growth, Limit::percent, Limit::line)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Kind.FLASH,
                "",
                OptionalLong.of(65536),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                7),
            org.assertj.core.groups.Tuple.tuple(
                Kind.RAM,
                "",
                OptionalLong.of(1024),
                OptionalLong.of(1024),
                OptionalDouble.empty(),
                8),
            org.assertj.core.groups.Tuple.tuple(
                Kind.FUTURE,
                "a::run",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.of(2.5),
                11),
            org.assertj.core.groups.Tuple.tuple(
                Kind.WASM_GZIP,
                "",
                OptionalLong.of(1 << 20),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                13));
  }

  @Test
  void thePackageReplacesWhatTheWorkspaceSays() throws IOException, SettingsException {
    Path member = Files.createDirectories(folder.resolve("member"));
    Files.writeString(
        member.resolve("Cargo.toml"),
        "[package]\nname = \"m\"\n[package.metadata.pollard]\nbudget.flash = 10\n");
    read(
        "[workspace]\nmembers = [\"member\"]\n[workspace.metadata.pollard.budget]\nflash = 5\nram = 6\n");
    assertThat(BudgetSettings.read(member).limits())
        .extracting(l -> l.kind() + " " + l.max().orElse(0) + " " + l.line())
        .containsExactly("FLASH 10 4", "RAM 6 5");
  }

  @Test
  void whatIsWrongNamesFileKeyAndWayOut() {
    String table = "[package.metadata.pollard.budget]\n";
    assertWrong(table + "flsh = 1", "budget.flsh: there is no such limit; there are chip");
    assertWrong(table + "flash = \"64 KX\"", "budget.flash: \"64 KX\" is not a size such as 65536");
    assertWrong(table + "flash = 1.5", "budget.flash: 1.5 is not a size");
    assertWrong(table + "flash = -1", "budget.flash: \"-1\" is not a size");
    assertWrong(table + "flash = \"99999999T\"", "is more than there can be");
    assertWrong(table + "flash = {}", "budget.flash: a limit needs max or max-growth");
    assertWrong(
        table + "flash = { most = 1 }", "budget.flash.most: a limit has max and max-growth");
    assertWrong(table + "flash = { max-growth = \"2 percent\" }", "nor a part such as \"2 %\"");
    assertWrong(table + "wasm = { zstd = 1 }", "wasm.zstd: there is no such size");
    assertWrong(table + "crates = 4", "budget.crates: 4 is not a table of limits");
    assertWrong(table + "chip = 4", "budget.chip: 4 is not a string");
    assertWrong("[package.metadata.pollard]\nbudget = 4", "budget is not a table");
    assertWrong(table + "flash = ", "not valid TOML: ");
  }

  private void assertWrong(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(folder.resolve("Cargo.toml").toString())
        .hasMessageContaining(message);
  }
}
