//# title: `&pin mut` references and pattern matching through `Pin`
//# feature: pin_ergonomics
//# since: unstable since 1.83 (rust-lang/rust#130494), incomplete
//# instead: the crate pin-project or pin-project-lite; `core::pin::pin!`
//# source: \bpin_project(_lite)?!?\b|\.as_mut\(\)\s*\.project\(\)|\bget_unchecked_mut\s*\(|map_unchecked_mut
pub fn again(f: &pin mut impl core::future::Future<Output = ()>) { let _ = f; }
