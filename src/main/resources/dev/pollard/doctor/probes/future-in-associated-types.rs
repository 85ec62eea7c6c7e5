//# title: `impl Future` as an associated type (`type Fut = impl Future`)
//# feature: impl_trait_in_assoc_type
//# since: unstable since 1.70 (rust-lang/rust#63063)
//# instead: `async fn` in the trait; a boxed future; a future written by hand
//# source: \btype\s+\w*Fut\w*\s*=\s*(Pin\s*<\s*Box|impl\b)
pub trait Service { type Fut: core::future::Future<Output = u8>; fn call(&self) -> Self::Fut; }
pub struct Echo;
impl Service for Echo { type Fut = impl core::future::Future<Output = u8>; fn call(&self) -> Self::Fut { async { 1 } } }
