package dev.pollard.worker;

import dev.pollard.capture.TargetSpec;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.PassOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a worker is asked for, one JSON line each.
public sealed interface Job {
  /// Loads the library ahead of [Start], which alone says what is wrong with it.
  record Warm(Path library) implements Job {}

  /// Reads a program once for all the jobs to come: what nothing reaches goes, which of the
  /// captured bitcode is most, as it holds all of `core`. The worker keeps the one without debug
  /// info, and tells which of its functions are poll functions.
  ///
  /// @param bitcode the program as captured
  /// @param whole where the rest of it goes
  /// @param plain where the rest goes without debug info, which is quickly read
  record Prepare(Path bitcode, Path whole, Path plain) implements Job {}

  /// Lists the calls of a program between functions that it defines.
  ///
  /// @param bitcode a program as [Prepare] left it, without debug info
  record Calls(Path bitcode) implements Job {}

  /// The first job of a process: LLVM's library and options are set once.
  ///
  /// @param library the libLLVM that rustc itself loads
  /// @param stackSizes whether objects get a `.stack_sizes` section
  /// @param options more of LLVM's global options
  record Start(Path library, TargetSpec target, boolean stackSizes, List<String> options)
      implements Job {
    public Start {
      options = List.copyOf(options);
    }
  }

  /// One module through passes to bitcode.
  ///
  /// @param debugInfo whether debug info stays
  /// @param passes names for [dev.pollard.pass.PassRegistry#parse]
  /// @param limit how many changes are allowed; empty for all
  /// @param output where the bitcode goes
  record Optimize(
      Path bitcode,
      boolean debugInfo,
      List<String> passes,
      PassOptions options,
      CodeGenLevel level,
      OptionalLong limit,
      Path output)
      implements Job {
    public Optimize {
      passes = List.copyOf(passes);
    }
  }

  /// One module through passes to an object.
  ///
  /// @param bitcode the input
  /// @param debugInfo whether debug info stays
  /// @param passes names for [dev.pollard.pass.PassRegistry#parse]; none: only code generation
  /// @param object where the object goes; empty: passes only
  /// @param verify whether LLVM's verifier looks before each of LLVM's pipelines and at the end
  /// @param keep after how many of the passes the module is kept, for jobs whose passes begin with
  ///   these; empty: nobody comes back for it
  /// @param limit how many changes are allowed, and each that is made is told; empty for all
  record Compile(
      Path bitcode,
      boolean debugInfo,
      List<String> passes,
      PassOptions options,
      CodeGeneration generation,
      Optional<Path> object,
      boolean verify,
      OptionalInt keep,
      OptionalLong limit)
      implements Job {
    public Compile {
      passes = List.copyOf(passes);
    }
  }
}
