package dev.pollard.advise.run;

import dev.pollard.files.Folders;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one thread that waits costs on this machine: measured by a program of Rust's that starts
/// many and lets them sleep, all before they did anything. One that has worked has touched more of
/// its stack: these are the least.
///
/// @param threads how many were started
/// @param resident bytes of the process for each
/// @param pageTables bytes of its page tables for each
/// @param kernelStack bytes of the kernel's stacks for each, of the whole machine
/// @param startMicros microseconds to start each
public record ThreadCost(
    int threads, long resident, long pageTables, long kernelStack, double startMicros) {
  private static final int THREADS = 1000;

  private static final String PROBE =
      """
      use std::sync::mpsc;
      use std::{fs, process, thread, time::Instant};

      fn field(file: &str, name: &str) -> u64 {
          let text = fs::read_to_string(file).unwrap_or_default();
          let line = text.lines().find(|l| l.starts_with(name)).unwrap_or_default();
          line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) * 1024
      }

      fn costs() -> [u64; 3] {
          [
              field("/proc/self/status", "VmRSS:"),
              field("/proc/self/status", "VmPTE:"),
              field("/proc/meminfo", "KernelStack:"),
          ]
      }

      fn main() {
          let count: u64 = 1000;
          let (ready, all) = mpsc::channel();
          let before = costs();
          let start = Instant::now();
          for _ in 0..count {
              let ready = ready.clone();
              thread::spawn(move || {
                  let _ = ready.send(());
                  loop {
                      thread::park();
                  }
              });
          }
          for _ in 0..count {
              all.recv().unwrap();
          }
          let micros = start.elapsed().as_micros() as u64;
          let after = costs();
          for (a, b) in after.iter().zip(before) {
              print!("{} ", a.saturating_sub(b) / count);
          }
          println!("{}", micros);
          process::exit(0);
      }
      """;

  /// Bytes for each thread, in the process and in the kernel.
  public long bytes() {
    return resident + pageTables + kernelStack;
  }

  /// Measures it.
  ///
  /// @param rustc the compiler for this machine
  /// @throws IOException when the probe does not compile or run
  public static ThreadCost measure(String rustc) throws IOException {
    Path folder = Files.createTempDirectory("pollard-advise");
    try {
      Path source = Files.writeString(folder.resolve("probe.rs"), PROBE);
      Path program = folder.resolve("probe");
      var built =
          Processes.run(
              List.of(
                  rustc, "-O", "--edition", "2021", source.toString(), "-o", program.toString()),
              Optional.of(folder),
              Map.of(),
              List.of(),
              60);
      if (!built.succeeded()) {
        throw new IOException("the probe of a thread's cost does not build: " + built.firstError());
      }
      var ran = Processes.run(List.of(program.toString()));
      if (!ran.succeeded()) {
        throw new IOException("the probe of a thread's cost does not run: " + ran.firstError());
      }
      return parse(ran.output());
    } finally {
      Folders.delete(folder);
    }
  }

  /// Reads what the probe prints: three sizes for each thread, and microseconds for all.
  static ThreadCost parse(String output) throws IOException {
    String[] words = output.strip().split("\\s+", -1);
    var numbers =
        Arrays.stream(words).map(ProcText::number).flatMapToLong(n -> n.stream()).toArray();
    if (words.length != 4 || numbers.length != 4) {
      throw new IOException("the probe of a thread's cost printed: " + output.strip());
    }
    return new ThreadCost(
        THREADS, numbers[0], numbers[1], numbers[2], (double) numbers[3] / THREADS);
  }
}
