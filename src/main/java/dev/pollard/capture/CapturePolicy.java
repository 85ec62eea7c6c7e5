package dev.pollard.capture;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides what becomes of one rustc call: the front script passes on what is certainly no final
/// artifact; this class, which knows all of the command line, decides the rest.
///
/// Options are allowed by name, not denied by name: an option that nobody has looked at may change
/// code generation in a way that Pollard cannot repeat, and then the stock artifact stays.
public final class CapturePolicy {
  /// Code generation options that are repeated in the target's settings, carried by the bitcode, or
  /// only matter before the bitcode or in the link command.
  private static final Set<String> CODEGEN =
      Set.of(
          "ar",
          "code-model",
          "codegen-units",
          "collapse-macro-debuginfo",
          "control-flow-guard",
          "debug-assertions",
          "debuginfo",
          "default-linker-libraries",
          "dlltool",
          "dwarf-version",
          "embed-bitcode",
          "extra-filename",
          "force-frame-pointers",
          "force-unwind-tables",
          "inline-threshold",
          "jump-tables",
          "link-arg",
          "link-args",
          "link-dead-code",
          "link-self-contained",
          "linker",
          "linker-features",
          "linker-flavor",
          "llvm-args",
          "lto",
          "metadata",
          "no-redzone",
          "no-stack-check",
          "no-vectorize-loops",
          "no-vectorize-slp",
          "opt-level",
          "overflow-checks",
          "panic",
          "prefer-dynamic",
          "relocation-model",
          "relro-level",
          "soft-float",
          "split-debuginfo",
          "strip",
          "symbol-mangling-version",
          "target-cpu",
          "target-feature",
          "unsafe-allow-abi-mismatch");

  /// Unstable options that only act before the bitcode is made, are carried by it, or are repeated
  /// in the target's settings (rustc 1.96's list, and two proposals about async).
  private static final Set<String> UNSTABLE =
      Set.of(
          "allow-features",
          "always-encode-mir",
          "annotate-moves",
          "async-panic",
          "binary-dep-depinfo",
          "box-noalias",
          "branch-protection",
          "cache-proc-macros",
          "cf-protection",
          "check-cfg-all-expected",
          "checksum-hash-algorithm",
          "contract-checks",
          "crate-attr",
          "cross-crate-inline-threshold",
          "debug-info-type-line-numbers",
          "deduplicate-diagnostics",
          "default-visibility",
          "dep-info-omit-d-target",
          "direct-access-external-data",
          "dual-proc-macros",
          "dwarf-version",
          "embed-metadata",
          "embed-source",
          "emit-stack-sizes",
          "emscripten-wasm-eh",
          "enforce-type-length-limit",
          "export-executable-symbols",
          "fewer-names",
          "flatten-format-args",
          "fmt-debug",
          "force-unstable-if-unmarked",
          "function-return",
          "function-sections",
          "has-thread-local",
          "hint-mostly-unused",
          "human-readable-cgu-names",
          "indirect-branch-cs-prefix",
          "inline-llvm",
          "inline-mir",
          "inline-mir-forwarder-threshold",
          "inline-mir-hint-threshold",
          "inline-mir-preserve-debug",
          "inline-mir-threshold",
          "link-directives",
          "link-native-libraries",
          "llvm-module-flag",
          "location-detail",
          "macro-backtrace",
          "merge-functions",
          "min-function-alignment",
          "min-recursion-limit",
          "mir-enable-passes",
          "mir-include-spans",
          "mir-opt-bisect-limit",
          "mir-opt-level",
          "mir-preserve-ub",
          "mir-strip-debuginfo",
          "move-size-limit",
          "mutable-noalias",
          "namespaced-crates",
          "next-solver",
          "no-generate-arange-section",
          "no-parallel-backend",
          "no-trait-vptr",
          "on-broken-pipe",
          "osx-rpath-install-name",
          "pack-coroutine-layout",
          "packed-bundled-libs",
          "packed-stack",
          "panic-abort-tests",
          "panic-in-drop",
          "patchable-function-entry",
          "plt",
          "polonius",
          "precise-enum-drop-elaboration",
          "pre-link-arg",
          "pre-link-args",
          "proc-macro-backtrace",
          "proc-macro-execution-strategy",
          "profile-closures",
          "randomize-layout",
          "layout-seed",
          "reg-struct-return",
          "regparm",
          "relax-elf-relocations",
          "remap-cwd-prefix",
          "saturating-float-casts",
          "share-generics",
          "simulate-remapped-rust-src-base",
          "span-debug",
          "split-dwarf-inlining",
          "src-hash-algorithm",
          "stack-protector",
          "terminal-urls",
          "threads",
          "tiny-const-eval-limit",
          "tls-model",
          "track-diagnostics",
          "translate-remapped-path-to-local-path",
          "trap-unreachable",
          "trim-diagnostic-paths",
          "tune-cpu",
          "typing-mode-borrowck",
          "ub-checks",
          "uninit-const-chunk-threshold",
          "unstable-options",
          "use-sync-unwind",
          "validate-mir",
          "verbose-asm",
          "verbose-internals",
          "verify-llvm-ir",
          "wasi-exec-model",
          "wasm-c-abi",
          "write-long-types-to-disk");

