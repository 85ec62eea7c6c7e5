//! The service and its clients in one process, with answers checked; prints the same every time.

use std::io::{Error, Result};
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::client::Client;
use crate::server;

const CLIENTS: u32 = 4;

/// Runs it all, with so many requests per client in the crowd.
pub async fn run(requests: u32) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let service = tokio::spawn(server::serve(listener, stopped));

    every_command(address).await?;
    watching(address).await?;
    crowd(address, requests).await?;

    stop.send(true).map_err(Error::other)?;
    service.await.map_err(Error::other)??;
    println!("stopped");
    Ok(())
}

async fn every_command(address: SocketAddr) -> Result<()> {
    let mut client = Client::connect(address).await?;
    let commands = [
        "SET colour green",
        "GET colour",
        "GET shape",
        "INCR visits",
        "INCR visits 41",
        "INCR colour",
        "INCR visits many",
        "KEYS",
        "KEYS v",
        "DEL colour",
        "DEL colour",
        "FETCH colour",
    ];
    for command in commands {
        println!("{command} -> {}", client.ask(command).await?);
    }
    Ok(())
}

async fn watching(address: SocketAddr) -> Result<()> {
    let mut watcher = Client::connect(address).await?;
    let mut client = Client::connect(address).await?;
    println!("WATCH door -> {}", watcher.ask("WATCH door").await?);
    for command in ["SET door open", "SET window open", "SET door shut", "EXPIRE door 20"] {
        client.ask(command).await?;
    }
    for _ in 0..3 {
        println!("watched: {}", watcher.next_line().await?);
    }
    println!("GET door -> {}", client.ask("GET door").await?);
    Ok(())
}

/// Many clients count together: no count may be lost.
async fn crowd(address: SocketAddr, requests: u32) -> Result<()> {
    let mut clients = JoinSet::new();
    for id in 0..CLIENTS {
        clients.spawn(async move {
            let mut client = Client::connect(address).await?;
            for n in 0..requests {
                client.ask("INCR total").await?;
                let (key, value) = (format!("client{id}.{}", n % 10), format!("value {n}"));
                client.ask(&format!("SET {key} {value}")).await?;
                let read = client.ask(&format!("GET {key}")).await?;
                if read != format!("= {value}") {
                    return Err(Error::other(format!("{key} should be {value}, is {read}")));
                }
            }
            Ok(())
        });
    }
    while let Some(client) = clients.join_next().await {
        client.map_err(Error::other)??;
    }
    let total = Client::connect(address).await?.ask("GET total").await?;
    if total != format!("= {}", CLIENTS * requests) {
        return Err(Error::other(format!("counts were lost: {total}")));
    }
    println!("{CLIENTS} clients, {requests} rounds each, total {total}");
    Ok(())
}
