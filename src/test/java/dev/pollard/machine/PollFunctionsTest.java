package dev.pollard.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.llvm.Context;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.TestLlvm;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PollFunctionsTest {
  private static final String LEGACY =
      "_ZN4core9panicking11panic_const28panic_const_async_fn_resumed17h0123456789abcdefE";

  /// `main` calls `outer` calls `inner`; `inner` and `other` are machines.
  private static final String IR =
      """
      define void @main() {
        call void @outer()
        call void @plain()
        ret void
      }
      define void @outer() {
        call void @inner()
        ret void
      }
      define void @inner() {
        call void @RESUMED()
        unreachable
      }
      define void @other(ptr %f) {
        call void %f()
        call void @RESUMED()
        unreachable
      }
      define void @plain() {
        call void @_ZN4core9panicking5panic17h0123456789abcdefE()
        unreachable
      }
      define void @RESUMED() {
        call void @_ZN4core9panicking5panic17h0123456789abcdefE()
        unreachable
      }
      declare void @_ZN4core9panicking5panic17h0123456789abcdefE()
      """;

  @BeforeAll
  static void start() {
    TestLlvm.start();
  }

  private static PollFunctions of(String ir) {
    try (Context context = new Context();
        Module module = context.parseText(ir, "test.ll")) {
      return PollFunctions.of(module);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LEGACY,
        "_ZN4core9panicking11panic_const32panic_const_async_gen_fn_resumed17h0123456789abcdefE",
        "_ZN4core9panicking11panic_const29panic_const_coroutine_resumed17h0123456789abcdefE",
        "_RNvNtNtCs1234_4core9panicking11panic_const28panic_const_async_fn_resumed",
        "_RNvNtNtCs1234_4core9panicking11panic_const23panic_const_gen_fn_none"
      })
  void whoCallsTheResumedPanicIsAPollFunction(String symbol) {
    var found = of(IR.replace("RESUMED", symbol));
    assertThat(found.polls()).containsExactly("inner", "other");
    assertThat(found.callers())
        .containsOnly(
            Map.entry("inner", Set.of("outer")),
            Map.entry("outer", Set.of("main")),
            Map.entry("main", Set.of()),
            Map.entry("other", Set.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_ZN4core9panicking11panic_const24panic_const_add_overflow17h0123456789abcdefE",
        "_ZN3app23panic_const_gen_fn_some17h0123456789abcdefE",
        "_ZN3app8resumed17h0123456789abcdefE"
      })
  void otherPanicsMakeNoPollFunction(String symbol) {
    assertThat(of(IR.replace("RESUMED", symbol))).isEqualTo(PollFunctions.NONE);
  }

  @Test
  void aPollFunctionThatIsThereHoldsItself() {
    assertThat(of(IR.replace("RESUMED", LEGACY)).holders("inner", Set.of("inner", "outer", "main")))
        .containsExactly("inner");
  }

  @Test
  void anInlinedPollFunctionIsHeldByTheNextCallerThatIsThere() {
    var found = of(IR.replace("RESUMED", LEGACY));
    assertThat(found.holders("inner", Set.of("outer", "main"))).containsExactly("outer");
    assertThat(found.holders("inner", Set.of("main"))).containsExactly("main");
    assertThat(found.holders("inner", Set.of("plain"))).isEmpty();
  }

  @Test
  void severalCallersHoldAndACycleEnds() {
    var found =
        of(
            """
            define void @a() {
              call void @poll()
              ret void
            }
            define void @b() {
              call void @poll()
              call void @poll()
              ret void
            }
            define void @poll() {
              call void @poll()
              call void @RESUMED()
              unreachable
            }
            declare void @RESUMED()
            """
                .replace("RESUMED", LEGACY));
    assertThat(found.polls()).containsExactly("poll");
    assertThat(found.callers().get("poll")).containsExactly("a", "b", "poll");
    assertThat(found.holders("poll", Set.of("a", "b"))).containsExactlyInAnyOrder("a", "b");
    assertThat(found.holders("poll", Set.of())).isEmpty();
  }
}
