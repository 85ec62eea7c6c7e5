package dev.pollard.capture;

import dev.pollard.toolchain.Processes;
import dev.pollard.toolchain.Toolchain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks rustc for a target's specification and lays the call's own flags over it.
public final class TargetSpecReader {
  private static final Set<String> LLDS = Set.of("rust-lld", "lld", "ld.lld");
  private static final String GLOBAL_POINTER = "relax-gp";

  private TargetSpecReader() {}

  /// The settings of code generation for one call.
  ///
  /// `--print target-spec-json` is an unstable option; `RUSTC_BOOTSTRAP=1` opens it on stable for
  /// this one question, which changes nothing of the build.
  ///
  /// @param directory where the call runs: a `--target` may be a relative path
  /// @throws CaptureException when rustc does not answer, or a setting is unknown
  public static TargetSpec read(Toolchain toolchain, RustcArguments call, Path directory)
      throws CaptureException {
    var command = new ArrayList<>(List.of(toolchain.rustc().toString()));
    call.target().ifPresent(t -> command.addAll(List.of("--target", t)));
    command.addAll(List.of("-Z", "unstable-options", "--print", "target-spec-json"));
    try {
      var answer =
          Processes.run(
              command,
              Optional.of(directory),
              Map.of("RUSTC_BOOTSTRAP", "1"),
              List.of("RUST_LOG"),
              60);
      if (!answer.succeeded()) {
        throw new CaptureException(
            "rustc does not tell the target's specification: " + answer.firstError());
      }
      return resolve(JsonMapper.shared().readTree(answer.output()), call);
    } catch (IOException | JacksonException e) {
      throw new CaptureException("rustc does not tell the target's specification: " + e, e);
    }
  }

  /// Lays `call` over `spec`, as rustc's session and LLVM back end do.
  static TargetSpec resolve(JsonNode spec, RustcArguments call) throws CaptureException {
    var triple = spec.path("llvm-target").asString("");
    if (triple.isEmpty()) {
      throw new CaptureException("the target's specification names no llvm-target");
    }
    boolean wasm = triple.startsWith("wasm");
    var merge =
        call.unstable("merge-functions").orElse(spec.path("merge-functions").asString("aliases"));
    var level = call.optLevel();
    boolean functionSections =
        call.unstable("function-sections")
            .map(RustcArguments::isYes)
            .orElse(spec.path("function-sections").asBoolean(true));
    var features = features(spec, call);
    boolean atomics = features.contains("+atomics");
    boolean exceptions = wasm && wantsWasmExceptions(spec, call);
    if (exceptions && !panicAborts(spec, call)) {
      features.add("+exception-handling");
    }
    return new TargetSpec(
        triple,
        spec.path("os").asString("none"),
        call.codegen("target-cpu").orElse(spec.path("cpu").asString("generic")),
        String.join(",", features),
        relocation(
            call.codegen("relocation-model").orElse(spec.path("relocation-model").asString("pic"))),
        call.codegen("code-model").orElse(spec.path("code-model").asString("")),
        functionSections,
        functionSections,
        call.unstable("trap-unreachable")
            .map(RustcArguments::isYes)
            .orElse(spec.path("trap-unreachable").asBoolean(true)),
        framePointers(spec, call),
        switch (merge) {
          case "disabled" -> TargetSpec.MergeFunctions.DISABLED;
          case "trampolines" -> TargetSpec.MergeFunctions.TRAMPOLINES;
          case "aliases" -> TargetSpec.MergeFunctions.ALIASES;
          default -> throw new CaptureException("unknown merge-functions=" + merge);
        },
        (level.equals("2") || level.equals("3")) && !call.codegenOn("no-vectorize-loops"),
        level.equals("3") && !call.codegenOn("no-vectorize-slp"),
        call.unstable("relax-elf-relocations")
            .map(RustcArguments::isYes)
            .orElse(spec.path("relax-elf-relocations").asBoolean(false)),
        spec.path("llvm-floatabi").asString(""),
        spec.path("llvm-abiname").asString(""),
        call.unstable("tls-model")
            .orElse(spec.path("tls-model").asString("global-dynamic"))
            .equals("emulated"),
        spec.path("singlethread").asBoolean(false) && !(wasm && atomics) ? "single" : "posix",
        exceptions,
        call.unstable("emit-stack-sizes").map(RustcArguments::isYes).orElse(false),
        triple.startsWith("riscv") && linksByLld(spec, call),
        llvmArguments(spec, call, merge, exceptions));
  }

  /// Whether LLVM's linker links, which relaxes nothing that needs a register set up, unless it is
  /// asked to: GNU's reaches data by the global pointer, which not every program has set when it
  /// starts. Who asks may do so in a file of arguments, which is not read.
  private static boolean linksByLld(JsonNode spec, RustcArguments call) {
    var linker = call.codegen("linker").orElse(spec.path("linker").asString(""));
    var file = Path.of(linker).getFileName();
    return file != null
        && LLDS.contains(file.toString().replaceFirst("\\.exe$", ""))
        && !spec.toString().contains(GLOBAL_POINTER)
        && call.expanded().stream().noneMatch(a -> a.contains(GLOBAL_POINTER))
        && linkArguments(call)
            .flatMap(a -> Stream.of(a.split("[ ,]")))
            .noneMatch(a -> a.startsWith("@"));
  }

