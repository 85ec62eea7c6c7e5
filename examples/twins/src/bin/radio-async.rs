//! A packet radio, async: send, be acknowledged or not, and listen in between.
#![cfg_attr(target_os = "none", no_std, no_main)]

use core::cell::RefCell;

use twins::executor::block_on;
use twins::i2c::Delay;
use twins::radio::chip::Transceiver;
use twins::radio::{AsyncRadio, Config, Error};
use twins::spi::{Device, InterruptPin};
use twins::trace::Trace;

async fn run(trace: &Trace) -> Result<(), &'static str> {
    let chip = RefCell::new(Transceiver::default());
    let config = Config {
        address: 0x11,
        frequency: 868_300,
        bitrate: 38_400,
        power: 17,
        sync_word: *b"twin",
    };
    let (spi, interrupt) = (Device::new(trace, &chip), InterruptPin(&chip));
    let mut radio = AsyncRadio::new(spi, interrupt, Delay(trace), config);
    radio.init().await.map_err(|_| "no radio\n")?;
    for round in 0..40u8 {
        match radio.send(0x22, &[b'#', round]).await {
            Ok(tries) => trace.add(b'k', &[tries]),
            Err(Error::NoAcknowledgement) => trace.add(b'l', &[]),
            Err(Error::ChannelBusy) => trace.add(b'b', &[]),
            Err(_) => return Err("send\n"),
        }
        while let Some(packet) = radio.receive(20).await.map_err(|_| "receive\n")? {
            trace.add(packet.from, &packet.payload[..usize::from(packet.length)]);
        }
    }
    Ok(())
}

twins::main!(|trace| block_on(run(trace)));
