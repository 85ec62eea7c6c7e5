//# title: async drop
//# feature: async_drop
//# since: unstable since 1.88 (rust-lang/rust#126482), incomplete
//# instead: an `async fn close(self)` that callers must call; a guard that tells a task of its own to clean up
//# source: \basync\s+fn\s+(close|shutdown|disconnect|flush_and_close)\s*\(\s*(mut\s+)?self\b
use core::{future::AsyncDrop, pin::Pin};
pub struct Bus;
impl Drop for Bus { fn drop(&mut self) {} }
impl AsyncDrop for Bus { async fn drop(self: Pin<&mut Self>) {} }
