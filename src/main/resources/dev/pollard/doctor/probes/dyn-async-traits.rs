//# title: `dyn` of a trait with `async fn`
//# feature: async_fn_in_dyn_trait
//# since: unstable since 1.85 (rust-lang/rust#133119), incomplete
//# instead: an enum of the implementations; `Box<dyn Future>` by hand or by the crates async-trait and dynosaur
//# source: #\[(async_trait::)?async_trait|(?:dyn\s+(core::|std::)?(future::)?Future\b)|\bBoxFuture\b|\bLocalBoxFuture\b
pub trait Sensor { async fn read(&self) -> u16; }
pub async fn run(s: &dyn Sensor) -> u16 { s.read().await }
