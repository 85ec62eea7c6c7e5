package dev.pollard.capture;

import dev.pollard.diagnostic.FileProblem;
import dev.pollard.toolchain.KnownLlvm;
import dev.pollard.toolchain.Processes;
import dev.pollard.toolchain.Toolchain;
import dev.pollard.toolchain.ToolchainException;
import dev.pollard.toolchain.ToolchainLocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Runs a final rustc call in a private folder and collects what it left.
public final class Capturer {
  private static final String RESTRICTED = ".lto.after-restriction.bc";

  /// Code generation follows the order in which the uses of a value are listed, which bitcode
  /// leaves out unless it is asked for: without it the same module, read again, makes other code.
  private static final String USE_LISTS = "-preserve-bc-uselistorder";

  private static final String UNREADABLE = "what rustc left cannot be read: ";

  /// How often a running rustc's folder is looked at.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final ToolchainLocator locator;
  private final CaptureListener listener;

  public Capturer(ToolchainLocator locator, CaptureListener listener) {
    this.locator = locator;
    this.listener = listener;
  }

  /// How a captured call ended.
  public sealed interface Result {
    /// rustc failed, and said why itself.
    record Failed(int exitCode) implements Result {}

    /// rustc failed for want of space, which it may have if it is asked for no more than cargo
    /// asked; nobody has seen its errors.
    record OutOfSpace() implements Result {}

    /// rustc was killed or crashed, which it may not be without workers beside it, asked for no
    /// more than cargo asked.
    record Died(int signal) implements Result {}

    /// rustc did its work, but not all that a prune needs is there.
    ///
    /// @param outputs what rustc made, in the private folder
    /// @param reason one line for people
    record Stock(List<Path> outputs, String reason) implements Result {}

    /// All is there.
    ///
    /// @param outputs what rustc made, in the private folder
    record Captured(List<Path> outputs, Capture capture) implements Result {}
  }

