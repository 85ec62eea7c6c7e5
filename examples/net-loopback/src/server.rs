//! What the server offers: upper case by UDP, and a few commands by line over TCP.

use core::fmt::Write as _;

use embassy_net::Stack;
use embassy_net::tcp::TcpSocket;
use embassy_net::udp::{PacketMetadata, UdpSocket};
use embedded_io_async::Write;
use heapless::String;

use crate::{LINES_PORT, UPPER_PORT};

/// TCP connections at a time.
pub const WORKERS: usize = 2;

/// Answers each datagram with its text in upper case.
#[embassy_executor::task]
pub async fn upper(stack: Stack<'static>) {
    let (mut rx_meta, mut tx_meta) = ([PacketMetadata::EMPTY; 4], [PacketMetadata::EMPTY; 4]);
    let (mut rx, mut tx) = ([0; 512], [0; 512]);
    let mut socket = UdpSocket::new(stack, &mut rx_meta, &mut rx, &mut tx_meta, &mut tx);
    socket.bind(UPPER_PORT).expect("the port is free");
    let mut text = [0; 256];
    loop {
        if let Ok((length, from)) = socket.recv_from(&mut text).await {
            text[..length].make_ascii_uppercase();
            let _ = socket.send_to(&text[..length], from).await;
        }
    }
}

/// Takes connections, one after the other.
#[embassy_executor::task(pool_size = WORKERS)]
pub async fn lines(stack: Stack<'static>, id: usize) {
    let (mut rx, mut tx) = ([0; 1024], [0; 1024]);
    loop {
        let mut socket = TcpSocket::new(stack, &mut rx, &mut tx);
        if socket.accept(LINES_PORT).await.is_ok() {
            // Whatever broke the connection: the next one is waiting.
            let _ = converse(&mut socket, id).await;
            socket.close();
            let _ = socket.flush().await;
        }
    }
}

/// Reads lines and answers each, until `bye` or the end.
async fn converse(socket: &mut TcpSocket<'_>, id: usize) -> Result<(), embassy_net::tcp::Error> {
    let mut line: String<96> = String::new();
    let mut chunk = [0; 32];
    loop {
        let length = socket.read(&mut chunk).await?;
        if length == 0 {
            return Ok(());
        }
        for &byte in &chunk[..length] {
            if byte != b'\n' {
                // A line too long for us loses its end.
                let _ = line.push(byte as char);
                continue;
            }
            match line.split_once(' ').unwrap_or((&line, "")) {
                ("bye", _) => return Ok(()),
                ("sum", numbers) => sum(socket, numbers).await?,
                ("count", limit) => count(socket, limit.parse().unwrap_or(0)).await?,
                ("who", _) => {
                    let mut reply: String<32> = String::new();
                    let _ = writeln!(reply, "worker {id}");
                    socket.write_all(reply.as_bytes()).await?;
                }
                _ => socket.write_all(b"what?\n").await?,
            }
            line.clear();
        }
    }
}

async fn sum(socket: &mut TcpSocket<'_>, numbers: &str) -> Result<(), embassy_net::tcp::Error> {
    let mut reply: String<64> = String::new();
    let total = numbers.split(' ').try_fold(0, |sum, n| n.parse::<i64>().map(|n| sum + n));
    let _ = match total {
        Ok(total) => writeln!(reply, "{total}"),
        Err(e) => writeln!(reply, "no sum: {e}"),
    };
    socket.write_all(reply.as_bytes()).await
}

/// Counts from 1 to the limit, a line each: more than fits the buffers.
async fn count(socket: &mut TcpSocket<'_>, limit: u32) -> Result<(), embassy_net::tcp::Error> {
    for n in 1..=limit {
        let mut reply: String<16> = String::new();
        let _ = writeln!(reply, "{n}");
        socket.write_all(reply.as_bytes()).await?;
    }
    socket.write_all(b".\n").await
}
