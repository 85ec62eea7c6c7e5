package dev.pollard.toolchain;

import java.util.List;
import java.util.Map;

/// The LLVMs that Pollard was tried with. Its C interface is stable by promise, but its IR and its
/// passes are not: with another one the stock artifact stays, unless the user wants to try.
public final class KnownLlvm {
  /// Lets any LLVM pass, for one build.
  public static final String ANY = "POLLARD_ANY_LLVM";

  /// Major versions. 22 is that of rustc 1.95 to 1.97.
  private static final List<String> MAJORS = List.of("22");

  private KnownLlvm() {}

  /// Refuses a rustc with another LLVM.
  ///
  /// @throws ToolchainException with the way out
  public static void require(Toolchain toolchain, Map<String, String> environment)
      throws ToolchainException {
    var major = toolchain.llvmVersion().split("\\.", 2)[0];
    if (!MAJORS.contains(major) && !any(environment)) {
      throw new ToolchainException(
          "Pollard does not know LLVM %s, which rustc %s has: use a rustc with LLVM %s or a newer Pollard, or set %s=1 to try"
              .formatted(
                  toolchain.llvmVersion(), toolchain.release(), String.join(" or ", MAJORS), ANY));
    }
  }

  /// Does this build try whatever LLVM there is?
  public static boolean any(Map<String, String> environment) {
    return !environment.getOrDefault(ANY, "").isEmpty();
  }
}
