//! A device's HTTP server, blocking: requests of one kept-alive connection, answered in turn.
#![cfg_attr(target_os = "none", no_std, no_main)]

use twins::request_handler::{Connection, Device, SCRIPT};
use twins::serial::Serial;
use twins::trace::Trace;

fn run(trace: &Trace) -> Result<(), &'static str> {
    let mut device = Device::default();
    for _ in 0..4 {
        let mut connection = Connection::new(Serial::new(trace, SCRIPT), &mut device);
        connection.serve().map_err(|_| "connection\n")?;
    }
    Ok(())
}

twins::main!(|trace| run(trace));
