//# title: async closures, and bounds on them (`AsyncFn`)
//# feature: async_closure
//# since: stable since 1.85 (rust-lang/rust#62290)
//# instead: where it is missing: `|| async move { … }` with an owned argument
//# source: \|[^|\n]*\|\s*async\s+(move\s+)?\{
async fn twice(f: impl AsyncFn(u8) -> u8) -> u8 { f(1).await + f(2).await }
pub async fn run(base: u8) -> u8 { twice(async |x| x + base).await }
