package dev.pollard.mir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.source.RustText;
import org.junit.jupiter.api.Test;

final class TwinTest {
  private static void assertTwin(String source, String expected) {
    assertThat(Twin.of(source, RustText.blanked(source))).isEqualTo(expected);
  }

  @Test
  void takesAsyncAndAwaitAway() {
    assertTwin("pub async fn f() { g().await }", "pub fn f() { g() }");
    assertTwin("async unsafe fn f() {}", "unsafe fn f() {}");
    assertTwin("let a = async { 1 };", "let a = { 1 };");
    assertTwin("let a = async move { x };", "let a = { x };");
    assertTwin("let a = async move |x| x;", "let a = move |x| x;");
    assertTwin("let a = async |x| x;", "let a = |x| x;");
    assertTwin("bus\n    .write(1)\n    .await?;", "bus\n    .write(1)?;");
  }

  @Test
  void leavesTextAndOtherNamesAlone() {
    assertTwin("// async fn f() { g().await }", "// async fn f() { g().await }");
    assertTwin("let a = \"async { x.await }\";", "let a = \"async { x.await }\";");
    assertTwin("my_async(x).await_all()", "my_async(x).await_all()");
    assertTwin("use r#async::Await;", "use r#async::Await;");
  }
}
