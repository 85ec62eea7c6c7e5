//! Eight relays behind a TCP protocol of lines, for two clients at a time: `on N`, `off N`,
//! `pulse N MS`, `state`. A beacon over UDP tells who listens; a switch that changes is told to all.
#![no_std]
#![no_main]

use core::fmt::Write as _;

use defmt::{info, unwrap, warn};
use embassy_executor::Spawner;
use embassy_futures::select::{Either, select};
use embassy_net::tcp::TcpSocket;
use embassy_net::udp::{PacketMetadata, UdpSocket};
use embassy_net::{Ipv4Address, Stack, StackResources};
use embassy_rp::gpio::{Level, Output};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::Channel;
use embassy_sync::pubsub::{PubSubChannel, WaitResult};
use embassy_time::{Duration, Instant, Ticker, Timer};
use embedded_io_async::Write;
use rp235x::{net, wiring};
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

const RELAYS: usize = 8;
const PORT: u16 = 4000;
const BEACON_PORT: u16 = 4001;
const CLIENTS: usize = 2;

#[derive(Clone, Copy, PartialEq, defmt::Format)]
enum Command {
    Set { relay: u8, on: bool },
    Pulse { relay: u8, length: Duration },
    State,
}

#[derive(Clone, Copy, defmt::Format)]
struct State(u8);

type Mutex = CriticalSectionRawMutex;

static COMMANDS: Channel<Mutex, Command, 4> = Channel::new();
static STATES: PubSubChannel<Mutex, State, 4, CLIENTS, 1> = PubSubChannel::new();

fn parse(line: &str) -> Option<Command> {
    let mut words = line.split_ascii_whitespace();
    let verb = words.next()?;
    let relay = words.next().map(|word| word.parse::<u8>().ok().filter(|n| usize::from(*n) < RELAYS));
    let length = words.next().map(|word| word.parse::<u64>().ok().filter(|ms| *ms <= 60_000));
    match (verb, relay, length) {
        ("on", Some(relay), None) => Some(Command::Set { relay: relay?, on: true }),
        ("off", Some(relay), None) => Some(Command::Set { relay: relay?, on: false }),
        ("pulse", Some(relay), Some(ms)) => {
            Some(Command::Pulse { relay: relay?, length: Duration::from_millis(ms?) })
        }
        ("state", None, None) => Some(Command::State),
        _ => None,
    }
}

