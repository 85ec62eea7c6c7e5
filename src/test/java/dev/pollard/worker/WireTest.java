package dev.pollard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.config.Panics;
import dev.pollard.config.ResumedPanics;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.machine.PollFunctions;
import dev.pollard.pass.Change;
import dev.pollard.pass.KeepList;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.PassRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireTest {
  private static final Path BITCODE = Path.of("/t/a \"b\"\n/program.bc");

  private static final PassOptions OPTIONS =
      PassOptions.of("thumbv7em-none-eabi").with(ResumedPanics.PENDING).with(Panics.TRAP);

  private static Job.Compile compile(PassOptions options) {
    return new Job.Compile(
        BITCODE,
        true,
        List.of("inline-threshold(35)", "lto-z"),
        options,
        CodeGeneration.of(CodeGenLevel.LESS),
        Optional.of(Path.of("/t/x.o")),
        true,
        OptionalInt.empty(),
        OptionalLong.of(7));
  }

  static Stream<Job> jobs() {
    return Stream.of(
        new Job.Warm(BITCODE),
        new Job.Prepare(BITCODE, Path.of("/t/whole.bc"), Path.of("/t/plain.bc")),
        new Job.Start(Path.of("/lib/libLLVM.so"), TestTarget.HOST, true, List.of("-a=1")),
        new Job.Optimize(
            BITCODE,
            true,
            List.of("lto-z"),
            OPTIONS,
            CodeGenLevel.LESS,
            OptionalLong.of(3),
            Path.of("/t/x.bc")),
        compile(OPTIONS),
        new Job.Compile(
            BITCODE,
            false,
            List.of(),
            OPTIONS,
            CodeGeneration.of(CodeGenLevel.DEFAULT),
            Optional.empty(),
            false,
            OptionalInt.of(2),
            OptionalLong.empty()));
  }

  static Stream<Answer> answers() {
    return Stream.of(
        new Answer.Doing("lto-z"),
        new Answer.Failed("a \"message\"\nof two lines"),
        new Answer.Done(List.of(), List.of()),
        new Answer.Done(
            List.of(new PassRunner.Result("lto-z", 5_000_000_000L, Duration.ofNanos(1_234_567))),
            List.of(new Change(1, "future-moves", "f", "a copy"), new Change(2, "lto-z", "", ""))),
        new Answer.Polls(PollFunctions.NONE),
        new Answer.Polls(
            new PollFunctions(Set.of("a", "b"), Map.of("a", Set.of("main", "x"), "b", Set.of()))));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aJobIsReadAsItWasWritten(Job job) {
    var line = Wire.write((Record) job);
    assertThat(line).hasLineCount(1);
    assertThat(Wire.job(line)).isEqualTo(job);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerIsReadAsItWasWritten(Answer answer) {
    var line = Wire.write((Record) answer);
    assertThat(line).hasLineCount(1);
    assertThat(Wire.answer(line)).isEqualTo(answer);
  }

  /// Two patterns are never equal: their texts are.
  @Test
  void patternsArrive() {
    var job = compile(OPTIONS.with(new KeepList(List.of(Pattern.compile("^a\\b")))));
    assertThat(Wire.job(Wire.write(job)))
        .isInstanceOfSatisfying(
            Job.Compile.class,
            read ->
                assertThat(read.options().keep().patterns())
                    .extracting(Pattern::pattern)
                    .containsExactly("^a\\b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"kind\":\"Other\",\"body\":{}}"})
  void anUnknownKindIsRefused(String line) {
    assertThatThrownBy(() -> Wire.job(line)).hasMessage("no job: " + line);
    assertThatThrownBy(() -> Wire.answer(line)).hasMessage("no answer: " + line);
  }

  @Test
  void aJobIsNoAnswer() {
    var line = Wire.write(new Job.Warm(BITCODE));
    assertThatThrownBy(() -> Wire.answer(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
