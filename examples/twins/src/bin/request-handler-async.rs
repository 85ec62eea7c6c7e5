//! A device's HTTP server, async: requests of one kept-alive connection, answered in turn.
#![cfg_attr(target_os = "none", no_std, no_main)]

use twins::executor::block_on;
use twins::request_handler::{AsyncConnection, Device, SCRIPT};
use twins::serial::Serial;
use twins::trace::Trace;

async fn run(trace: &Trace) -> Result<(), &'static str> {
    let mut device = Device::default();
    for _ in 0..4 {
        let mut connection = AsyncConnection::new(Serial::new(trace, SCRIPT), &mut device);
        connection.serve().await.map_err(|_| "connection\n")?;
    }
    Ok(())
}

twins::main!(|trace| block_on(run(trace)));