/// Alone drives the pins; pulses end here too.
#[embassy_executor::task]
async fn switchboard(mut pins: [Output<'static>; RELAYS]) -> ! {
    let out = unwrap!(STATES.publisher());
    let mut ends: [Option<Instant>; RELAYS] = [None; RELAYS];
    loop {
        let next = ends.iter().flatten().min().copied();
        let due = async {
            match next {
                Some(at) => Timer::at(at).await,
                None => core::future::pending().await,
            }
        };
        match select(COMMANDS.receive(), due).await {
            Either::First(Command::Set { relay, on }) => {
                ends[usize::from(relay)] = None;
                pins[usize::from(relay)].set_level(Level::from(on));
            }
            Either::First(Command::Pulse { relay, length }) => {
                pins[usize::from(relay)].set_high();
                ends[usize::from(relay)] = Some(Instant::now() + length);
            }
            Either::First(Command::State) => {}
            Either::Second(()) => {
                let now = Instant::now();
                for (pin, end) in pins.iter_mut().zip(&mut ends) {
                    if end.is_some_and(|end| end <= now) {
                        *end = None;
                        pin.set_low();
                    }
                }
            }
        }
        let bits = pins.iter().enumerate().fold(0, |bits, (i, pin)| {
            bits | u8::from(pin.is_set_high()) << i
        });
        out.publish(State(bits)).await;
    }
}

#[embassy_executor::task]
async fn beacon(stack: Stack<'static>) -> ! {
    let mut rx_meta = [PacketMetadata::EMPTY; 2];
    let mut tx_meta = [PacketMetadata::EMPTY; 2];
    let mut rx = [0; 128];
    let mut tx = [0; 128];
    let mut socket = UdpSocket::new(stack, &mut rx_meta, &mut rx, &mut tx_meta, &mut tx);
    unwrap!(socket.bind(BEACON_PORT));
    let mut ticker = Ticker::every(Duration::from_secs(30));
    let mut text = heapless::String::<48>::new();
    loop {
        let mut question = [0; 32];
        let to = match select(ticker.next(), socket.recv_from(&mut question)).await {
            Either::First(()) => (Ipv4Address::BROADCAST, BEACON_PORT).into(),
            Either::Second(Ok((n, from))) if &question[..n] == b"relay?" => from.endpoint,
            Either::Second(Ok((_, from))) => {
                info!("a stranger: {}", from);
                continue;
            }
            Either::Second(Err(e)) => {
                warn!("beacon: {:?}", e);
                continue;
            }
        };
        text.clear();
        let _ = write!(text, "relay port={PORT} uptime={}", Instant::now().as_secs());
        if let Err(e) = socket.send_to(text.as_bytes(), to).await {
            warn!("no beacon: {:?}", e);
        }
    }
}

enum Line<const N: usize> {
    Ready(heapless::String<N>),
    TooLong,
    NotText,
}

/// Collects bytes to lines; survives being dropped in the middle of a read.
struct Lines<const N: usize> {
    line: heapless::Vec<u8, N>,
    lost: bool,
}

impl<const N: usize> Lines<N> {
    fn push(&mut self, byte: u8) -> Option<Line<N>> {
        if byte != b'\n' {
            self.lost |= byte != b'\r' && self.line.push(byte).is_err();
            return None;
        }
        let line = core::mem::take(&mut self.line);
        if core::mem::take(&mut self.lost) {
            return Some(Line::TooLong);
        }
        Some(heapless::String::from_utf8(line).map_or(Line::NotText, Line::Ready))
    }
}

async fn converse(socket: &mut TcpSocket<'_>) -> Result<(), embassy_net::tcp::Error> {
    let mut states = unwrap!(STATES.subscriber());
    let (mut reader, mut writer) = socket.split();
    let mut lines = Lines::<64> { line: heapless::Vec::new(), lost: false };
    writer.write_all(b"relay\r\n").await?;
    loop {
        let mut bytes = [0; 64];
        match select(reader.read(&mut bytes), states.next_message()).await {
            Either::First(Ok(0)) => return Ok(()),
            Either::First(Ok(n)) => {
                for byte in &bytes[..n] {
                    match lines.push(*byte) {
                        None => {}
                        Some(Line::TooLong) => writer.write_all(b"! too long\r\n").await?,
                        Some(Line::NotText) => writer.write_all(b"! not text\r\n").await?,
                        Some(Line::Ready(line)) => match parse(&line) {
                            Some(command) => {
                                info!("{}", command);
                                COMMANDS.send(command).await;
                            }
                            None => writer.write_all(b"! on|off|pulse|state\r\n").await?,
                        },
                    }
                }
            }
            Either::First(Err(e)) => return Err(e),
            Either::Second(WaitResult::Message(State(bits))) => {
                let mut text = heapless::String::<24>::new();
                let _ = write!(text, "{bits:08b}\r\n");
                writer.write_all(text.as_bytes()).await?;
                writer.flush().await?;
            }
            Either::Second(WaitResult::Lagged(n)) => warn!("{} states not told", n),
        }
    }
}

#[embassy_executor::task(pool_size = CLIENTS)]
async fn client(stack: Stack<'static>, number: usize) -> ! {
    let mut rx = [0; 512];
    let mut tx = [0; 512];
    loop {
        let mut socket = TcpSocket::new(stack, &mut rx, &mut tx);
        socket.set_timeout(Some(Duration::from_secs(60)));
        socket.set_keep_alive(Some(Duration::from_secs(20)));
        if let Err(e) = socket.accept(PORT).await {
            warn!("{}: not accepted: {:?}", number, e);
            continue;
        }
        info!("{}: {:?}", number, socket.remote_endpoint());
        match converse(&mut socket).await {
            Ok(()) => info!("{}: done", number),
            Err(e) => warn!("{}: {:?}", number, e),
        }
        socket.close();
        if socket.flush().await.is_err() {
            socket.abort();
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_rp::init(Default::default());
    let pins = [
        Output::new(p.PIN_2, Level::Low),
        Output::new(p.PIN_3, Level::Low),
        Output::new(p.PIN_4, Level::Low),
        Output::new(p.PIN_5, Level::Low),
        Output::new(p.PIN_6, Level::Low),
        Output::new(p.PIN_7, Level::Low),
        Output::new(p.PIN_8, Level::Low),
        Output::new(p.PIN_9, Level::Low),
    ];
    spawner.spawn(unwrap!(switchboard(pins)));
    static RESOURCES: StaticCell<StackResources<6>> = StaticCell::new();
    let resources = RESOURCES.init(StackResources::new());
    let stack = net::start(spawner, wiring!(p), [2, 0, 0, 0, 0, 1], resources).await;
    spawner.spawn(unwrap!(beacon(stack)));
    for number in 0..CLIENTS {
        spawner.spawn(unwrap!(client(stack, number)));
    }
}
