//# title: a name for the type of a future (`type F = impl Future`), such as a static for a task needs
//# feature: type_alias_impl_trait
//# since: unstable since 1.38 (rust-lang/rust#63063)
//# instead: `Box<dyn Future>`; embassy's task macro, which finds room for the type without a name
//# source: \btype\s+\w+(\s*<[^=;]*>)?\s*=\s*impl\b|Pin\s*<\s*Box\s*<\s*dyn\s+[^>]*Future
pub type Work = impl core::future::Future<Output = u8>;
#[define_opaque(Work)]
pub fn work() -> Work { async { 7 } }
