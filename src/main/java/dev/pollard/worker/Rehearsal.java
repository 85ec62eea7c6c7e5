package dev.pollard.worker;

import dev.pollard.capture.Capture;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.PassOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A worker's jobs in this process, for the sake of what they load.
public final class Rehearsal {
  private Rehearsal() {}

  /// Does with a capture what workers do: reads it, runs `passes`, emits an object. What fails is
  /// told on standard error; this process can work with no other LLVM afterwards.
  ///
  /// @param object where the object goes
  public static void run(Capture capture, List<String> passes, PassOptions options, Path object)
      throws Exception {

    List<Record> jobs =
        List.of(
            new Job.Start(capture.toolchain().libLlvm(), capture.target(), true, List.of()),
            new Job.Prepare(
                capture.bitcode(),
                object.resolveSibling("whole.bc"),
                object.resolveSibling("plain.bc")),
            new Job.Compile(
                capture.bitcode(),
                false,
                passes,
                options,
                new CodeGeneration(CodeGenLevel.LESS, true),
                Optional.of(object),
                true,
                OptionalInt.of(passes.size()),
                OptionalLong.empty()));
    String lines = jobs.stream().map(Wire::write).collect(Collectors.joining("\n"));
    InputStream input = System.in;
    PrintStream output = System.out;
    System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    try {
      Worker.run();
    } finally {
      System.setIn(input);
      System.setOut(output);
    }
  }
}
