package dev.pollard.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.lint.AsyncItem.Kind;
import dev.pollard.lint.AsyncItem.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncItemsTest {
  @Test
  void functionsKnowWhatTheyBelongTo() {
    List<AsyncItem> items =
        Sources.items(
            """
            async fn free() {}
            impl<T> A<T> { pub async fn method<'a>(&'a self) {} }
            impl B for A<u8> { async fn asked(&self) {} }
            trait B { async fn default(&self) {} async fn required(&self); }
            mod inner { pub(crate) async unsafe fn deep() {} fn not() {} }
            """);
    assertThat(items)
        .extracting(AsyncItem::name)
        .containsExactly("free", "method", "asked", "default", "deep");
    assertThat(items)
        .extracting(AsyncItem::owner)
        .containsExactly(Owner.NOTHING, Owner.TYPE, Owner.TRAIT_IMPL, Owner.TRAIT, Owner.NOTHING);
    assertThat(items.get(1).generics()).hasSize(2);
  }

  @Test
  void blocksAndClosuresAreItemsOfTheirOwn() {
    List<AsyncItem> items =
        Sources.items(
            """
            async fn outer() {
                let a = async move { inner().await };
                let b = async |x: u8| other(x).await;
                a.await;
            }
            """);
    assertThat(items)
        .extracting(AsyncItem::kind)
        .containsExactly(Kind.FUNCTION, Kind.BLOCK, Kind.CLOSURE);
    assertThat(items.getFirst().awaits()).extracting(a -> a.text()).containsExactly("a.await");
    assertThat(items.get(1).awaits()).extracting(a -> a.text()).containsExactly("inner().await");
  }

  @Test
  void testsAreLeftOut() {
    List<AsyncItem> items =
        Sources.items(
            """
            #[cfg(test)]
            mod tests { async fn helper() {} }
            #[tokio::test]
            async fn checks() {}
            #[cfg(feature = "test")]
            async fn stays() {}
            """);
    assertThat(items).extracting(AsyncItem::name).containsExactly("stays");
  }

  @Test
  void attributesThatMakeSomethingElseOfAFunctionAreTold() {
    List<AsyncItem> items =
        Sources.items(
            """
            #[inline]
            /// Words.
            #[cfg(feature = "x")]
            #[allow(clippy::all)]
            async fn plain() {}
            #[embassy_executor::task(pool_size = 2)]
            async fn task() {}
            """);
    assertThat(items).extracting(AsyncItem::isRewritten).containsExactly(false, true);
  }

  @Test
  void commentsSilenceOnTheLineAndAboveIt() {
    List<AsyncItem> items =
        Sources.items(
            """
            // pollard: allow(pass-through, box-pin)
            #[inline]
            async fn above() {}
            async fn beside() {} // pollard: allow(never-awaits)

            // pollard: allow(never-awaits)

            async fn apart() {}
            """);
    assertThat(items.get(0).silenced()).containsExactlyInAnyOrder("pass-through", "box-pin");
    assertThat(items.get(1).silenced()).containsExactly("never-awaits");
    assertThat(items.get(2).silenced()).isEmpty();
  }
}
