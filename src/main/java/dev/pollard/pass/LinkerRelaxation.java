package dev.pollard.pass;

import dev.pollard.llvm.Function;
import dev.pollard.llvm.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Lets the linker make RISC-V calls shorter.
///
/// A call takes two instructions, `auipc` and `jalr`, since nobody knows before the link how far it
/// goes. With the feature `relax` each is marked, and the linker makes a `jal` of those that go
/// less than a mebibyte, half as long, or a `c.jal` of two bytes. rustc does not ask for it.
///
/// ```
/// attributes #0 = { "target-features"="+m,+a,+c" }
/// attributes #0 = { "target-features"="+m,+a,+c,+relax" }
/// ```
///
/// Sound because both forms of a call do the same but for a register that no caller may read after
/// it, and the linker moves whatever else knows a distance. A module is left alone where that may
/// not be so: a linker that relaxes more than it must, inline assembly that may count on the length
/// of what is relaxed, and functions that stay as they are, but may share code with others.
final class LinkerRelaxation implements ModulePass {
  private static final String ATTRIBUTE = "target-features";
  private static final Pattern RELAXED = Pattern.compile("(^|,)\\+relax(,|$)");
  private static final Pattern EXACT = Pattern.compile("(^|,)-relax(,|$)");

  /// The pseudo-instructions that a linker relaxes, now or some day, and what is behind them.
  private static final Predicate<String> RELAXABLE =
      Pattern.compile(
              "\\b(call|tail|jump|auipc|l?la|lga)\\b|%(tls|tp|got|pc|hi|lo)",
              Pattern.CASE_INSENSITIVE)
          .asPredicate();

  /// A distance between labels, which the assembler may need to know before the linker has moved
  /// them: it gives up then, and so would the whole program.
  private static final Predicate<String> MEASURES =
      Pattern.compile("[\\w.)]\\s*-\\s*([a-zA-Z_.$(]|\\d+[fb]\\b)").asPredicate();

  /// How much an alignment takes depends on where it lies, which may differ.
  private static final Predicate<String> ALIGNS = Pattern.compile("\\.(b|p2)?align").asPredicate();

  /// A distance from here, or one that is a number; a local label (`1f`) is none.
  private static final Predicate<String> COUNTS =
      Pattern.compile(
              "(^|[^\\w.])\\.\\s*[-+]|"
                  + "(?<![.\\w])(c\\.)?(b[a-z]+|j|jal)\\s([^\\n;]*,)?\\s*[-+]?\\d+\\s*($|[\\n;#])",
              Pattern.CASE_INSENSITIVE)
          .asPredicate();

  @Override
  public PassInfo info() {
    return new PassInfo(
        "linker-relaxation",
        "the linker makes RISC-V calls shorter",
        PassInfo.Level.FIRMWARE,
        Set.of());
  }

  @Override
  public long run(Module module, PassContext context) {
    if (!context.options().firmware()
        || !context.options().shortensCalls()
        || !module.triple().startsWith("riscv")) {
      return 0;
    }
    List<Function> relaxed = new ArrayList<>();
    for (Function function : module.functions()) {
      String features = function.attributes().string(ATTRIBUTE).orElse("");
      if (function.isDeclaration() || RELAXED.matcher(features).find()) {
        continue;
      }
      boolean stays =
          features.isEmpty() || EXACT.matcher(features).find() || context.isExempt(function);
      if (hasLengths(function) || (stays && mayShareCode(function))) {
        return 0;
      }
      if (!stays) {
        relaxed.add(function);
      }
    }
    if (relaxed.isEmpty() || !context.mayChangeModule()) {
      return 0;
    }
    for (Function function : relaxed) {
      var attributes = function.attributes();
      attributes.set(ATTRIBUTE, attributes.string(ATTRIBUTE).orElseThrow() + ",+relax");
    }
    return relaxed.size();
  }

  /// Whether LLVM's outliner may move code of `function` to where code of others is, too: the
  /// linker could take away the first of two instructions there, and not know the second here.
  private static boolean mayShareCode(Function function) {
    return function.attributes().has("minsize") && !function.attributes().has("naked");
  }

  /// Whether inline assembly in `function` may know how long something is that relaxation shortens.
  /// It matters wherever it is: it may yet be inlined.
  private static boolean hasLengths(Function function) {
    for (var block : function.blocks()) {
      for (var instruction : block.instructions()) {
        if (instruction.assembly().filter(LinkerRelaxation::hasLengths).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasLengths(String assembly) {
    return RELAXABLE.test(assembly)
        || MEASURES.test(assembly)
        || (ALIGNS.test(assembly) && COUNTS.test(assembly));
  }
}
