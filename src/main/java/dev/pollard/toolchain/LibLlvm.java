package dev.pollard.toolchain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the libLLVM that a given rustc itself loads.
///
/// The dynamic loader is asked (`ldd` on Linux, `otool -L` on macOS) instead of guessed after:
/// rustup's library lies in the sysroot behind `RUNPATH`, a distribution's in a system folder, and
/// other LLVMs of the same version may be installed beside it. The file is resolved to the real one
/// because rustup also ships a linker script of nearly the same name.
final class LibLlvm {
  private static final Pattern LOADED = Pattern.compile("\\s*(\\S*libLLVM\\S*) => (\\S+) \\(.*");
  private static final Pattern INSTALL_NAME =
      Pattern.compile("\\s+(\\S*libLLVM\\S*\\.dylib) \\(.*");

  private LibLlvm() {}

  static Path locate(Path rustc, Path sysroot) throws ToolchainException {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var found =
        system.contains("mac")
            ? onMac(sysroot)
            : system.contains("linux") ? onLinux(rustc) : Optional.<Path>empty();
    var library =
        found.orElseThrow(() ->
            new ToolchainException(
                rustc
                    + " holds its LLVM inside itself: Pollard needs a rustc that loads LLVM as"
                    + " a shared library, as rustup's toolchains for Linux and macOS do"));
    requireSameArchitecture(library);
    return library;
  }

  private static Optional<Path> onLinux(Path rustc) throws ToolchainException {
    try {
      return parseLdd(Processes.run(List.of("ldd", rustc.toString())).output());
    } catch (IOException e) {
      throw new ToolchainException("cannot ask ldd which LLVM " + rustc + " loads: " + e, e);
    }
  }

  /// The path of libLLVM in what `ldd` printed, if rustc loads one at all.
  static Optional<Path> parseLdd(String output) throws ToolchainException {
    for (var line : output.lines().toList()) {
      var loaded = LOADED.matcher(line);
      if (loaded.matches()) {
        return Optional.of(real(Path.of(loaded.group(2))));
      }
      if (line.contains("libLLVM") && line.contains("not found")) {
        throw new ToolchainException("this rustc cannot load its own LLVM: " + line.strip());
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> onMac(Path sysroot) throws ToolchainException {
    var candidates = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(sysroot.resolve("lib"), "libLLVM*.dylib")) {
      files.forEach(candidates::add);
    } catch (IOException e) {
      throw new ToolchainException("cannot read " + sysroot.resolve("lib") + ": " + e, e);
    }
    if (!candidates.isEmpty()) {
      return Optional.of(real(candidates.getFirst()));
    }
    try (var drivers = Files.newDirectoryStream(sysroot.resolve("lib"), "librustc_driver*.dylib")) {
      for (var driver : drivers) {
        var needed = Processes.run(List.of("otool", "-L", driver.toString())).output();
        for (var line : needed.lines().toList()) {
          var name = INSTALL_NAME.matcher(line);
          if (name.matches() && Files.exists(Path.of(name.group(1)))) {
            return Optional.of(real(Path.of(name.group(1))));
          }
        }
      }
    } catch (IOException e) {
      throw new ToolchainException("cannot ask otool which LLVM rustc loads: " + e, e);
    }
    return Optional.empty();
  }

  private static Path real(Path library) throws ToolchainException {
    try {
      return library.toRealPath();
    } catch (IOException e) {
      throw new ToolchainException("cannot read rustc's LLVM " + library + ": " + e, e);
    }
  }

  /// A JVM can only load a library of its own processor; a rustc under emulation has another.
  static void requireSameArchitecture(Path library) throws ToolchainException {
    var architecture = System.getProperty("os.arch", "");
    try (var file = new RandomAccessFile(library.toFile(), "r")) {
      var header = new byte[20];
      file.readFully(header);
      if (header[0] != 0x7f || header[1] != 'E' || header[2] != 'L' || header[3] != 'F') {
        return;
      }
      var machine =
          header[5] == 2
              ? ((header[18] & 0xff) << 8) | (header[19] & 0xff)
              : ((header[19] & 0xff) << 8) | (header[18] & 0xff);
      var expected =
          switch (architecture) {
            case "amd64", "x86_64" -> 62;
            case "aarch64" -> 183;
            case "riscv64" -> 243;
            case "ppc64", "ppc64le" -> 21;
            case "s390x" -> 22;
            default -> machine;
          };
      if (machine != expected) {
        throw new ToolchainException(
            "rustc's LLVM "
                + library
                + " is made for another processor (ELF machine "
                + machine
                + ") than this Java ("
                + architecture
                + "): install a JDK of rustc's architecture");
      }
    } catch (IOException e) {
      throw new ToolchainException("cannot read rustc's LLVM " + library + ": " + e, e);
    }
  }
}