  /// Runs one call that makes the artifact and what is to be captured.
  ///
  /// @param folder where rustc writes
  /// @throws IOException when rustc cannot be started
  public Result capture(RustcCall call, Path folder) throws IOException {
    var links = folder.resolve("link-args");
    var arguments = new ArrayList<>(call.arguments().withOutDir(folder.toString()));
    arguments.addAll(saveTemps(call, links));
    var facts = CompletableFuture.supplyAsync(() -> facts(call));
    var watch = watch(call, facts, folder);
    RustcRunner.Ended ended;
    try {
      ended =
          RustcRunner.run(
              call, arguments, folder, Path.of(call.arguments().outDir().orElseThrow()));
    } finally {
      watch.interrupt();
    }
    if (ended.exitCode() != 0) {
      if (DiskSpace.ranOut(folder, ended.held().text())) {
        return new Result.OutOfSpace();
      }
      ended.held().release(System.err);
      return failed(ended.exitCode());
    }
    var outputs = outputs(call.arguments(), folder);
    try {
      var artifact = artifact(outputs);
      return new Result.Captured(
          outputs, collect(call, facts, folder, links, artifact, artifact, ended.times()));
    } catch (CaptureException e) {
      return new Result.Stock(outputs, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Result.Stock(outputs, UNREADABLE + FileProblem.of(e));
    }
  }

  /// Runs a cdylib-and-rlib call as cargo made it, then a second one for the cdylib alone with fat
  /// LTO, for which cargo left bitcode in the dependencies if the profile asks for LTO.
  ///
  /// @param folder where the second call writes; the first writes where cargo said
  public Result captureApart(RustcCall call, Path folder) throws IOException {
    var outDir = Path.of(call.arguments().outDir().orElseThrow());
    var facts = CompletableFuture.supplyAsync(() -> facts(call));
    var first = RustcRunner.run(call, call.arguments().raw(), outDir, outDir);
    if (first.exitCode() != 0) {
      first.held().release(System.err);
      return failed(first.exitCode());
    }
    var links = folder.resolve("link-args");
    var watch = watch(call, facts, folder);
    Processes.Result second;
    long start = System.nanoTime();
    try {
      second = RustcRunner.runSilently(call, cdylibAlone(call, folder, links));
    } finally {
      watch.interrupt();
    }
    if (!second.succeeded()) {
      return new Result.Stock(
          List.of(),
          DiskSpace.ranOut(folder, second.errors())
              ? DiskSpace.reason(folder)
              : "the cdylib cannot be built alone with LTO: " + second.firstError());
    }
    try {
      var artifact = artifact(outputs(call.arguments(), folder));
      var asked = outDir.resolve(artifact.getFileName());
      if (!Files.exists(asked)) {
        throw new CaptureException("rustc left no " + asked);
      }
      var times =
          new OwnTime.Times(
              first.times().all().plusNanos(System.nanoTime() - start), first.times().alone());
      return new Result.Captured(
          List.of(), collect(call, facts, folder, links, artifact, asked, times));
    } catch (CaptureException e) {
      return new Result.Stock(List.of(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Result.Stock(List.of(), UNREADABLE + FileProblem.of(e));
    }
  }

  private static Result failed(int exitCode) {
    var signal = Processes.death(exitCode);
    return signal.isPresent() ? new Result.Died(signal.getAsInt()) : new Result.Failed(exitCode);
  }

  private static List<String> saveTemps(RustcCall call, Path links) {
    var arguments = new ArrayList<>(List.of("-C", "save-temps", "--print=link-args=" + links));
    // LLVM refuses an option that occurs twice, and one that it does not know.
    if (!KnownLlvm.any(call.environment())
        && call.arguments().codegenAll("llvm-args").stream()
            .noneMatch(a -> a.contains(USE_LISTS))) {
      arguments.addAll(List.of("-C", "llvm-args=" + USE_LISTS));
    }
    return arguments;
  }

  private static List<String> cdylibAlone(RustcCall call, Path folder, Path links) {
    var arguments = new ArrayList<String>();
    var given = call.arguments().withOutDir(folder.toString());
    for (int i = 0; i < given.size(); i++) {
      var option = given.get(i);
      var value = i + 1 < given.size() ? given.get(i + 1) : "";
      if (option.equals("--crate-type") || option.equals("--emit") || option.equals("--json")) {
        i++;
      } else if (option.equals("-C")
          && List.of("embed-bitcode", "linker-plugin-lto", "lto", "codegen-units")
              .contains(value.split("=", 2)[0])) {
        i++;
      } else if (!option.startsWith("--crate-type=")
          && !option.startsWith("--emit=")
          && !option.startsWith("--json=")
          && !option.startsWith("--error-format=")) {
        arguments.add(option);
      }
    }
    arguments.addAll(List.of("--crate-type", "cdylib", "--emit=link", "--cap-lints", "allow"));
    arguments.addAll(List.of("-C", "lto=fat", "-C", "codegen-units=1"));
    arguments.addAll(saveTemps(call, links));
    return arguments;
  }

  private record Facts(Toolchain toolchain, TargetSpec target) {}

  private Facts facts(RustcCall call) {
    try {
      var toolchain = locator.locate(call.rustc());
      return new Facts(
          toolchain, TargetSpecReader.read(toolchain, call.arguments(), call.directory()));
    } catch (ToolchainException | CaptureException e) {
      throw new CompletionException(e.getMessage(), e);
    }
  }

  /// Waits for the bitcode beside a running rustc. It is taken for whole when its size is the same
  /// at two looks: rustc writes it at one go. Whoever uses it compares the size once more at the
  /// end.
  private Thread watch(RustcCall call, CompletableFuture<Facts> facts, Path folder) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            var known = facts.join();
            listener.expect(known.toolchain(), known.target());
            long seen = -1;
            while (true) {
              Thread.sleep(LOOK);
              var found = find(folder);
              long size = found.isPresent() ? Files.size(found.get()) : -1;
              if (size > 0 && size == seen) {
                listener.begin(
                    new EarlyCapture(
                        known.toolchain(),
                        known.target(),
                        call.arguments().optLevel(),
                        aborts(call.arguments(), known),
                        keepsDebugInfo(call.arguments()),
                        found.get(),
                        size));
                return;
              }
              seen = size;
            }
          } catch (InterruptedException | IOException | CompletionException _) {
            // rustc has ended, or will say itself what is wrong: nothing is early then.
            return;
          }
        });
  }

  private static boolean aborts(RustcArguments arguments, Facts facts) {
    return arguments
        .codegen("panic")
        .map(p -> !p.equals("unwind"))
        .orElse(facts.target().isBareMetal() || facts.target().isWasm());
  }

  private static boolean keepsDebugInfo(RustcArguments arguments) {
    return !List.of("0", "none", "").contains(arguments.codegen("debuginfo").orElse("0"))
        && arguments.codegen("strip").orElse("none").equals("none");
  }

  private static Capture collect(
      RustcCall call,
      CompletableFuture<Facts> facts,
      Path folder,
      Path links,
      Path artifact,
      Path asked,
      OwnTime.Times times)
      throws CaptureException, IOException {
    Facts known;
    try {
      known = facts.join();
    } catch (CompletionException e) {
      throw new CaptureException(String.valueOf(e.getMessage()), e);
    }
    var arguments = call.arguments();
    var bitcode = only(folder);
    var base = bitcode.getFileName().toString();
    var object = folder.resolve(base.substring(0, base.length() - RESTRICTED.length()) + ".o");
    if (!Files.exists(object)) {
      throw new CaptureException("rustc left no object beside its bitcode");
    }
    var optimised = object.resolveSibling(object.getFileName().toString().replaceFirst("o$", "bc"));
    if (!Files.exists(optimised)) {
      throw new CaptureException("rustc left no optimised bitcode beside its object");
    }
    if (!Files.exists(links)) {
      throw new CaptureException("rustc did not print its link command");
    }
    var link = LinkCommandParser.parse(Files.readString(links), call.directory());
    requireRepeatable(link, object, artifact);
    return new Capture(
        name(call, artifact),
        known.toolchain(),
        known.target(),
        arguments.optLevel(),
        aborts(arguments, known),
        keepsDebugInfo(arguments),
        folder,
        bitcode,
        optimised,
        object,
        artifact,
        asked,
        link,
        times.alone(),
        times.all().minus(times.alone()));
  }

  /// rustc does some things after the link itself; where it does, a second link is not the whole.
  private static void requireRepeatable(LinkCommand link, Path object, Path artifact)
      throws CaptureException {
    if (link.arguments().stream().filter(object.toString()::equals).count() != 1) {
      throw new CaptureException("rustc's link command does not name its object");
    }
    if (link.arguments().stream().noneMatch(artifact.toString()::equals)) {
      throw new CaptureException("rustc's link command does not name the artifact");
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder, "*" + RESTRICTED)) {
      files.forEach(found::add);
    }
    return found;
  }

  private static Optional<Path> find(Path folder) throws IOException {
    return all(folder).stream().findFirst();
  }

  private static Path only(Path folder) throws CaptureException, IOException {
    var found = all(folder);
    if (found.size() != 1) {
      throw new CaptureException(
          "rustc left " + found.size() + " bitcode files after restriction instead of one");
    }
    return found.getFirst();
  }

  /// The files that the call was asked for: its own name and extra file name, and no more than the
  /// extension of what `--emit` lists. Everything else in the folder is debris.
  static List<Path> outputs(RustcArguments call, Path folder) throws IOException {
    var stem = call.crateName().orElse("") + call.extraFilename();
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (Files.isRegularFile(file)
            && extension(name, stem).map(e -> asked(call, e)).orElse(false)) {
          found.add(file);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static Optional<String> extension(String file, String stem) {
    var name = file.startsWith("lib" + stem) ? file.substring(3) : file;
    if (!name.startsWith(stem)) {
      return Optional.empty();
    }
    var rest = name.substring(stem.length());
    return rest.isEmpty() || (rest.startsWith(".") && rest.indexOf('.', 1) < 0)
        ? Optional.of(rest)
        : Optional.empty();
  }

  private static boolean asked(RustcArguments call, String extension) {
    var emits = call.emits();
    return switch (extension) {
      case ".d" -> emits.contains("dep-info");
      case ".s" -> emits.contains("asm");
      case ".ll" -> emits.contains("llvm-ir");
      case ".bc" -> emits.contains("llvm-bc");
      case ".o" -> emits.contains("obj");
      case ".mir" -> emits.contains("mir");
      case ".rmeta" -> emits.contains("metadata");
      default -> emits.contains("link");
    };
  }

  private static final Set<String> NOT_LINKED =
      Set.of(".d", ".s", ".ll", ".bc", ".o", ".mir", ".rmeta", ".rlib");

  private static Path artifact(List<Path> outputs) throws CaptureException {
    var linked =
        outputs.stream()
            .filter(f -> {
              var name = f.getFileName().toString();
              return !NOT_LINKED.contains(name.substring(Math.max(0, name.lastIndexOf('.'))));
            })
            .toList();
    if (linked.size() != 1) {
      throw new CaptureException("rustc left " + linked.size() + " linked files instead of one");
    }
    return linked.getFirst();
  }

  /// As cargo calls the artifact; several test binaries of one crate differ by their hash, and a
  /// bench without harness, for which cargo names no crate type, may have a program's name.
  private static String name(RustcCall call, Path artifact) {
    var arguments = call.arguments();
    if (arguments.has("--test") || arguments.crateTypes().isEmpty()) {
      return arguments.crateName().orElse("test") + arguments.extraFilename();
    }
    var bin = call.environment().getOrDefault("CARGO_BIN_NAME", "");
    if (!bin.isEmpty() && arguments.crateTypes().contains("bin")) {
      return bin;
    }
    return arguments.crateName().orElse(artifact.getFileName().toString());
  }
}
