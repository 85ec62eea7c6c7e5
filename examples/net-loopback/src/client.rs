//! What the client does with the network, printed step by step.

use core::fmt::Write as _;

use board::println;
use embassy_futures::join::join;
use embassy_net::Stack;
use embassy_net::icmp::ping::{PingManager, PingParams};
use embassy_net::tcp::TcpSocket;
use embassy_net::{icmp, udp};
use embassy_time::{Duration, with_timeout};
use embedded_io_async::Write;
use heapless::String;

use crate::{LINES_PORT, SERVER, UPPER_PORT};

type Outcome = Result<(), &'static str>;

/// Goes through it all; the error says which step failed.
pub async fn run(stack: Stack<'static>) -> Outcome {
    stack.wait_config_up().await;
    let config = stack.config_v4().ok_or("no address")?;
    println!("dhcp: {}, router {:?}", config.address, config.gateway);
    ping(stack).await?;
    shout(stack).await?;
    ask(stack).await?;
    let (one, other) = join(drain(stack, 300), drain(stack, 200)).await;
    println!("tcp: two at once, {} and {} bytes", one?, other?);
    refused(stack).await
}

async fn ping(stack: Stack<'static>) -> Outcome {
    let (mut rx_meta, mut tx_meta) =
        ([icmp::PacketMetadata::EMPTY; 2], [icmp::PacketMetadata::EMPTY; 2]);
    let (mut rx, mut tx) = ([0; 256], [0; 256]);
    let mut pings = PingManager::new(stack, &mut rx_meta, &mut rx, &mut tx_meta, &mut tx);
    let mut params = PingParams::new(SERVER);
    params.set_payload(b"are you there?").set_count(3);
    pings.ping(&params).await.map_err(|_| "ping")?;
    println!("icmp: {} answered {} pings", SERVER, params.count());
    Ok(())
}

async fn shout(stack: Stack<'static>) -> Outcome {
    let (mut rx_meta, mut tx_meta) =
        ([udp::PacketMetadata::EMPTY; 2], [udp::PacketMetadata::EMPTY; 2]);
    let (mut rx, mut tx) = ([0; 512], [0; 512]);
    let mut socket = udp::UdpSocket::new(stack, &mut rx_meta, &mut rx, &mut tx_meta, &mut tx);
    socket.bind(9000).map_err(|_| "bind")?;
    for word in ["poll", "pending", "ready"] {
        socket.send_to(word.as_bytes(), (SERVER, UPPER_PORT)).await.map_err(|_| "send")?;
        let mut answer = [0; 64];
        let received = with_timeout(Duration::from_secs(1), socket.recv_from(&mut answer)).await;
        let (length, from) = received.map_err(|_| "no datagram")?.map_err(|_| "receive")?;
        let answer = core::str::from_utf8(&answer[..length]).map_err(|_| "not text")?;
        println!("udp: {word} -> {answer} from {}", from.endpoint);
    }
    Ok(())
}

async fn ask(stack: Stack<'static>) -> Outcome {
    let (mut rx, mut tx) = ([0; 512], [0; 512]);
    let mut socket = TcpSocket::new(stack, &mut rx, &mut tx);
    socket.connect((SERVER, LINES_PORT)).await.map_err(|_| "connect")?;
    for request in ["who", "sum 1 2 3 39", "sum 1 two", "hello"] {
        socket.write_all(request.as_bytes()).await.map_err(|_| "write")?;
        socket.write_all(b"\n").await.map_err(|_| "write")?;
        let mut reply: String<64> = String::new();
        loop {
            let mut byte = [0];
            match socket.read(&mut byte).await {
                Ok(1) if byte[0] != b'\n' => reply.push(byte[0] as char).map_err(|_| "too long")?,
                Ok(1) => break,
                _ => return Err("connection lost"),
            }
        }
        println!("tcp: {request} -> {reply}");
    }
    socket.write_all(b"bye\n").await.map_err(|_| "write")?;
    socket.close();
    socket.flush().await.map_err(|_| "flush")
}

/// Has the server count, reads to the end, checks each number, and gives the bytes received.
async fn drain(stack: Stack<'static>, limit: u32) -> Result<usize, &'static str> {
    let (mut rx, mut tx) = ([0; 512], [0; 512]);
    let mut socket = TcpSocket::new(stack, &mut rx, &mut tx);
    socket.set_timeout(Some(Duration::from_secs(5)));
    socket.connect((SERVER, LINES_PORT)).await.map_err(|_| "connect")?;
    let mut request: String<32> = String::new();
    let _ = write!(request, "count {limit}\nbye\n");
    socket.write_all(request.as_bytes()).await.map_err(|_| "write")?;
    let (mut bytes, mut expected, mut number) = (0, 1, 0);
    let mut chunk = [0; 200];
    loop {
        let length = socket.read(&mut chunk).await.map_err(|_| "read")?;
        if length == 0 {
            return if expected > limit { Ok(bytes) } else { Err("cut short") };
        }
        bytes += length;
        for &byte in &chunk[..length] {
            match byte {
                b'0'..=b'9' => number = number * 10 + u32::from(byte - b'0'),
                b'\n' if number == expected => (expected, number) = (expected + 1, 0),
                b'.' | b'\n' => {}
                _ => return Err("wrong byte"),
            }
        }
    }
}

/// Knocks where nobody listens.
async fn refused(stack: Stack<'static>) -> Outcome {
    let (mut rx, mut tx) = ([0; 64], [0; 64]);
    let mut socket = TcpSocket::new(stack, &mut rx, &mut tx);
    match socket.connect((SERVER, 4321)).await {
        Err(e) => {
            println!("tcp: port 4321: {e:?}");
            Ok(())
        }
        Ok(()) => Err("nobody should answer"),
    }
}
