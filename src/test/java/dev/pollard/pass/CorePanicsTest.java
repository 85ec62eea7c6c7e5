package dev.pollard.pass;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.config.Panics;
import dev.pollard.llvm.Context;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.TestLlvm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CorePanicsTest {
  @BeforeAll
  static void start() {
    TestLlvm.start();
  }

  @Test
  void noTrapWhereAPanicUnwinds() {
    assertThatThrownBy(() ->
            trap(
                """
                target triple = "x86_64-unknown-linux-gnu"
                define void @throw(ptr %e) {
                  %r = call i32 @_Unwind_RaiseException(ptr %e)
                  unreachable
                }
                declare i32 @_Unwind_RaiseException(ptr)
                """))
        .isInstanceOf(PassException.class)
        .hasMessageContaining("_Unwind_RaiseException")
        .hasMessageContaining("panic = \"abort\"");
  }

  @Test
  void noTrapWhereATrapIsACall() {
    assertThatThrownBy(() -> trap("target triple = \"msp430-none-elf\""))
        .isInstanceOf(PassException.class)
        .hasMessageContaining("would be a call of abort");
  }

  private static void trap(String ir) {
    try (Context context = new Context();
        Module module = context.parseText(ir, "test")) {
      new PassRunner(
              PassOptions.of(module.triple()).with(Panics.TRAP),
              RunnerOptions.quiet(),
              Optional.empty())
          .run(module, List.of(PassRegistry.find("panics").orElseThrow()));
    }
  }
}
