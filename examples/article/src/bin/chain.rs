//! Five futures, each of which only awaits the next: five state bytes where one would do.
#![cfg_attr(target_os = "none", no_std, no_main)]

use article::{device, device_twin};

async fn application<const WAY: bool>(input: u32) -> u32 {
    service::<WAY>(input).await
}

async fn service<const WAY: bool>(input: u32) -> u32 {
    session::<WAY>(input + 1).await
}

async fn session<const WAY: bool>(input: u32) -> u32 {
    transport::<WAY>(input).await
}

async fn transport<const WAY: bool>(input: u32) -> u32 {
    link::<WAY>(input).await
}

async fn link<const WAY: bool>(input: u32) -> u32 {
    device(input).await
}

fn application_twin(input: u32) -> u32 {
    device_twin(input + 1)
}

article::case!(application::<true>, application::<false>, application_twin);
