//! Telemetry by MQTT 5: readings are published (at least once), commands come by a subscription, and
//! a will tells when the board is gone. The broker is found by DNS; what fails is tried again.
#![no_std]
#![no_main]

use core::fmt::Write as _;
use core::num::NonZero;

use defmt::{error, info, unwrap, warn};
use embassy_executor::Spawner;
use embassy_futures::select::{Either3, select3};
use embassy_net::dns::DnsQueryType;
use embassy_net::tcp::TcpSocket;
use embassy_net::{Stack, StackResources};
use embassy_rp::adc::{self, Adc};
use embassy_rp::bind_interrupts;
use embassy_rp::clocks::RoscRng;
use embassy_rp::gpio::{Input, Level, Output, Pull};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::Channel;
use embassy_sync::signal::Signal;
use embassy_time::{Duration, Ticker, Timer, with_timeout};
use rp235x::{net, wiring};
use rust_mqtt::buffer::BumpBuffer;
use rust_mqtt::client::Client;
use rust_mqtt::client::event::Event;
use rust_mqtt::client::options::{
    ConnectOptions, DisconnectOptions, PublicationOptions, SubscriptionOptions, TopicReference,
    WillOptions,
};
use rust_mqtt::config::{KeepAlive, SessionExpiryInterval};
use rust_mqtt::types::{MqttBinary, MqttString, TopicFilter, TopicName};
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    ADC_IRQ_FIFO => adc::InterruptHandler;
});

const BROKER: &str = "broker.local";
const NAME: &str = "pump-1";
const READINGS_TOPIC: &str = "pumps/1/reading";
const STATUS_TOPIC: &str = "pumps/1/status";
const COMMANDS_TOPIC: &str = "pumps/1/command";
const KEEP_ALIVE: u16 = 30;

#[derive(Clone, Copy, defmt::Format)]
enum Reading {
    Temperature { tenths: i16 },
    Valve { open: bool },
}

#[derive(Clone, Copy, defmt::Format)]
enum Command {
    Open,
    Close,
    Every(Duration),
}

type Raw = CriticalSectionRawMutex;

static READINGS: Channel<Raw, Reading, 16> = Channel::new();
static VALVE: Signal<Raw, bool> = Signal::new();
static PERIOD: Signal<Raw, Duration> = Signal::new();

#[embassy_executor::task]
async fn thermometer(mut adc: Adc<'static, adc::Async>, mut sensor: adc::Channel<'static>) -> ! {
    let mut ticker = Ticker::every(Duration::from_secs(5));
    loop {
        let mut sum = 0;
        let mut taken = 0;
        for _ in 0..16 {
            match adc.read(&mut sensor).await {
                Ok(raw) => {
                    sum += i32::from(raw);
                    taken += 1;
                }
                Err(e) => warn!("no conversion: {:?}", e),
            }
        }
        if taken > 0 {
            let microvolts = sum / taken * 3_300_000 / 4096;
            let tenths = (270 - (microvolts - 706_000) * 10 / 1721) as i16;
            if READINGS.try_send(Reading::Temperature { tenths }).is_err() {
                warn!("nobody takes readings");
            }
        }
        if let Some(period) = PERIOD.try_take() {
            ticker = Ticker::every(period);
        }
        ticker.next().await;
    }
}

/// Moves until the switch at the end says so, or gives up.
#[embassy_executor::task]
async fn valve(mut motor: Output<'static>, mut direction: Output<'static>, mut end: Input<'static>) -> ! {
    loop {
        let open = VALVE.wait().await;
        direction.set_level(Level::from(open));
        motor.set_high();
        Timer::after_millis(200).await;
        let moved = with_timeout(Duration::from_secs(8), end.wait_for_low()).await;
        motor.set_low();
        match moved {
            Ok(()) => READINGS.send(Reading::Valve { open }).await,
            Err(_) => error!("the valve is stuck"),
        }
    }
}

fn command(text: &[u8]) -> Option<Command> {
    match text {
        b"open" => Some(Command::Open),
        b"close" => Some(Command::Close),
        _ => {
            let seconds = core::str::from_utf8(text).ok()?.strip_prefix("every ")?.parse().ok()?;
            (1..=3600).contains(&seconds).then(|| Command::Every(Duration::from_secs(seconds)))
        }
    }
}

fn obey(command: Command) {
    info!("{}", command);
    match command {
        Command::Open => VALVE.signal(true),
        Command::Close => VALVE.signal(false),
        Command::Every(period) => PERIOD.signal(period),
    }
}

#[derive(defmt::Format)]
enum Failure {
    NoBroker,
    NoConnection,
    Refused,
    Lost,
    Silent,
}

