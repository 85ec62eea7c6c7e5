//! Four arms that await the same function: four suspend states where one would do.
#![cfg_attr(target_os = "none", no_std, no_main)]

use article::{device, device_twin};

async fn command<const WAY: bool>(input: u32) -> u32 {
    match input % 4 {
        0 => device(1).await,
        1 => device(input).await,
        2 => device(input + 7).await,
        _ => device(input ^ 0x55).await,
    }
}

fn command_twin(input: u32) -> u32 {
    match input % 4 {
        0 => device_twin(1),
        1 => device_twin(input),
        2 => device_twin(input + 7),
        _ => device_twin(input ^ 0x55),
    }
}

article::case!(command::<true>, command::<false>, command_twin);
