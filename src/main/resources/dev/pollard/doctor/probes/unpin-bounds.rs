//# title: polling a future by reference without `Unpin` (`&mut f` in select)
//# since: by design: `&mut F` is a future only for `F: Unpin`
//# instead: `core::pin::pin!(f)` on the stack (stable since 1.68), then `&mut f`
//# source: \bUnpin\b\s*[>,{+)]|\+\s*Unpin\b
pub async fn again<F: core::future::Future<Output = ()>>(mut f: F) { (&mut f).await; }