fn topic(name: &'static str) -> TopicName<'static> {
    unwrap!(MqttString::try_from(name).ok().and_then(TopicName::new))
}

async fn session(stack: Stack<'static>, buffers: &mut Buffers) -> Result<(), Failure> {
    let found = stack.dns_query(BROKER, DnsQueryType::A).await.map_err(|_| Failure::NoBroker)?;
    let address = *found.first().ok_or(Failure::NoBroker)?;
    let mut socket = TcpSocket::new(stack, &mut buffers.rx, &mut buffers.tx);
    socket.set_timeout(Some(Duration::from_secs(2 * u64::from(KEEP_ALIVE))));
    socket.connect((address, 1883)).await.map_err(|_| Failure::NoConnection)?;

    let mut memory = BumpBuffer::new(&mut buffers.packets);
    let mut client = Client::<'_, '_, _, _, 1, 2, 2, 1, 0, 0, 0>::new(&mut memory);
    let keep_alive = unwrap!(NonZero::new(KEEP_ALIVE));
    let gone = unwrap!(MqttBinary::try_from("gone").ok());
    let options = ConnectOptions::new()
        .clean_start()
        .session_expiry_interval(SessionExpiryInterval::EndOnDisconnect)
        .keep_alive(KeepAlive::Seconds(keep_alive))
        .will(WillOptions::new(topic(STATUS_TOPIC), gone).at_least_once().retain());
    let name = unwrap!(MqttString::try_from(NAME).ok());
    let connected = client.connect(socket, &options, Some(name));
    match with_timeout(Duration::from_secs(10), connected).await {
        Ok(Ok(_)) => info!("connected"),
        Ok(Err(e)) => {
            warn!("refused: {:?}", e);
            return Err(Failure::Refused);
        }
        Err(_) => return Err(Failure::Silent),
    }
    let filter = unwrap!(MqttString::try_from(COMMANDS_TOPIC).ok().and_then(TopicFilter::new));
    client
        .subscribe(filter, &SubscriptionOptions::new().at_least_once())
        .await
        .map_err(|_| Failure::Lost)?;
    let status = PublicationOptions::new(TopicReference::Name(topic(STATUS_TOPIC))).retain();
    client.publish(&status, "here".into()).await.map_err(|_| Failure::Lost)?;

    let mut ping = Ticker::every(Duration::from_secs(u64::from(KEEP_ALIVE) / 2));
    let mut answered = true;
    let mut unconfirmed = 0;
    let mut text = heapless::String::<32>::new();
    loop {
        // SAFETY: no event of the client is alive here, and those are all that borrows the memory.
        unsafe { client.buffer_mut().reset() };
        let events = client.poll_header();
        match select3(events, READINGS.receive(), ping.next()).await {
            Either3::First(Ok(header)) => match client.poll_body(header).await {
                Ok(Event::Publish(message)) => match command(message.message.as_bytes()) {
                    Some(command) => obey(command),
                    None => warn!("not a command: {:02x}", message.message.as_bytes()),
                },
                Ok(Event::Pingresp) => answered = true,
                Ok(Event::PublishAcknowledged(_)) => unconfirmed -= 1,
                Ok(Event::PublishRejected(_)) => {
                    warn!("a reading was rejected");
                    unconfirmed -= 1;
                }
                Ok(other) => info!("{:?}", other),
                Err(e) => {
                    warn!("lost: {:?}", e);
                    return Err(Failure::Lost);
                }
            },
            Either3::First(Err(e)) => {
                warn!("lost: {:?}", e);
                return Err(Failure::Lost);
            }
            Either3::Second(reading) => {
                text.clear();
                let _ = match reading {
                    Reading::Temperature { tenths } => {
                        write!(text, "t={}.{}", tenths / 10, (tenths % 10).abs())
                    }
                    Reading::Valve { open } => write!(text, "valve={}", u8::from(open)),
                };
                let mut options =
                    PublicationOptions::new(TopicReference::Name(topic(READINGS_TOPIC)));
                if unconfirmed < 2 {
                    options = options.at_least_once();
                    unconfirmed += 1;
                }
                let message = text.as_str().into();
                client.publish(&options, message).await.map_err(|_| Failure::Lost)?;
            }
            Either3::Third(()) if answered => {
                answered = false;
                client.ping().await.map_err(|_| Failure::Lost)?;
            }
            Either3::Third(()) => {
                let options = DisconnectOptions::new();
                let farewell = client.disconnect(&options);
                let _ = with_timeout(Duration::from_secs(1), farewell).await;
                return Err(Failure::Silent);
            }
        }
    }
}

struct Buffers {
    rx: [u8; 1024],
    tx: [u8; 1024],
    packets: [u8; 1024],
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_rp::init(Default::default());
    let adc = Adc::new(p.ADC, Irqs, adc::Config::default());
    let sensor = adc::Channel::new_temp_sensor(p.ADC_TEMP_SENSOR);
    spawner.spawn(unwrap!(thermometer(adc, sensor)));
    let motor = Output::new(p.PIN_2, Level::Low);
    let direction = Output::new(p.PIN_3, Level::Low);
    spawner.spawn(unwrap!(valve(motor, direction, Input::new(p.PIN_4, Pull::Up))));

    static RESOURCES: StaticCell<StackResources<4>> = StaticCell::new();
    static BUFFERS: StaticCell<Buffers> = StaticCell::new();
    let resources = RESOURCES.init(StackResources::new());
    let buffers = BUFFERS.init(Buffers { rx: [0; 1024], tx: [0; 1024], packets: [0; 1024] });
    let stack = net::start(spawner, wiring!(p), [2, 0, 0, 0, 0, 3], resources).await;
    let mut pause = Duration::from_secs(1);
    loop {
        match session(stack, buffers).await {
            Ok(()) => pause = Duration::from_secs(1),
            Err(Failure::Lost) => {
                warn!("connection lost");
                pause = Duration::from_secs(1);
            }
            Err(e) => {
                warn!("no session: {}", e);
                pause = (pause * 2).min(Duration::from_secs(120));
            }
        }
        stack.wait_config_up().await;
        let jitter = Duration::from_millis(RoscRng.next_u64() % 500);
        Timer::after(pause + jitter).await;
    }
}
