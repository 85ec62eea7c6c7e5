//! A client: one line there, one line back.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpStream, ToSocketAddrs};

pub struct Client {
    lines: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
}

impl Client {
    pub async fn connect(address: impl ToSocketAddrs) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (reader, writer) = stream.into_split();
        Ok(Self { lines: BufReader::new(reader).lines(), writer })
    }

    pub async fn ask(&mut self, request: &str) -> Result<String> {
        self.writer.write_all(format!("{request}\n").as_bytes()).await?;
        self.next_line().await
    }

    pub async fn next_line(&mut self) -> Result<String> {
        let line = self.lines.next_line().await?;
        line.ok_or_else(|| Error::new(ErrorKind::UnexpectedEof, "the service hung up"))
    }
}

/// Sends one command and prints the answer; after `WATCH`, all that follows.
pub async fn one_shot(address: &str, command: &str) -> Result<()> {
    let mut client = Client::connect(address).await?;
    println!("{}", client.ask(command).await?);
    if command.to_ascii_uppercase().starts_with("WATCH") {
        loop {
            println!("{}", client.next_line().await?);
        }
    }
    Ok(())
}
