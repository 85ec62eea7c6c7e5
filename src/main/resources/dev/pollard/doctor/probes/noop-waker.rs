//# title: `Waker::noop`
//# feature: noop_waker
//# since: stable since 1.85 (rust-lang/rust#98286)
//# instead: where it is missing: `futures_util::task::noop_waker`, or a `RawWakerVTable` of functions that do nothing
//# source: \bRawWakerVTable::new\s*\(
pub fn poll_once(f: core::pin::Pin<&mut dyn core::future::Future<Output = ()>>) -> bool {
    f.poll(&mut core::task::Context::from_waker(core::task::Waker::noop())).is_ready()
}
