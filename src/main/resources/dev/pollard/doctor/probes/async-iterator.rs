//# title: `AsyncIterator` in the standard library
//# feature: async_iterator
//# since: unstable since 1.51 (rust-lang/rust#79024, November 2020)
//# instead: `futures_core::Stream`; in new code often a method `async fn next(&mut self)` is enough
//# source: \bfn\s+poll_next\s*\(|\bimpl\b[^{;]*\bStream\b\s*for\b
pub fn takes(_: impl core::async_iter::AsyncIterator<Item = u8>) {}
