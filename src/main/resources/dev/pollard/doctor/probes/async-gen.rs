//# title: `async gen` blocks and functions
//# feature: gen_blocks, async_iterator
//# since: unstable since 1.75 (rust-lang/rust#117078)
//# instead: the crate async-stream, or a state machine in `poll_next`
//# source: \b(async_stream::)?(try_)?stream!\s*[{(\[]
pub fn count() -> impl core::async_iter::AsyncIterator<Item = u8> { async gen { yield 1; yield 2; } }
