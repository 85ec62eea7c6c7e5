//! Two awaits of a future that never suspends.
#![cfg_attr(target_os = "none", no_std, no_main)]

async fn foo<const WAY: bool>(input: u32) -> u32 {
    input + 5
}

async fn bar<const WAY: bool>(input: u32) -> u32 {
    foo::<WAY>(input).await + foo::<WAY>(input * 2).await
}

fn foo_twin(input: u32) -> u32 {
    input + 5
}

fn bar_twin(input: u32) -> u32 {
    foo_twin(input) + foo_twin(input * 2)
}

article::case!(bar::<true>, bar::<false>, bar_twin);
