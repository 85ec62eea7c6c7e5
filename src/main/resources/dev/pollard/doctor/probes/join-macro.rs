//# title: `join!` in the standard library
//# feature: future_join
//# since: unstable since 1.59 (rust-lang/rust#91642)
//# instead: `futures_util::join!`, `embassy_futures::join`, `tokio::join!`
//# source: \bjoin!\s*\(|\bjoin_array\s*\(|embassy_futures::join
use core::future::Future;
pub async fn both(a: impl Future<Output = u8>, b: impl Future<Output = u8>) -> (u8, u8) { std::future::join!(a, b).await }
