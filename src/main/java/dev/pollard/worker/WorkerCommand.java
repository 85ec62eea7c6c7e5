package dev.pollard.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that starts a worker: this Java, this program, a small heap.
final class WorkerCommand {
  private static final String MAIN = "dev.pollard.Main";

  private WorkerCommand() {}

  static List<String> of(WorkerLimits limits) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    long heap = Math.clamp(limits.memory() >> 22, 64, 512);
    command.add("-Xmx" + heap + "m");
    // Short-lived and single-threaded: what starts fastest.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss64m"));
    // A crash of LLVM's is told to the parent; no file is left in the folder of the user's program.
    command.addAll(
        List.of(
            "-XX:+DisplayVMOutputToStderr",
            "-XX:+ErrorFileToStderr",
            "-XX:-CreateCoredumpOnCrash"));
    String cache = System.getProperty("pollard.aot", "");
    if (!cache.isEmpty() && Files.exists(Path.of(cache))) {
      command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr"));
    }
    String modules = System.getProperty("jdk.module.path", "");
    if (modules.isEmpty()) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    } else {
      command.add("--enable-native-access=dev.pollard");
      command.addAll(List.of("-p", modules, "-m", "dev.pollard/" + MAIN));
    }
    command.add(Worker.NAME);
    return command;
  }
}
