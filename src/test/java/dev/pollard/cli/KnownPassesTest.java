package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.config.Setting;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.config.SettingsLayer.Value;
import dev.pollard.pass.PassRegistry;
import dev.pollard.pass.Pipeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KnownPassesTest {
  private static Settings without(String pass) throws SettingsException {
    return Settings.of(
        new SettingsLayer(
            Map.of(
                Setting.DISABLE,
                List.of(new Value(pass, "--disable-pass")),
                Setting.PANICS,
                List.of(new Value("trap", "--panics")))));
  }

  /// Every pass that a build with these settings may run.
  private static Set<String> runs(Settings settings) {
    var names = new HashSet<String>();
    for (var level : List.of("2", "3", "s", "z")) {
      for (boolean firmware : List.of(true, false)) {
        var pipeline = Pipeline.of(settings, level, firmware);
        var passes = new ArrayList<String>(pipeline.head());
        passes.addAll(pipeline.lto());
        passes.addAll(pipeline.lto(15));
        passes.addAll(pipeline.round());
        passes.addAll(pipeline.tail());
        pipeline.finishes().forEach(passes::addAll);
        passes.forEach(p -> names.add(p.replaceFirst("\\(.*", "")));
      }
    }
    return names;
  }

  @Test
  void aPassThatRunsIsSwitchedOffOrRefused() throws Exception {
    var all = runs(without(Pipeline.SEARCH));
    assertThat(PassRegistry.all().stream().map(p -> p.info().name())).containsAll(all);
    assertThat(all).hasSizeGreaterThan(8);
    for (var name : all) {
      var settings = without(name);
      if (KnownPasses.names().contains(name)) {
        KnownPasses.check(settings);
        assertThat(runs(settings)).doesNotContain(name).hasSize(all.size() - 1);
      } else {
        assertThatThrownBy(() -> KnownPasses.check(settings))
            .hasMessage(
                "disabled pass \"%s\": it is rustc's own LTO, without which there is no program; POLLARD_OFF=1 builds as rustc alone does",
                name);
      }
    }
  }

  @Test
  void theSearchCanBeSwitchedOff() throws Exception {
    assertThat(KnownPasses.names()).contains(Pipeline.SEARCH);
    KnownPasses.check(without(Pipeline.SEARCH));
  }

  @Test
  void aSlipIsTold() throws Exception {
    var settings = without("tail-x");
    assertThatThrownBy(() -> KnownPasses.check(settings))
        .hasMessage(
            "disabled pass \"tail-x\": there is none of that name (did you mean tail-z?);"
                + " pollard opt --list names all");
  }
}
