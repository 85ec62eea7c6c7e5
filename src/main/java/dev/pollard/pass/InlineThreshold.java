package dev.pollard.pass;

import dev.pollard.llvm.Function;
import dev.pollard.llvm.Module;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sets the cost up to which LLVM's inliner inlines, by an attribute on each callee:
/// `inline-threshold(50)`. `-Oz` has 5, `-Os` 50; what is best for bytes differs per program.
///
/// Sound: which calls are inlined is no part of what a program means, and rustc never sets this
/// attribute itself. A second threshold in one pipeline replaces the first.
///
/// ```
/// define void @f() minsize   ->   define void @f() minsize "function-inline-threshold"="50"
/// ```
///
/// @param threshold LLVM's cost units, about 5 per instruction
record InlineThreshold(int threshold) implements ModulePass {
  private static final String ATTRIBUTE = "function-inline-threshold";
  private static final String NAME = "inline-threshold";
  private static final Pattern SPELLING = Pattern.compile(NAME + "(?:\\((\\d{1,6})\\))?");

  /// Without a number: the most frequent best one of the programs measured.
  static final InlineThreshold USUAL = new InlineThreshold(50);

  /// The pass of that spelling.
  static Optional<Pass> parse(String text) {
    Matcher matcher = SPELLING.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        matcher.group(1) == null ? USUAL : new InlineThreshold(Integer.parseInt(matcher.group(1))));
  }

  @Override
  public PassInfo info() {
    return new PassInfo(
        NAME,
        "set the cost up to which LLVM inlines: inline-threshold(50)",
        PassInfo.Level.SIZE,
        Set.of());
  }

  @Override
  public long run(Module module, PassContext context) {
    String value = Integer.toString(threshold);
    long changed = 0;
    for (Function function : module.functions()) {
      if (!function.isDeclaration()
          && !function.attributes().string(ATTRIBUTE).equals(Optional.of(value))
          && context.mayChange(function)) {
        function.attributes().set(ATTRIBUTE, value);
        changed++;
      }
    }
    return changed;
  }
}
