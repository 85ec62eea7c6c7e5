//! A web service behind a modem: a queue of measurements by HTTP, kept in memory, with a worker that
//! digests them. Two connections at a time, each with a deadline.
#![no_std]
#![no_main]

use core::fmt::{self, Debug, Display, Write as _};
use core::net::{IpAddr, Ipv4Addr, SocketAddr};

use board::println;
use edge_http::Method;
use edge_http::io::Error as HttpError;
use edge_http::io::server::{Connection, Handler, Server};
use edge_nal::{TcpBind, TcpSplit, WithTimeout};
use edge_nal_embassy::{Tcp, TcpBuffers};
use embassy_executor::Spawner;
use embassy_net::{Stack, StackResources};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::Channel;
use embassy_sync::mutex::Mutex;
use embassy_time::{Duration, Instant, Timer, with_timeout};
use embedded_io_async::{Read, Write};
use heapless::{HistoryBuf, String, Vec};
use riscv32::modem;
use static_cell::StaticCell;

type Raw = CriticalSectionRawMutex;

#[derive(Clone, Copy)]
struct Measurement {
    at: Instant,
    channel: u8,
    value: i32,
}

/// Of one channel: how many, the smallest, the largest, the sum.
#[derive(Clone, Copy)]
struct Digest {
    count: u32,
    low: i32,
    high: i32,
    sum: i64,
}

impl Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mean = self.sum.checked_div(i64::from(self.count)).unwrap_or(0);
        write!(f, "{} {} {} {mean}", self.count, self.low, self.high)
    }
}

const CHANNELS: usize = 8;
const EMPTY: Digest = Digest { count: 0, low: i32::MAX, high: i32::MIN, sum: 0 };

static INCOMING: Channel<Raw, Measurement, 16> = Channel::new();
static DIGESTS: Mutex<Raw, [Digest; CHANNELS]> = Mutex::new([EMPTY; CHANNELS]);
static RECENT: Mutex<Raw, HistoryBuf<Measurement, 32>> = Mutex::new(HistoryBuf::new());

#[embassy_executor::task]
async fn worker() -> ! {
    loop {
        let measurement = INCOMING.receive().await;
        {
            let digest = &mut DIGESTS.lock().await[usize::from(measurement.channel)];
            digest.count += 1;
            digest.low = digest.low.min(measurement.value);
            digest.high = digest.high.max(measurement.value);
            digest.sum += i64::from(measurement.value);
        }
        RECENT.lock().await.write(measurement);
        // What a flash chip takes for a page.
        Timer::after_millis(3).await;
    }
}

/// `CHANNEL VALUE` on each line; whatever is wrong makes the whole body wrong.
fn parse(body: &[u8]) -> Option<Vec<Measurement, 16>> {
    let mut all = Vec::new();
    for line in core::str::from_utf8(body).ok()?.lines() {
        let (channel, value) = line.split_once(' ')?;
        let channel = channel.parse().ok().filter(|c| usize::from(*c) < CHANNELS)?;
        let value = value.trim().parse().ok()?;
        all.push(Measurement { at: Instant::now(), channel, value }).ok()?;
    }
    Some(all)
}

struct Service;

impl Service {
    async fn digests<T: Read + Write, const N: usize>(
        &self,
        connection: &mut Connection<'_, T, N>,
    ) -> Result<(), HttpError<T::Error>> {
        connection.initiate_response(200, None, &[("Content-Type", "text/plain")]).await?;
        for channel in 0..CHANNELS {
            let digest = DIGESTS.lock().await[channel];
            if digest.count > 0 {
                let mut line = String::<64>::new();
                let _ = writeln!(line, "{channel} {digest}");
                connection.write_all(line.as_bytes()).await?;
            }
        }
        Ok(())
    }

