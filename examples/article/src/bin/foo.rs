//! A future without an await still gets a machine with its states and its panics.
#![cfg_attr(target_os = "none", no_std, no_main)]

async fn foo<const WAY: bool>(input: u32) -> u32 {
    input + 5
}

fn foo_twin(input: u32) -> u32 {
    input + 5
}

article::case!(foo::<true>, foo::<false>, foo_twin);
