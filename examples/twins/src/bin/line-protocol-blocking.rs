//! A bench power supply on a UART, blocking: a line in, a line out.
#![cfg_attr(target_os = "none", no_std, no_main)]

use twins::line_protocol::{SCRIPT, Supply};
use twins::serial::Serial;
use twins::trace::Trace;

fn run(trace: &Trace) -> Result<(), &'static str> {
    for _ in 0..4 {
        let mut supply = Supply::new(Serial::new(trace, SCRIPT));
        let lines = supply.serve().map_err(|_| "line\n")?;
        trace.add(b'#', &lines.to_le_bytes());
    }
    Ok(())
}

twins::main!(|trace| run(trace));