    async fn recent<T: Read + Write, const N: usize>(
        &self,
        connection: &mut Connection<'_, T, N>,
    ) -> Result<(), HttpError<T::Error>> {
        connection.initiate_response(200, None, &[("Content-Type", "text/csv")]).await?;
        connection.write_all(b"ms,channel,value\n").await?;
        let recent = RECENT.lock().await;
        for m in recent.oldest_ordered() {
            let mut line = String::<48>::new();
            let _ = writeln!(line, "{},{},{}", m.at.as_millis(), m.channel, m.value);
            connection.write_all(line.as_bytes()).await?;
        }
        Ok(())
    }

    async fn take<T: Read + Write, const N: usize>(
        &self,
        connection: &mut Connection<'_, T, N>,
    ) -> Result<(), HttpError<T::Error>> {
        let mut body = Vec::<u8, 256>::new();
        let mut chunk = [0; 64];
        loop {
            match connection.read(&mut chunk).await? {
                0 => break,
                n if body.extend_from_slice(&chunk[..n]).is_err() => {
                    return refuse(connection, 413, "Content Too Large").await;
                }
                _ => {}
            }
        }
        let Some(measurements) = parse(&body) else {
            return refuse(connection, 400, "Bad Request").await;
        };
        for measurement in measurements {
            let sent = with_timeout(Duration::from_millis(500), INCOMING.send(measurement));
            if sent.await.is_err() {
                return refuse(connection, 503, "Service Unavailable").await;
            }
        }
        connection.initiate_response(204, Some("No Content"), &[]).await
    }
}

async fn refuse<T: Read + Write, const N: usize>(
    connection: &mut Connection<'_, T, N>,
    status: u16,
    why: &str,
) -> Result<(), HttpError<T::Error>> {
    connection.initiate_response(status, Some(why), &[("Content-Length", "0")]).await
}

impl Handler for Service {
    type Error<E>
        = HttpError<E>
    where
        E: Debug;

    async fn handle<T, const N: usize>(
        &self,
        task: impl Display + Copy,
        connection: &mut Connection<'_, T, N>,
    ) -> Result<(), HttpError<T::Error>>
    where
        T: Read + Write + TcpSplit,
    {
        let headers = connection.headers()?;
        println!("{task}: {} {}", headers.method, headers.path);
        match (headers.method, headers.path) {
            (Method::Get, "/digests") => self.digests(connection).await,
            (Method::Get, "/recent") => self.recent(connection).await,
            (Method::Post, "/measurements") => self.take(connection).await,
            (Method::Delete, "/digests") => {
                *DIGESTS.lock().await = [EMPTY; CHANNELS];
                connection.initiate_response(204, Some("No Content"), &[]).await
            }
            (_, "/digests" | "/recent" | "/measurements") => {
                refuse(connection, 405, "Method Not Allowed").await
            }
            _ => refuse(connection, 404, "Not Found").await,
        }
    }
}

async fn serve(stack: Stack<'static>, server: &mut Server<2, 1024, 16>) {
    static BUFFERS: StaticCell<TcpBuffers<2, 1024, 1024>> = StaticCell::new();
    let buffers = BUFFERS.init(TcpBuffers::new());
    let tcp = Tcp::new(stack, buffers);
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 80);
    loop {
        stack.wait_config_up().await;
        match tcp.bind(address).await {
            Ok(acceptor) => {
                let acceptor = WithTimeout::new(15_000, acceptor);
                if let Err(e) = server.run(Some(10_000), acceptor, Service).await {
                    println!("the server ended: {e:?}");
                }
            }
            Err(e) => println!("no port: {e:?}"),
        }
        Timer::after_secs(1).await;
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    board::start_clock();
    static RESOURCES: StaticCell<StackResources<4>> = StaticCell::new();
    static SERVER: StaticCell<Server<2, 1024, 16>> = StaticCell::new();
    let seed = Instant::now().as_ticks();
    let stack = modem::start(spawner, RESOURCES.init(StackResources::new()), seed);
    spawner.spawn(worker().expect("it is spawned once"));
    serve(stack, SERVER.init(Server::new())).await;
}
