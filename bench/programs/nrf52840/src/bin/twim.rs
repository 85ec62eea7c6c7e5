//! An I2C bus (TWIM), one register read over and over: the smallest driver there is.
#![no_std]
#![no_main]

use defmt::{info, panic};
use embassy_executor::Spawner;
use embassy_nrf::twim::{self, Twim};
use embassy_nrf::{bind_interrupts, peripherals};
use {defmt_rtt as _, panic_probe as _};

const ADDRESS: u8 = 0x50;

bind_interrupts!(struct Irqs {
    TWISPI0 => twim::InterruptHandler<peripherals::TWISPI0>;
});

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let p = embassy_nrf::init(Default::default());
    let mut ram_buffer = [0; 16];
    let mut twi = Twim::new(
        p.TWISPI0,
        Irqs,
        p.P0_03,
        p.P0_04,
        Default::default(),
        &mut ram_buffer,
    );
    info!("Reading...");
    let mut data = [0; 16];
    if let Err(e) = twi.write_read(ADDRESS, &[0x00], &mut data).await {
        panic!("read failed: {:?}", e);
    }
    info!("Read: {=[u8]:x}", data);
}
