//! A CO2 sensor and a flash chip, blocking: measure, write records, read them back.
#![cfg_attr(target_os = "none", no_std, no_main)]

use core::cell::RefCell;

use scd4x::Scd4x;
use twins::data_logger::{Flash, RECORD, RECORDS, Sensor, intact, record};
use twins::i2c::{Bus, Delay};
use twins::spi::{Device, TracedPin};
use twins::trace::Trace;
use w25q32jv::W25q32jv;

fn run(trace: &Trace) -> Result<(), &'static str> {
    let mut sensor = Scd4x::new(Bus::new(trace, Sensor::default()), Delay(trace));
    sensor.reinit().map_err(|_| "reinit")?;
    sensor.set_altitude(420).map_err(|_| "altitude")?;
    let serial = sensor.serial_number().map_err(|_| "serial")?;
    trace.add(b'n', &serial.to_le_bytes());
    sensor.start_periodic_measurement().map_err(|_| "start")?;

    let chip = RefCell::new(Flash::new());
    let mut flash = W25q32jv::new(Device::new(trace, &chip), TracedPin(trace), TracedPin(trace))
        .map_err(|_| "pins")?;
    flash.erase_range(0, 8192).map_err(|_| "erase")?;

    for number in 0..RECORDS {
        while !sensor.data_ready_status().map_err(|_| "ready")? {}
        let air = sensor.measurement().map_err(|_| "measure")?;
        let bytes = record(number, air.co2, air.temperature, air.humidity);
        let at = u32::from(number) * RECORD as u32;
        flash.write_blocking(at, &bytes).map_err(|_| "write")?;
    }
    sensor.stop_periodic_measurement().map_err(|_| "stop")?;

    for number in 0..RECORDS {
        let mut bytes = [0; RECORD];
        flash.read(u32::from(number) * RECORD as u32, &mut bytes).map_err(|_| "read")?;
        if !intact(&bytes) {
            return Err("a record is broken\n");
        }
    }
    Ok(())
}

twins::main!(|trace| run(trace));
