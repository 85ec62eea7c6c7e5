//# title: bounds on the future of an `async fn` in a trait (`T::read(..): Send`)
//# feature: return_type_notation
//# since: unstable since 1.70 (rust-lang/rust#109417), incomplete
//# instead: `fn read(&mut self) -> impl Future<Output = u16> + Send` in the trait; the crate trait-variant
//# source: ->\s*impl\s+(core::future::|std::future::)?Future\s*<[^{;]*>\s*\+\s*Send
pub trait Sensor { async fn read(&mut self) -> u16; }
pub fn spawn<T: Sensor<read(..): Send> + Send + 'static>(_: T) {}
