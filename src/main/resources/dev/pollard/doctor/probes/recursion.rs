//# title: an `async fn` that calls itself without a box
//# since: refused by design (E0733); with `Box::pin(…).await` since 1.77
//# instead: `Box::pin(f(n - 1)).await`; a loop with a stack of its own where there is no heap
//# source: Box::pin\s*\(\s*\w+\s*\([^;]*\)\s*\)\s*\.await
pub async fn down(n: u8) -> u8 { if n == 0 { 0 } else { down(n - 1).await } }
