package dev.pollard.llvm;

import java.nio.file.Path;
import java.util.Arrays;

/// Emits one object in a process of its own, because LLVM's options are process-wide; a compact one
/// of the same module first, beside it. Arguments: library, triple, level, input, output, then
/// LLVM's options.
public final class EmitMain {
  private EmitMain() {}

  /// Emits and ends.
  public static void main(String[] arguments) throws Exception {
    LibLlvm.start(Path.of(arguments[0]), Arrays.asList(arguments).subList(5, arguments.length));
    String triple = arguments[1];
    CodeGenLevel level = CodeGenLevel.valueOf(arguments[2]);
    Path object = Path.of(arguments[4]);
    boolean emitted =
        BigStack.call(() -> {
          try (Context context = new Context();
              Module module = context.parse(Path.of(arguments[3]))) {
            LibLlvm.with(
                CodeGenOptions.compact(triple),
                () -> {
                  try (Module copy = module.copy()) {
                    emit(copy, triple, level, object.resolveSibling("compact.o"));
                  }
                });
            emit(module, triple, level, object);
          }
          return true;
        });
    System.exit(emitted ? 0 : 1);
  }

  private static void emit(Module module, String triple, CodeGenLevel level, Path object) {
    try (TargetMachine machine = TargetMachine.create(triple, level)) {
      machine.emitObject(module, object);
    }
  }
}
