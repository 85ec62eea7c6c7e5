//! A bench power supply on a UART, async: a line in, a line out.
#![cfg_attr(target_os = "none", no_std, no_main)]

use twins::executor::block_on;
use twins::line_protocol::{AsyncSupply, SCRIPT};
use twins::serial::Serial;
use twins::trace::Trace;

async fn run(trace: &Trace) -> Result<(), &'static str> {
    for _ in 0..4 {
        let mut supply = AsyncSupply::new(Serial::new(trace, SCRIPT));
        let lines = supply.serve().await.map_err(|_| "line\n")?;
        trace.add(b'#', &lines.to_le_bytes());
    }
    Ok(())
}

twins::main!(|trace| block_on(run(trace)));
