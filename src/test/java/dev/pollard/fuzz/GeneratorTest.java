package dev.pollard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
  @TempDir private Path folder;

  private static List<Program> programs(long seed, int count) {
    return LongStream.range(0, count).mapToObj(i -> Generator.program(Rng.seed(seed, i))).toList();
  }

  @Test
  void aSeedGivesTheSameProgramEachTime() {
    assertThat(programs(1, 50).stream().map(Program::text))
        .containsExactlyElementsOf(programs(1, 50).stream().map(Program::text).toList());
  }

  @Test
  void splitMixIsTheOneOfTheReference() {
    // The first values of the reference implementation for the seed 1234567.
    var rng = new Rng(1234567);
    assertThat(LongStream.generate(rng::next).limit(3).toArray())
        .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
  }

  @Test
  void seedsGiveDifferentPrograms() {
    assertThat(programs(2, 500).stream().map(Program::text)).doesNotHaveDuplicates();
  }

  @Test
  void everyFeatureComesUp() {
    var counts = new EnumMap<Feature, Integer>(Feature.class);
    for (Program program : programs(3, 300)) {
      program.features().forEach(f -> counts.merge(f, 1, Integer::sum));
    }
    for (Feature feature : Feature.values()) {
      assertThat(counts.getOrDefault(feature, 0)).as(feature.toString()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void everyProfileComesUp() {
    var profiles = LongStream.range(0, 500).mapToObj(i -> Profile.of(Target.HOST, i)).distinct();
    assertThat(profiles).hasSize(3 * 2 * 2 * 2);
  }

  @Test
  void programsCompileOnTheHost() throws Exception {
    assertCompiles(programs(4, 60));
  }

  @Test
  void whatIsOneStepSmallerIsSmallerAndMostlyCompiles() throws Exception {
    var program = programs(5, 100).stream().filter(p -> p.size() > 25).findFirst().orElseThrow();
    var smaller = Shrinker.smaller(program);
    assertThat(smaller).hasSizeGreaterThan(20);
    assertThat(smaller).allMatch(p -> p.text().length() < program.text().length());
    // Leaving a statement out always compiles; one taken out of a loop may hold its `break`.
    assertCompiles(
        smaller.stream()
            .filter(p -> !p.text().contains("break") && !p.text().contains("continue"))
            .toList());
  }

  @Test
  void aProgramIsShrunkToWhatMatters() throws Exception {
    var program =
        programs(6, 300).stream()
            .filter(p -> p.features().contains(Feature.SELECT) && p.size() > 20)
            .findFirst()
            .orElseThrow();
    var shrunk =
        Shrinker.shrink(
            program,
            candidates ->
                IntStream.range(0, candidates.size())
                    .filter(i -> candidates.get(i).features().contains(Feature.SELECT))
                    .boxed()
                    .toList());
    // In a function that is no root itself it takes a call more.
    assertThat(shrunk.size()).isLessThanOrEqualTo(2);
    assertThat(shrunk.text()).contains("match select(");
    assertCompiles(List.of(shrunk));
  }

  private void assertCompiles(List<Program> programs) throws Exception {
    var profile = new Profile(Target.HOST, "z", true, false, "fast");
    new Crate(Path.of("src/test/resources/fuzz")).write(folder, programs, profile);
    var builder =
        new ProcessBuilder(
                "cargo", "check", "--offline", "--quiet", "--target-dir", folder + "/target")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    var process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue())
        .as(java.nio.file.Files.readString(folder.resolve("log")))
        .isZero();
  }
}
