//! A logger that reports over TLS 1.3 with a shared key: batches of samples, each acknowledged, sent
//! again when a connection breaks, dropped oldest first when it stays broken.
#![no_std]
#![no_main]

use core::fmt::Write as _;

use board::println;
use embassy_executor::Spawner;
use embassy_futures::join::join;
use embassy_net::tcp::TcpSocket;
use embassy_net::{Ipv4Address, Stack, StackResources};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::mutex::Mutex;
use embassy_sync::signal::Signal;
use embassy_time::{Duration, Instant, Ticker, TimeoutError, Timer, with_timeout};
use embedded_io_async::Write;
use embedded_tls::{
    Aes128GcmSha256, TlsConfig, TlsConnection, TlsContext, TlsError, UnsecureProvider,
};
use heapless::{Deque, String};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use riscv32::modem;
use static_cell::StaticCell;

const COLLECTOR: (Ipv4Address, u16) = (Ipv4Address::new(192, 0, 2, 7), 8443);
const KEY: [u8; 16] = *b"not for real use";
const BATCH: usize = 8;

type Raw = CriticalSectionRawMutex;

#[derive(Clone, Copy)]
struct Sample {
    number: u32,
    at: u64,
    value: u16,
}

static QUEUE: Mutex<Raw, Deque<Sample, 64>> = Mutex::new(Deque::new());
static ENOUGH: Signal<Raw, ()> = Signal::new();

#[derive(Debug)]
#[expect(dead_code, reason = "Debug prints it")]
enum Failure {
    Connect,
    Tls(TlsError),
    Silent,
    /// The collector says which sample it wants next.
    Asked(u32),
    Nonsense,
}

impl From<TlsError> for Failure {
    fn from(error: TlsError) -> Failure {
        Failure::Tls(error)
    }
}

impl From<TimeoutError> for Failure {
    fn from(_: TimeoutError) -> Failure {
        Failure::Silent
    }
}

/// A triangle with noise stands for the sensor that this board does not have.
async fn sample(mut random: ChaCha8Rng) -> ! {
    let mut ticker = Ticker::every(Duration::from_millis(500));
    for number in 0_u32.. {
        ticker.next().await;
        let phase = number % 512;
        let value = phase.min(511 - phase) as u16 * 8 + (random.next_u32() % 16) as u16;
        let mut queue = QUEUE.lock().await;
        if queue.is_full() {
            queue.pop_front();
        }
        let _ = queue.push_back(Sample { number, at: Instant::now().as_millis(), value });
        if queue.len() >= BATCH {
            ENOUGH.signal(());
        }
    }
    board::exit(0)
}

type Tls<'a> = TlsConnection<'a, TcpSocket<'a>, Aes128GcmSha256>;

/// `ok NUMBER` acknowledges all up to it, `again NUMBER` asks for all from it.
async fn acknowledged(tls: &mut Tls<'_>) -> Result<u32, Failure> {
    let mut line = heapless::Vec::<u8, 32>::new();
    loop {
        let mut chunk = [0; 32];
        let n = with_timeout(Duration::from_secs(20), tls.read(&mut chunk)).await??;
        let end = chunk[..n].iter().position(|byte| *byte == b'\n');
        line.extend_from_slice(&chunk[..end.unwrap_or(n)]).map_err(|_| Failure::Nonsense)?;
        if end.is_none() {
            continue;
        }
        let text = core::str::from_utf8(&line).map_err(|_| Failure::Nonsense)?;
        let (word, number) = text.split_once(' ').ok_or(Failure::Nonsense)?;
        let number = number.parse().map_err(|_| Failure::Nonsense)?;
        return match word {
            "ok" => Ok(number),
            "again" => Err(Failure::Asked(number)),
            _ => Err(Failure::Nonsense),
        };
    }
}

async fn send_batch(tls: &mut Tls<'_>, from: &mut u32) -> Result<(), Failure> {
    let mut batch = heapless::Vec::<Sample, BATCH>::new();
    for sample in QUEUE.lock().await.iter().filter(|sample| sample.number >= *from) {
        if batch.push(*sample).is_err() {
            break;
        }
    }
    for Sample { number, at, value } in &batch {
        let mut line = String::<48>::new();
        let _ = writeln!(line, "{number} {at} {value}");
        with_timeout(Duration::from_secs(10), tls.write_all(line.as_bytes())).await??;
    }
    with_timeout(Duration::from_secs(10), tls.flush()).await??;
    match acknowledged(tls).await {
        Ok(number) => {
            let mut queue = QUEUE.lock().await;
            while queue.front().is_some_and(|sample| sample.number <= number) {
                queue.pop_front();
            }
            *from = number.wrapping_add(1);
            Ok(())
        }
        Err(Failure::Asked(number)) => {
            *from = number;
            Ok(())
        }
        Err(other) => Err(other),
    }
}

struct Buffers {
    rx: [u8; 2048],
    tx: [u8; 2048],
    record_in: [u8; 16_640],
    record_out: [u8; 2048],
}

async fn session(
    stack: Stack<'static>,
    buffers: &mut Buffers,
    random: &mut ChaCha8Rng,
) -> Result<(), Failure> {
    let mut socket = TcpSocket::new(stack, &mut buffers.rx, &mut buffers.tx);
    socket.set_timeout(Some(Duration::from_secs(30)));
    with_timeout(Duration::from_secs(30), socket.connect(COLLECTOR))
        .await?
        .map_err(|_| Failure::Connect)?;
    let mut tls = Tls::new(socket, &mut buffers.record_in, &mut buffers.record_out);
    let config = TlsConfig::new().with_server_name("collector").with_psk(&KEY, &[b"board-1"]);
    let provider = UnsecureProvider::new::<Aes128GcmSha256>(&mut *random);
    with_timeout(Duration::from_secs(30), tls.open(TlsContext::new(&config, provider))).await??;
    println!("connected");
    let mut from = 0;
    loop {
        match with_timeout(Duration::from_secs(60), ENOUGH.wait()).await {
            Ok(()) => send_batch(&mut tls, &mut from).await?,
            Err(_) => {
                let closed = with_timeout(Duration::from_secs(5), tls.close()).await?;
                return closed.map(drop).map_err(|(_, e)| Failure::Tls(e));
            }
        }
    }
}

async fn report(stack: Stack<'static>, buffers: &mut Buffers, mut random: ChaCha8Rng) -> ! {
    let mut failures = 0_u32;
    loop {
        stack.wait_config_up().await;
        match session(stack, buffers, &mut random).await {
            Ok(()) => failures = 0,
            Err(failure) => {
                failures += 1;
                println!("failure {failures}: {failure:?}");
                let most = 1 << failures.min(8);
                let pause = Duration::from_secs(1 + u64::from(random.next_u32() % most));
                Timer::after(pause).await;
            }
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    board::start_clock();
    static RESOURCES: StaticCell<StackResources<2>> = StaticCell::new();
    static BUFFERS: StaticCell<Buffers> = StaticCell::new();
    let seed = riscv::register::mcycle::read64() ^ Instant::now().as_ticks() << 20;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let buffers = BUFFERS.init(Buffers {
        rx: [0; 2048],
        tx: [0; 2048],
        record_in: [0; 16_640],
        record_out: [0; 2048],
    });
    let resources = RESOURCES.init(StackResources::new());
    let stack = modem::start(spawner, resources, random.next_u64());
    let noise = ChaCha8Rng::from_rng(&mut random).expect("the generator cannot fail");
    join(sample(noise), report(stack, buffers, random)).await;
}
