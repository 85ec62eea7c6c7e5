//# title: `LocalWaker`: a waker that needs no atomics
//# feature: local_waker
//# since: unstable since 1.77 (rust-lang/rust#118959)
//# instead: an executor that wakes by a flag of its own, as embassy does
//# source: \bLocalWaker\b
pub fn takes(_: &core::task::LocalWaker) {}
