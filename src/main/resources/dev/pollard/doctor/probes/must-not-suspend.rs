//# title: a warning for guards that are held across an await (`#[must_not_suspend]`)
//# feature: must_not_suspend
//# since: unstable since 1.57 (rust-lang/rust#83310)
//# instead: clippy's `await_holding_lock` and `await_holding_refcell_ref`
//# source: #\[must_not_suspend
#[must_not_suspend]
pub struct Guard;
