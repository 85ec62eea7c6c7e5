//! A BLE peripheral: trouble's host here, a controller on a serial port (HCI over UART).
//! A GATT server with a battery and a lamp, notified and written by whoever is connected.
#![no_std]
#![no_main]

use bt_hci::controller::ExternalController;
use bt_hci_serial::SerialTransport;
use defmt::{info, unwrap, warn};
use embassy_executor::Spawner;
use embassy_futures::join::join;
use embassy_futures::select::select;
use embassy_nrf::buffered_uarte::{self, BufferedUarte, BufferedUarteRx, BufferedUarteTx};
use embassy_nrf::gpio::{Level, Output, OutputDrive};
use embassy_nrf::{bind_interrupts, peripherals, uarte};
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use embassy_time::Timer;
use static_cell::StaticCell;
use trouble_host::prelude::*;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    UARTE0 => buffered_uarte::InterruptHandler<peripherals::UARTE0>;
});

type Transport = SerialTransport<NoopRawMutex, BufferedUarteRx<'static>, BufferedUarteTx<'static>>;
type HciController = ExternalController<Transport, 10>;
type Resources = HostResources<DefaultPacketPool, 1, 2>;

#[gatt_server]
struct Server {
    battery: BatteryService,
    lamp: LampService,
}

#[gatt_service(uuid = service::BATTERY)]
struct BatteryService {
    #[characteristic(uuid = characteristic::BATTERY_LEVEL, read, notify, value = 100)]
    level: u8,
}

#[gatt_service(uuid = "408813df-5dd4-1f87-ec11-cdb001100000")]
struct LampService {
    #[characteristic(
        uuid = "408813df-5dd4-1f87-ec11-cdb001100001",
        read,
        write,
        value = false
    )]
    on: bool,
    #[characteristic(uuid = "408813df-5dd4-1f87-ec11-cdb001100002", read, write, value = [0, 0, 0])]
    colour: [u8; 3],
}

async fn advertise<'v, 's>(
    peripheral: &mut Peripheral<'v, HciController, DefaultPacketPool>,
    server: &'s Server<'v>,
) -> Result<
    GattConnection<'v, 's, DefaultPacketPool>,
    BleHostError<<HciController as embedded_io::ErrorType>::Error>,
> {
    let mut data = [0; 31];
    let len = AdStructure::encode_slice(
        &[
            AdStructure::Flags(LE_GENERAL_DISCOVERABLE | BR_EDR_NOT_SUPPORTED),
            AdStructure::CompleteLocalName(b"lamp"),
        ],
        &mut data[..],
    )?;
    let advertiser = peripheral
        .advertise(
            &Default::default(),
            Advertisement::ConnectableScannableUndirected {
                adv_data: &data[..len],
                scan_data: &[],
            },
        )
        .await?;
    let connection = advertiser.accept().await?.with_attribute_server(server)?;
    info!("connected");
    Ok(connection)
}

async fn serve(
    server: &Server<'_>,
    connection: &GattConnection<'_, '_, DefaultPacketPool>,
    lamp: &mut Output<'static>,
) {
    loop {
        match connection.next().await {
            GattConnectionEvent::Disconnected { reason } => {
                info!("disconnected: {:?}", reason);
                return;
            }
            GattConnectionEvent::Gatt { event } => {
                let lamp_written = matches!(&event,
                    GattEvent::Write(write) if write.handle() == server.lamp.on.handle);
                match event.accept() {
                    Ok(reply) => reply.send().await,
                    Err(e) => warn!("no reply: {:?}", e),
                }
                if lamp_written && let Ok(on) = server.lamp.on.get(server) {
                    lamp.set_level(if on { Level::Low } else { Level::High });
                }
            }
            _ => {}
        }
    }
}

async fn drain(server: &Server<'_>, connection: &GattConnection<'_, '_, DefaultPacketPool>) {
    for level in (0..=100).rev() {
        Timer::after_secs(10).await;
        if server
            .battery
            .level
            .notify(connection, &level, true)
            .await
            .is_err()
        {
            return;
        }
    }
}

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let p = embassy_nrf::init(Default::default());
    let mut lamp = Output::new(p.P0_13, Level::High, OutputDrive::Standard);
    let mut config = uarte::Config::default();
    config.baudrate = uarte::Baudrate::Baud1m;
    static RX: StaticCell<[u8; 512]> = StaticCell::new();
    static TX: StaticCell<[u8; 512]> = StaticCell::new();
    let uart = BufferedUarte::new(
        p.UARTE0,
        p.TIMER0,
        p.PPI_CH0,
        p.PPI_CH1,
        p.PPI_GROUP0,
        p.P0_08,
        p.P0_06,
        Irqs,
        config,
        RX.init([0; 512]),
        TX.init([0; 512]),
    );
    let (rx, tx) = uart.split();
    let controller = HciController::new(SerialTransport::new(rx, tx));

    static RESOURCES: StaticCell<Resources> = StaticCell::new();
    let resources = RESOURCES.init(Resources::new());
    let stack = trouble_host::new(controller, resources)
        .set_random_address(Address::random([0xff, 0x8f, 0x1a, 0x05, 0xe4, 0xff]))
        .build();
    let mut runner = stack.runner();
    let mut peripheral = stack.peripheral();
    let server = unwrap!(Server::new_with_config(GapConfig::Peripheral(
        PeripheralConfig {
            name: "lamp",
            appearance: &appearance::power_device::GENERIC_POWER_DEVICE,
        }
    )));
    let work = async {
        loop {
            match advertise(&mut peripheral, &server).await {
                Ok(connection) => {
                    select(
                        serve(&server, &connection, &mut lamp),
                        drain(&server, &connection),
                    )
                    .await;
                }
                Err(e) => warn!("advertise: {:?}", e),
            }
        }
    };
    join(runner.run(), work).await;
}
