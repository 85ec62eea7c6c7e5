//! What the programs share: a W5500 on SPI with embassy-net behind it, its tasks started.

use defmt::{info, unwrap};
use embassy_executor::Spawner;
use embassy_net::{Stack, StackResources};
use embassy_net_wiznet::chip::W5500;
use embassy_net_wiznet::{Device, Runner, State};
use embassy_rp::clocks::RoscRng;
use embassy_rp::gpio::{Input, Level, Output, Pull};
use embassy_rp::peripherals::{
    DMA_CH0, DMA_CH1, PIN_16, PIN_17, PIN_18, PIN_19, PIN_20, PIN_21, SPI0,
};
use embassy_rp::spi::{Async, Config, Spi};
use embassy_rp::{Peri, bind_interrupts, dma};
use embassy_time::{Delay, Duration, Timer, with_timeout};
use embedded_hal_bus::spi::ExclusiveDevice;
use static_cell::StaticCell;

bind_interrupts!(struct Irqs {
    DMA_IRQ_0 => dma::InterruptHandler<DMA_CH0>, dma::InterruptHandler<DMA_CH1>;
});

type Bus = ExclusiveDevice<Spi<'static, SPI0, Async>, Output<'static>, Delay>;

/// The pins and channels that the Ethernet chip takes.
pub struct Wiring {
    pub spi: Peri<'static, SPI0>,
    pub clock: Peri<'static, PIN_18>,
    pub to_chip: Peri<'static, PIN_19>,
    pub from_chip: Peri<'static, PIN_16>,
    pub select: Peri<'static, PIN_17>,
    pub reset: Peri<'static, PIN_20>,
    pub interrupt: Peri<'static, PIN_21>,
    pub tx: Peri<'static, DMA_CH0>,
    pub rx: Peri<'static, DMA_CH1>,
}

/// Takes them out of the chip's peripherals.
#[macro_export]
macro_rules! wiring {
    ($p:ident) => {
        $crate::net::Wiring {
            spi: $p.SPI0,
            clock: $p.PIN_18,
            to_chip: $p.PIN_19,
            from_chip: $p.PIN_16,
            select: $p.PIN_17,
            reset: $p.PIN_20,
            interrupt: $p.PIN_21,
            tx: $p.DMA_CH0,
            rx: $p.DMA_CH1,
        }
    };
}

#[embassy_executor::task]
async fn chip_task(runner: Runner<'static, W5500, Bus, Input<'static>, Output<'static>>) -> ! {
    runner.run().await
}

#[embassy_executor::task]
async fn net_task(mut runner: embassy_net::Runner<'static, Device<'static>>) -> ! {
    runner.run().await
}

/// Brings the network up and returns it with an address.
pub async fn start<const SOCKETS: usize>(
    spawner: Spawner,
    wiring: Wiring,
    mac: [u8; 6],
    resources: &'static mut StackResources<SOCKETS>,
) -> Stack<'static> {
    let mut config = Config::default();
    config.frequency = 50_000_000;
    let spi = Spi::new(
        wiring.spi,
        wiring.clock,
        wiring.to_chip,
        wiring.from_chip,
        wiring.tx,
        wiring.rx,
        Irqs,
        config,
    );
    let select = Output::new(wiring.select, Level::High);
    let bus = unwrap!(ExclusiveDevice::new(spi, select, Delay).ok());
    let interrupt = Input::new(wiring.interrupt, Pull::Up);
    let reset = Output::new(wiring.reset, Level::High);
    static STATE: StaticCell<State<8, 8>> = StaticCell::new();
    let state = STATE.init(State::new());
    let (device, runner) =
        unwrap!(embassy_net_wiznet::new(mac, state, bus, interrupt, reset).await.ok());
    spawner.spawn(unwrap!(chip_task(runner)));

    let seed = RoscRng.next_u64();
    let (stack, runner) =
        embassy_net::new(device, embassy_net::Config::dhcpv4(Default::default()), resources, seed);
    spawner.spawn(unwrap!(net_task(runner)));
    while with_timeout(Duration::from_secs(10), stack.wait_config_up()).await.is_err() {
        info!("still no address, link up: {}", stack.is_link_up());
        Timer::after_secs(1).await;
    }
    if let Some(config) = stack.config_v4() {
        info!("our address is {}", config.address);
    }
    stack
}