  private CapturePolicy() {}

  /// What to do with a call.
  public sealed interface Decision {
    /// No final artifact, or nothing to prune in it: pass it on without a word.
    record PassOn() implements Decision {}

    /// A final artifact that stays stock.
    ///
    /// @param reason one line for people
    record Stock(String reason) implements Decision {}

    /// One rustc call makes the artifact and what is to be captured.
    record Prune() implements Decision {}

    /// cargo asks for a cdylib and an rlib at once, which rules out LTO in one call: the call runs
    /// as asked, then a second one makes the cdylib alone with fat LTO.
    record PruneCdylibApart() implements Decision {}
  }

  /// Names the profile that `pollard build` builds with, where that is one to prune. There an
  /// artifact that is passed over is told; under plain cargo it may be of any profile.
  public static final String PROFILE = "POLLARD_PROFILE";

  /// Decides about one call, in its environment.
  public static Decision decide(RustcCall call) {
    return decide(call.arguments(), !call.environment().getOrDefault(PROFILE, "").isEmpty());
  }

  /// Decides about one call.
  ///
  /// @param meant whether the artifacts of this build are to be pruned, all of them
  static Decision decide(RustcArguments call, boolean meant) {
    var types = call.crateTypes();
    boolean test = call.has("--test");
    boolean cdylib = types.contains("cdylib") && !test;
    // rustc's default: cargo names no type for a bench or a test that has a main function.
    boolean bin = test || types.contains("bin") || types.isEmpty();
    var name = call.crateName().orElse("");
    if (name.startsWith("build_script_")
        || types.contains("proc-macro")
        || !(bin || cdylib)
        || !call.emits().contains("link")
        || call.outDir().isEmpty()
        || !call.values("--print").isEmpty()) {
      return new Decision.PassOn();
    }
    switch (call.optLevel()) {
      case "0", "1" -> {
        return passedOver(meant, "opt-level is " + call.optLevel() + ": set 2, 3, s or z");
      }
      default -> {}
    }
    var others = types.stream().filter(t -> !List.of("cdylib", "rlib", "lib").contains(t)).toList();
    boolean apart = cdylib && types.size() > 1;
    // cargo leaves bitcode beside the objects of dependencies, and says neither of these, if the
    // profile asks for LTO.
    boolean bitcode =
        call.codegen("embed-bitcode").isEmpty()
            && call.codegen("linker-plugin-lto").isEmpty()
            && call.codegen("lto").isEmpty();
    if (apart && !others.isEmpty()) {
      return passedOver(meant, "crate type " + others.getFirst() + " beside cdylib rules out LTO");
    }
    if (apart ? !bitcode : !call.lto().equals("fat")) {
      return passedOver(
          meant,
          "LTO is %s where fat is needed: RUSTFLAGS, rustflags in a configuration file or --config set it"
              .formatted(call.lto()));
    }
    return obstacle(call)
        .<Decision>map(Decision.Stock::new)
        .orElse(apart ? new Decision.PruneCdylibApart() : new Decision.Prune());
  }

  private static Decision passedOver(boolean meant, String reason) {
    return meant ? new Decision.Stock(reason) : new Decision.PassOn();
  }

  private static Optional<String> obstacle(RustcArguments call) {
    for (var option : call.codegenNames()) {
      if (!CODEGEN.contains(option)) {
        if (option.equals("rpath") && !call.codegenOn("rpath")) {
          continue;
        }
        return Optional.of("-C " + option + " is not known to survive a prune");
      }
    }
    for (var option : call.unstableNames()) {
      if (!UNSTABLE.contains(option)) {
        return Optional.of("-Z " + option + " is not known to survive a prune");
      }
    }
    boolean debug =
        !List.of("0", "none")
            .contains(call.codegen("debuginfo").orElse(call.has("-g") ? "2" : "0"));
    var split = call.codegen("split-debuginfo").orElse("off");
    if (debug && !split.equals("off")) {
      return Optional.of("split debug info (split-debuginfo=" + split + ") is not rewritten");
    }
    if (!call.values("-o").isEmpty()
        || call.emits().stream().anyMatch(e -> e.startsWith("link="))) {
      return Optional.of("the artifact's path is given by -o or --emit link=…");
    }
    return Optional.empty();
  }
}
