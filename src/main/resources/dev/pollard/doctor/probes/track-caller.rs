//# title: `#[track_caller]` on `async fn`
//# feature: async_fn_track_caller
//# since: unstable since 1.73 (rust-lang/rust#110011)
//# instead: pass `Location::caller()` as an argument from a function that is not async
//# source: #\[track_caller\][^{}]*\basync\s+fn\b
#![deny(ungated_async_fn_track_caller)]
#[track_caller]
pub async fn where_from() -> &'static core::panic::Location<'static> { core::panic::Location::caller() }
