//! Gives back each line, a thread for each connection.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).expect("an address");
    for stream in TcpListener::bind(address)?.incoming() {
        let stream = stream?;
        // A connection that breaks is that client's business alone.
        thread::spawn(move || converse(&stream));
    }
    Ok(())
}

fn converse(mut stream: &TcpStream) -> std::io::Result<()> {
    for line in BufReader::new(stream).lines() {
        stream.write_all(line?.as_bytes())?;
        stream.write_all(b"\n")?;
    }
    Ok(())
}
