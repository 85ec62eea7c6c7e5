package dev.pollard.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.testing.LlvmTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RustSymbolTest {
  /// One of each production of the grammar, among them names of rustc's own tests.
  private static final List<String> V0 =
      List.of(
          "_RNvCs1234_7mycrate3foo",
          "_RNCNvCs1234_7mycrate3foo0",
          "_RNCNvCs1234_7mycrate3foos_0",
          "_RNCNCNvCs1234_7mycrate3foo0s0_0",
          "_RINvCs1234_7mycrate3fooNtB2_3BarE",
          "_RINvCs1234_7mycrate3fooKj5ea_Kj4_E",
          "_RINvC1a1bKb1_Kc41_Kan3_E",
          "_RINvC1a1bKpE",
          "_RNvMC1aNtB2_1T1f",
          "_RNvXs0_C1aINtB5_3FooReENtB5_5Trait1f",
          "_RNvYNtC1a1TNtB4_5Trait1f",
          "_RNSNvC1a1f6vtables_0",
          "_RINvC1a1fRL_eQhPcOdTEThEThmEAhj10_ShE",
          "_RINvC1a1fFUKCmEuE",
          "_RINvC1a1fFG_RL0_hEuE",
          "_RINvC1a1fDNtB2_5Traitp4Itemh5OtherbEL_E",
          "_RNvC1au6gdel_5qa",
          "_RNvC1a1f.llvm.1234567890");

  @Test
  void v0NamesReadAsLlvmPrintsThem() {
    var input = new ArrayList<>(V0);
    List<String> printed = LlvmTool.run(input, "llvm-cxxfilt").lines().toList();
    var ours = input.stream().map(RustSymbol::demangle).toList();
    assertThat(ours).isEqualTo(printed);
  }

  @Test
  void otherNamesStayAsTheyAre() {
    for (String name : List.of("main", "_RNv", "_ZN3foo3barEv", "_R", "", "_RB_", "_RNvB0_1a")) {
      assertThat(RustSymbol.parse(name)).as(name).isEmpty();
    }
  }

  @Test
  void legacyNamesLoseTheirHash() {
    assertThat(
            RustSymbol.demangle("_ZN4core3ptr29drop_in_place$LT$app..Foo$GT$17h0123456789abcdefE"))
        .isEqualTo("core::ptr::drop_in_place<app::Foo>");
    RustSymbol poll =
        RustSymbol.parse("_ZN3app5serve28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE")
            .orElseThrow();
    assertThat(poll.components()).containsExactly("app", "serve", "{closure}");
    assertThat(poll.isClosure()).isTrue();
  }

  @Test
  void machinesHaveShortNames() {
    var names =
        MachineNames.of(
            Map.of(
                "_RNCNvCs1_3app5serve0", CoroutineKind.ASYNC_FN,
                "_RNCNCNvCs1_3app5serve0s_0", CoroutineKind.ASYNC_BLOCK,
                "_RNCINvCs1_3app4sendhE0", CoroutineKind.ASYNC_FN,
                "_RNCINvCs1_3app4sendtE0", CoroutineKind.ASYNC_FN,
                "_RNCNvNvCs1_3app12___blink_task27___blink_task_inner_function0",
                    CoroutineKind.ASYNC_FN));
    assertThat(names.values())
        .containsExactlyInAnyOrder(
            "app::serve",
            "app::serve::{async block#1}",
            "app::send::<u8>::{closure#0}",
            "app::send::<u16>::{closure#0}",
            "app::blink");
  }
}
