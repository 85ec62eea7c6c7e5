//# title: `async fn` in traits
//# feature: async_fn_in_trait
//# since: stable since 1.75 (rust-lang/rust#91611)
//# instead: where it is missing: the crate async-trait, which boxes each call
//# source: #\[(async_trait::)?async_trait
pub trait Sensor { async fn read(&mut self) -> u16; }
pub async fn twice(s: &mut impl Sensor) -> u16 { s.read().await + s.read().await }
