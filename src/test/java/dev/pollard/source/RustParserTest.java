package dev.pollard.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RustParserTest {
  @Test
  void placesAreThoseOfTheTextWhateverItsBytes() {
    Syntax tree =
        RustParser.parse("fn a() { \"äöü 🦀\"; }\n\nasync fn b(x: u8) -> u8 { g(x).await }\n")
            .orElseThrow();
    Syntax function =
        tree.all().filter(n -> n.is("function_item")).reduce((_, last) -> last).orElseThrow();
    assertThat(function.text()).startsWith("async fn b").endsWith("}");
    assertThat(function.line()).isEqualTo(3);
    assertThat(function.column()).isEqualTo(1);
    assertThat(function.child("name").orElseThrow().text()).isEqualTo("b");
    assertThat(function.child("return_type").orElseThrow().text()).isEqualTo("u8");
    Syntax await = function.all().filter(n -> n.is("await_expression")).findFirst().orElseThrow();
    assertThat(await.text()).isEqualTo("g(x).await");
    assertThat(await.column()).isEqualTo(27);
    assertThat(await.parts().getFirst().text()).isEqualTo("g(x)");
  }

  @Test
  void whatDoesNotParseIsMarkedAndTheRestIsThere() {
    Syntax tree = RustParser.parse("fn a( { }\nfn b() { 1 }\n").orElseThrow();
    assertThat(tree.broken()).isTrue();
    assertThat(tree.all().filter(n -> n.is("function_item") && !n.broken()).map(Syntax::text))
        .contains("fn b() { 1 }");
  }

  @Test
  void whatIsNestedBeyondAnyProgramIsNoTree() {
    assertThat(RustParser.parse("fn a() { " + "(".repeat(5000) + ")".repeat(5000) + " }"))
        .isEmpty();
  }
}
