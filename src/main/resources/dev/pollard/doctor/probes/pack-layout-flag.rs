//# title: `-Zpack-coroutine-layout`: locals of a coroutine share room in more cases
//# flag: pack-coroutine-layout
//# since: goal of the Rust project (rust-lang/rust-project-goals#622)
//# instead: smaller scopes around large locals, so that they end before the next await
