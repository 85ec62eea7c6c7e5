//! IEEE 802.15.4 on the chip's own radio: two nodes that hail each other, with retries.
#![no_std]
#![no_main]

use defmt::{info, warn};
use embassy_executor::Spawner;
use embassy_futures::select::{Either, select};
use embassy_nrf::config::HfclkSource;
use embassy_nrf::gpio::{Input, Level, Output, OutputDrive, Pull};
use embassy_nrf::radio::Error;
use embassy_nrf::radio::ieee802154::{Packet, Radio};
use embassy_nrf::{bind_interrupts, peripherals, radio};
use embassy_time::{Duration, Timer, with_timeout};
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    RADIO => radio::InterruptHandler<peripherals::RADIO>;
});

const HAIL: u8 = 1;
const ANSWER: u8 = 2;

/// Frame control, sequence number, network, receiver, sender, kind.
fn frame(packet: &mut Packet, sequence: u8, to: u16, kind: u8) {
    let mut bytes = [0x41, 0x88, sequence, 0xCD, 0xAB, 0, 0, 0x34, 0x12, kind];
    bytes[5..7].copy_from_slice(&to.to_le_bytes());
    packet.copy_from_slice(&bytes);
}

async fn send(radio: &mut Radio<'_>, packet: &mut Packet) -> Result<(), Error> {
    let mut pause = Duration::from_millis(1);
    for _ in 0..4 {
        match radio.try_send(packet).await {
            Err(Error::ChannelInUse) => Timer::after(pause).await,
            done => return done,
        }
        pause *= 2;
    }
    Err(Error::ChannelInUse)
}

async fn answer_to(radio: &mut Radio<'_>, sequence: u8) -> Result<u8, Error> {
    let mut packet = Packet::new();
    loop {
        radio.receive(&mut packet).await?;
        match packet[..] {
            [_, _, s, .., ANSWER] if s == sequence => return Ok(packet.lqi()),
            _ => info!("not for us: {:x}", packet[..]),
        }
    }
}

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let mut config = embassy_nrf::config::Config::default();
    config.hfclk_source = HfclkSource::ExternalXtal;
    let p = embassy_nrf::init(config);
    let mut button = Input::new(p.P0_11, Pull::Up);
    let mut led = Output::new(p.P0_13, Level::High, OutputDrive::Standard);
    let mut radio = Radio::new(p.RADIO, Irqs);
    radio.set_channel(20);
    radio.set_transmission_power(4);

    let mut packet = Packet::new();
    let mut sequence = 0_u8;
    loop {
        match select(button.wait_for_falling_edge(), radio.receive(&mut packet)).await {
            Either::First(()) => {
                sequence = sequence.wrapping_add(1);
                frame(&mut packet, sequence, 0xFFFF, HAIL);
                if let Err(e) = send(&mut radio, &mut packet).await {
                    warn!("not sent: {:?}", e);
                    continue;
                }
                match with_timeout(Duration::from_millis(50), answer_to(&mut radio, sequence)).await
                {
                    Ok(Ok(quality)) => info!("answered, link quality {}", quality),
                    Ok(Err(e)) => warn!("{:?}", e),
                    Err(_) => warn!("nobody answers"),
                }
            }
            Either::Second(Ok(())) => {
                led.toggle();
                if let [_, _, s, .., HAIL] = packet[..] {
                    frame(&mut packet, s, 0x1234, ANSWER);
                    let _ = send(&mut radio, &mut packet).await;
                }
            }
            Either::Second(Err(e)) => warn!("{:?}", e),
        }
    }
}
