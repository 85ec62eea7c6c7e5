//# title: `for await` loops
//# feature: async_for_loop, async_iterator
//# since: unstable since 1.77 (rust-lang/rust#118898)
//# instead: `while let Some(x) = stream.next().await`
//# source: while\s+let\s+Some\s*\([^)]*\)\s*=\s*[^{;]*\.next\(\)\s*\.await
pub async fn sum(s: impl core::async_iter::AsyncIterator<Item = u8>) -> u8 {
    let mut n = 0;
    for await x in s { n += x; }
    n
}
