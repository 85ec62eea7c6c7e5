package dev.pollard.pass;

import dev.pollard.llvm.Constant;
import dev.pollard.llvm.DataLayout;
import dev.pollard.llvm.GlobalValue.Linkage;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Value;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps byte buffers in RAM at the alignment that the program gave them.
///
/// LLVM's code generation for ARM raises the alignment of a global that a `memset` or `memcpy` gets
/// as it is, so that the call may go word by word. Each such buffer of odd size then costs up to
/// three bytes of RAM, and a program that was inlined otherwise than stock has other such calls. A
/// global with a section keeps its alignment, so each buffer asks for the section that it would get
/// anyway.
///
/// ```
/// @BUF = internal global [257 x i8] zeroinitializer, align 1
/// @BUF = internal global [257 x i8] zeroinitializer, section ".bss.BUF", align 1
/// ```
///
/// Sound because the section is the one that code generation with a section for each global (as
/// rustc's is) chooses by itself, so that linker scripts see no difference.
public final class StaticAlignment implements ModulePass {
  /// Smaller ones LLVM may merge into one global, which it does not for those with a section; its
  /// limit on ARM is 127 bytes.
  private static final long LEAST_BYTES = 128;

  private static final int WORD = 4;
  private static final String ZEROED = ".bss.";
  private static final Pattern ARM = Pattern.compile("(arm|thumb)[^-]*-.*-eabi(hf)?");
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.$]+");

  @Override
  public PassInfo info() {
    return new PassInfo(
        "static-alignment",
        "byte buffers keep the alignment that the program gave them",
        PassInfo.Level.FIRMWARE,
        Set.of());
  }

  @Override
  public long run(Module module, PassContext context) {
    String triple = module.triple();
    if (!context.options().firmware() || !ARM.matcher(triple).matches()) {
      return 0;
    }
    DataLayout layout = module.layout();
    long changed = 0;
    for (GlobalVariable global : module.globals()) {
      if (isBuffer(global, layout) && context.mayChangeModule()) {
        global.setSection(ZEROED + global.name());
        changed++;
      }
    }
    return changed;
  }

  private static boolean isBuffer(GlobalVariable global, DataLayout layout) {
    Linkage linkage = global.linkage();
    Optional<Value> initializer = global.initializer();
    return initializer.isPresent()
        && (linkage == Linkage.INTERNAL || linkage == Linkage.EXTERNAL)
        && !global.isConstant()
        && !global.isThreadLocal()
        && !global.isExternallyInitialized()
        && !global.hasComdat()
        && global.section().isEmpty()
        && global.alignment() > 0
        && global.alignment() < WORD
        && layout.allocSize(global.valueType()) >= LEAST_BYTES
        && PLAIN_NAME.matcher(global.name()).matches()
        && isZeroed(initializer.get());
  }

  /// Whether a global that begins as `value` takes no room in flash: LLVM's own rule.
  private static boolean isZeroed(Value value) {
    if (value.isZero() || value.isUndef()) {
      return true;
    }
    if (!(value instanceof Constant constant) || constant.isExpression()) {
      return false;
    }
    int index = 0;
    for (Optional<Value> part = constant.element(0); part.isPresent(); index++) {
      if (!isZeroed(part.get())) {
        return false;
      }
      part = constant.element(index + 1);
    }
    return index > 0;
  }
}
