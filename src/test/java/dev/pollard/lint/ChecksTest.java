package dev.pollard.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
  private static List<Finding> found(Check check, AsyncItem item) {
    return check.of(item, Sources.EMPTY);
  }

  /// The text with a finding's change made.
  private static String changed(Finding finding) {
    return Edit.apply(Map.of(finding.file(), finding.source()), finding.change())
        .getOrDefault(finding.file(), finding.source());
  }

  @Test
  void passThroughReturnsTheFuture() {
    AsyncItem item =
        Sources.item(
            "impl<T: Bus> D<T> {\n    pub async fn read(&mut self, at: u8, to: &mut [u8]) -> Result<(), E> { self.bus.read(at, to).await }\n}\n",
            1);
    List<Finding> found = found(new PassThrough(), item);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().sure()).isTrue();
    assertThat(changed(found.getFirst()))
        .contains(
            "pub fn read(&mut self, at: u8, to: &mut [u8]) -> impl ::core::future::Future<Output ="
                + " Result<(), E>> + use<'_, T> { self.bus.read(at, to) }");
    assertThat(found.getFirst().line()).isEqualTo(2);
  }

  @Test
  void aFunctionThatMayWorkWhenItIsCalledIsNotFixed() {
    AsyncItem item =
        Sources.item(
            "async fn f(x: u8) { g(x).await }",
            Sources.machine(
                8, List.of(Sources.suspend(0, 1, new Held("__awaitee", "it::Timer", 4, 0)))));
    assertThat(found(new PassThrough(), item).getFirst().sure()).isFalse();
  }

  @Test
  void passThroughOfATraitNeedsNoCaptures() {
    AsyncItem item =
        Sources.item("impl R for D { async fn go(&mut self) { self.0.go().await } }", 1);
    assertThat(changed(found(new PassThrough(), item).getFirst()))
        .contains("fn go(&mut self) -> impl ::core::future::Future<Output = ()> { self.0.go() }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "async fn f(x: Vec<u8>) { g(&x).await }",
        "async fn f(x: u8) { g(&make(x)).await }",
        "async fn f(x: u8) { g(x).await; }",
        "async fn f(x: u8) -> u8 { g(x).await? }",
        "async fn f(x: u8) -> u8 { let y = x; g(y).await }",
        "async fn f(x: u8) -> u8 { g(h(x)).await }",
        "async fn f() -> u8 { lock().get().await }",
        "async fn f() { async { 1 }.await }",
        "#[embassy_executor::task]\nasync fn f(x: u8) { g(x).await }",
      })
  void whatDoesMoreThanPassOnIsLeftAlone(String text) {
    assertThat(found(new PassThrough(), Sources.item(text, 1))).isEmpty();
  }

  @Test
  void neverAwaitsGoesByTheMachinesStates() {
    String text = "async fn f(x: u8) -> u8 { x + 1 }";
    List<Finding> found = found(new NeverAwaits(), Sources.item(text, 0));
    assertThat(found).extracting(Finding::rule).containsExactly(Rule.NEVER_AWAITS);
    assertThat(changed(found.getFirst())).isEqualTo("fn f(x: u8) -> u8 { x + 1 }");
    assertThat(found(new NeverAwaits(), Sources.item("async fn f() { wait!() }", 1))).isEmpty();
    assertThat(found(new NeverAwaits(), Sources.items(text).getLast())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#[tokio::main]\nasync fn main() { run() }",
        "#[embassy_executor::task]\nasync fn blink() { run() }",
        "async fn f() { never().await }",
      })
  void whatMustBeAsyncIsLeftAlone(String text) {
    assertThat(found(new NeverAwaits(), Sources.item(text, 0))).isEmpty();
  }

  @Test
  void aMethodOfATraitIsMadeReady() {
    List<Finding> found =
        found(
            new NeverAwaits(),
            Sources.item("impl Pin for P { async fn low(&mut self) -> u8 { self.0 } }", 0));
    assertThat(found).extracting(Finding::rule).containsExactly(Rule.READY_METHOD);
    assertThat(found.getFirst().sure()).isFalse();
    assertThat(changed(found.getFirst()))
        .contains(
            "fn low(&mut self) -> impl ::core::future::Future<Output = u8> {"
                + " ::core::future::ready({ self.0 }) }");
    Finding leaves =
        found(
                new NeverAwaits(),
                Sources.item("impl Pin for P { async fn low(&mut self) -> R { x()? } }", 0))
            .getFirst();
    assertThat(leaves.change()).isEmpty();
  }

  @Test
  void armsThatAwaitTheSameAwaitOnce() {
    AsyncItem item =
        Sources.item(
            """
            async fn f(c: Option<u8>) -> Result<u8, E> {
                let v = match c {
                    Some(n) if n > 3 => read(n).await?,
                    Some(_) => { read(2).await? }
                    None => return Err(E),
                };
                Ok(v)
            }
            """,
            Sources.machine(8, List.of(awaiting(3, "read"), awaiting(4, "read"))));
    List<Finding> found = found(new SameAwait(), item);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().sure()).isTrue();
    assertThat(changed(found.getFirst()))
        .contains("Some(n) if n > 3 => read(n),", "Some(_) => { read(2) }", "    }.await?;");
  }

  private static State awaiting(int line, String function) {
    return Sources.suspend(
        line, line, new Held("__awaitee", "it::%s::{async_fn_env#0}".formatted(function), 4, 0));
  }

  @Test
  void futuresOfDifferentTypesAreNotTheSameAwait() {
    String text = "async fn f(c: bool) {\n  if c { run(A).await }\n  else { run(B).await }\n}\n";
    AsyncItem same =
        Sources.item(
            text, Sources.machine(8, List.of(awaiting(2, "run<A>"), awaiting(3, "run<A>"))));
    AsyncItem different =
        Sources.item(
            text, Sources.machine(8, List.of(awaiting(2, "run<A>"), awaiting(3, "run<B>"))));
    AsyncItem compiledOut = Sources.item(text, Sources.machine(8, List.of(awaiting(2, "run<A>"))));
    assertThat(found(new SameAwait(), same)).hasSize(1);
    assertThat(found(new SameAwait(), different)).isEmpty();
    assertThat(found(new SameAwait(), compiledOut)).isEmpty();
  }

  @Test
  void branchesCountAsArms() {
    AsyncItem item =
        Sources.item(
            "async fn f(c: bool) { if c { s.send(1).await } else if d { s.send(2).await } else { s.send(3).await } }",
            3);
    assertThat(changed(found(new SameAwait(), item).getFirst()))
        .isEqualTo(
            "async fn f(c: bool) { if c { s.send(1) } else if d { s.send(2) } else { s.send(3) }.await }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "async fn f(c: u8) { match c { 0 => a().await, _ => b().await } }",
        "async fn f(c: u8) { match c { 0 => a(1).await, _ => {} } }",
        "async fn f(c: u8) { match c { 0 => a(1).await, _ => { log(); a(2).await } } }",
        "async fn f(c: u8) { match c { 0 => a(1).await?, _ => a(2).await } }",
        "async fn f(c: bool) { if c { a(1).await } }",
      })
  void armsThatDifferAreLeftAlone(String text) {
    assertThat(found(new SameAwait(), Sources.item(text, 2))).isEmpty();
  }

  @Test
  void aValueThatAnArmMovesOutIsNotDroppedEarlier() {
    AsyncItem item =
        Sources.item(
            "async fn f(c: Option<G>) { match c { Some(guard) => a(1).await, None => a(2).await } }",
            2);
    assertThat(found(new SameAwait(), item).getFirst().sure()).isFalse();
  }

  private static AsyncItem withArgument(String text, long atStart, long atSuspend) {
    return Sources.item(
        text,
        Sources.machine(
            160,
            List.of(
                Sources.state("Unresumed", 1, new Held("a", "[u32; 16]", 64, atStart)),
                Sources.suspend(0, 1, new Held("a", "[u32; 16]", 64, atSuspend)))));
  }

  @Test
  void anArgumentThatIsThereTwiceGoesIntoABlock() {
    String text = "async fn f(a: [u32; 16]) -> u32 { wait().await; a[0] }";
    List<Finding> found = found(new ArgumentTwice(), withArgument(text, 0, 64));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().saving().future()).hasValue(64);
    assertThat(found.getFirst().sure()).isTrue();
    assertThat(changed(found.getFirst()))
        .isEqualTo(
            "fn f(a: [u32; 16]) -> impl ::core::future::Future<Output = u32> { async move { wait().await; a[0] } }");
    assertThat(found(new ArgumentTwice(), withArgument(text, 0, 0))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "async fn f(a: [u32; 16], b: Guard) -> u32 { wait().await; a[0] }",
        "async fn f(a: Vec<u8>, b: Guard) -> u32 { wait(&b).await; a[0] }",
        "async fn f(P { a, .. }: P) -> u32 { wait().await; a[0] }",
        "#[embassy_executor::task]\nasync fn f(a: [u32; 16]) -> u32 { wait().await; a[0] }",
      })
  void whereDropsCouldMoveNothingIsFixed(String text) {
    for (Finding finding : found(new ArgumentTwice(), withArgument(text, 0, 64))) {
      assertThat(finding.sure()).isFalse();
    }
  }

  @Test
  void whatIsKeptAcrossAnAwaitIsNamed() {
    String text =
        "async fn f() {\n    let buffer = [0; 2048];\n    let guard = LOCK.lock().unwrap();\n    wait().await;\n}";
    AsyncItem item =
        Sources.item(
            text,
            Sources.machine(
                4200,
                List.of(
                    Sources.suspend(
                        0,
                        4,
                        new Held("buffer", "[u8; 2048]", 2048, 0),
                        new Held("guard", "std::sync::poison::mutex::MutexGuard<u8>", 8, 2048),
                        new Held("__awaitee", "it::wait::{async_fn_env#0}", 1500, 2056)),
                    Sources.suspend(
                        1, 4, new Held("m", "embassy_sync::mutex::MutexGuard<X, u8>", 4, 0)))));
    List<Finding> found = found(new HeldAcross(), item);
    assertThat(found)
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder(Rule.LARGE_LOCAL, Rule.GUARD_HELD, Rule.ASYNC_GUARD_HELD);
    Finding large =
        found.stream().filter(f -> f.rule() == Rule.LARGE_LOCAL).findFirst().orElseThrow();
    assertThat(large.line()).isEqualTo(2);
    assertThat(large.source().substring(large.start(), large.end())).isEqualTo("buffer");
    assertThat(large.saving().future()).hasValue(2048);
  }

  @Test
  void aLocalBesideAStateThatIsAsLargeCostsNothing() {
    AsyncItem item =
        Sources.item(
            "async fn f() { let a = [0; 600]; w().await; let b = [0; 600]; w().await; }",
            Sources.machine(
                610,
                List.of(
                    Sources.suspend(0, 1, new Held("a", "[u8; 600]", 600, 0)),
                    Sources.suspend(1, 1, new Held("b", "[u8; 600]", 600, 0)))));
    assertThat(found(new HeldAcross(), item)).isEmpty();
  }

  @Test
  void everyRuleHasItsPartOfThePage() throws Exception {
    String page = java.nio.file.Files.readString(java.nio.file.Path.of("docs/lint.md"));
    assertThat(Stream.of(Rule.values()).map(r -> "### " + r.id() + "\n"))
        .allSatisfy(h -> assertThat(page).contains(h));
  }
}