  private static Stream<String> linkArguments(RustcArguments call) {
    return Stream.concat(
        Stream.of("link-arg", "link-args").flatMap(a -> call.codegenAll(a).stream()),
        Stream.of("pre-link-arg", "pre-link-args").flatMap(a -> call.unstable(a).stream()));
  }

  /// Whether a panic ends the program, by the call's flag or the target's default.
  static boolean panicAborts(JsonNode spec, RustcArguments call) {
    var strategy = call.codegen("panic").orElse(spec.path("panic-strategy").asString("unwind"));
    return !strategy.equals("unwind");
  }

  private static boolean wantsWasmExceptions(JsonNode spec, RustcArguments call) {
    return !spec.path("os").asString("none").equals("emscripten")
        || call.unstable("emscripten-wasm-eh").map(RustcArguments::isYes).orElse(true);
  }

  private static String relocation(String model) throws CaptureException {
    return switch (model) {
      case "static", "pic", "dynamic-no-pic", "ropi", "rwpi", "ropi-rwpi" -> model;
      // LLVM has no PIE model: rustc asks for pic with a module flag, which the bitcode carries.
      case "pie" -> "pic";
      default -> throw new CaptureException("unknown relocation-model=" + model);
    };
  }

  private static TargetSpec.FramePointers framePointers(JsonNode spec, RustcArguments call) {
    var asked = call.codegen("force-frame-pointers");
    if (asked.isPresent()
        && (RustcArguments.isYes(asked.get())
            || asked.get().equals("always")
            || asked.get().equals("non-leaf"))) {
      return TargetSpec.FramePointers.FORCED;
    }
    return spec.path("frame-pointer").asString("may-omit").equals("may-omit")
        ? TargetSpec.FramePointers.NONE
        : TargetSpec.FramePointers.TARGET_DEFAULT;
  }

  private static List<String> features(JsonNode spec, RustcArguments call) {
    var arch = spec.path("arch").asString("");
    var fromTarget = List.of(spec.path("features").asString("").split(",")).stream();
    var fromCall =
        call.codegenAll("target-feature").stream().flatMap(v -> List.of(v.split(",")).stream());
    return Stream.concat(fromTarget, fromCall)
        .map(String::strip)
        .filter(f -> f.startsWith("+") || f.startsWith("-"))
        // What rustc keeps for itself: linking, not code generation.
        .filter(f -> !f.substring(1).equals("crt-static"))
        .flatMap(f -> llvmNames(arch, f.substring(1)).map(n -> f.charAt(0) + n))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /// LLVM's names of a feature that rustc names otherwise (`to_llvm_features` in rustc's
  /// `llvm_util.rs`).
  private static Stream<String> llvmNames(String arch, String feature) {
    return switch (arch) {
      case "arm" -> Stream.of(feature.equals("fp16") ? "fullfp16" : feature);
      case "aarch64", "arm64ec" ->
          switch (feature) {
            case "rcpc2" -> Stream.of("rcpc-immo");
            case "dpb" -> Stream.of("ccpp");
            case "dpb2" -> Stream.of("ccdp");
            case "frintts" -> Stream.of("fptoint");
            case "fcma" -> Stream.of("complxnum");
            case "pmuv3" -> Stream.of("perfmon");
            case "paca", "pacg" -> Stream.of("pauth");
            case "flagm2" -> Stream.of("altnzcv");
            case "neon" -> Stream.of("neon", "fp-armv8");
            case "fhm" -> Stream.of("fp16fml");
            case "fp16" -> Stream.of("fullfp16");
            default -> Stream.of(feature);
          };
      case "riscv32", "riscv64" ->
          feature.equals("zkne_or_zknd") ? Stream.empty() : Stream.of(feature);
      case "x86", "x86_64" ->
          switch (feature) {
            case "pclmulqdq" -> Stream.of("pclmul");
            case "rdrand" -> Stream.of("rdrnd");
            case "bmi1" -> Stream.of("bmi");
            case "cmpxchg16b" -> Stream.of("cx16");
            case "lahfsahf" -> Stream.of("sahf");
            case "sse4.2" -> Stream.of("sse4.2", "crc32");
            default -> Stream.of(feature);
          };
      default -> Stream.of(feature);
    };
  }

  /// The global options that rustc sets (`configure_llvm`); a user's own of the same name replaces
  /// rustc's.
  private static List<String> llvmArguments(
      JsonNode spec, RustcArguments call, String merge, boolean exceptions) {
    var given = new ArrayList<String>();
    for (var value : call.codegenAll("llvm-args")) {
      Stream.of(value.split("\\s+")).filter(v -> !v.isEmpty()).forEach(given::add);
    }
    spec.path("llvm-args").forEach(v -> given.add(v.asString("")));
    var names = given.stream().map(v -> v.split("=", 2)[0]).collect(Collectors.toSet());
    var arguments = new ArrayList<String>();
    if (spec.path("generate-arange-section").asBoolean(true)
        && !call.unstable("no-generate-arange-section").map(RustcArguments::isYes).orElse(false)) {
      arguments.add("-generate-arange-section");
    }
    if (merge.equals("aliases")) {
      arguments.add("-mergefunc-use-aliases");
    }
    if (exceptions) {
      arguments.add("-wasm-enable-eh");
    }
    arguments.add("-preserve-alignment-assumptions-during-inlining=false");
    arguments.add("-import-cold-multiplier=0.1");
    arguments.removeIf(a -> names.contains(a.split("=", 2)[0]));
    arguments.addAll(given);
    return arguments;
  }
}
