package dev.pollard.llvm;

import java.nio.file.Path;
import java.util.Arrays;

/// Emits one object in a process of its own, because LLVM's options are process-wide. Arguments:
/// library, triple, level, input, output, then LLVM's options.
public final class EmitMain {
  private EmitMain() {}

  /// Emits and ends.
  public static void main(String[] arguments) throws Exception {
    LibLlvm.start(Path.of(arguments[0]), Arrays.asList(arguments).subList(5, arguments.length));
    boolean emitted =
        BigStack.call(() -> {
          try (Context context = new Context();
              Module module = context.parse(Path.of(arguments[3]));
              TargetMachine machine =
                  TargetMachine.create(arguments[1], CodeGenLevel.valueOf(arguments[2]))) {
            machine.emitObject(module, Path.of(arguments[4]));
          }
          return true;
        });
    System.exit(emitted ? 0 : 1);
  }
}
