//! Connections: a task each, until they quit or the service stops.

use std::io::Result;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::protocol::{Reply, Request};
use crate::store::{Change, Store};

/// Serves until the process is interrupted.
pub async fn serve_until_interrupted(address: &str) -> Result<()> {
    let listener = TcpListener::bind(address).await?;
    println!("serving on {}", listener.local_addr()?);
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        let _ = tokio::signal::ctrl_c().await;
        let _ = stop.send(true);
    });
    serve(listener, stopped).await
}

/// Takes connections until told to stop.
pub async fn serve(listener: TcpListener, mut stopped: watch::Receiver<bool>) -> Result<()> {
    let store = Store::new();
    loop {
        let (stream, _) = tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return Ok(()),
            connection = listener.accept() => connection?,
        };
        let (store, mut stopped) = (store.clone(), stopped.clone());
        tokio::spawn(async move {
            tokio::select! {
                _ = stopped.wait_for(|stop| *stop) => {}
                // A connection that breaks is that client's business alone.
                _ = converse(stream, &store) => {}
            }
        });
    }
}

async fn converse(stream: TcpStream, store: &Store) -> Result<()> {
    stream.set_nodelay(true)?;
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    while let Some(line) = lines.next_line().await? {
        let reply = match Request::parse(&line) {
            Err(what) => Reply::Wrong(what),
            Ok(Request::Get(key)) => store.get(&key),
            Ok(Request::Set(key, value)) => store.set(key, value),
            Ok(Request::Delete(key)) => store.delete(key),
            Ok(Request::Increment(key, by)) => store.increment(key, by),
            Ok(Request::Expire(key, ms)) => store.expire(key, Duration::from_millis(ms)),
            Ok(Request::Keys(prefix)) => store.keys(&prefix),
            Ok(Request::Watch(prefix)) => {
                let mut changes = store.changes();
                writer.write_all(b"ok\n").await?;
                loop {
                    let text = match changes.recv().await {
                        Ok(change) if change.key.starts_with(&prefix) => describe(&change),
                        Ok(_) => continue,
                        Err(RecvError::Lagged(missed)) => format!("missed {missed}\n"),
                        Err(RecvError::Closed) => return Ok(()),
                    };
                    writer.write_all(text.as_bytes()).await?;
                }
            }
            Ok(Request::Quit) => return Ok(()),
        };
        writer.write_all(format!("{reply}\n").as_bytes()).await?;
    }
    Ok(())
}

fn describe(change: &Change) -> String {
    match &change.value {
        Some(value) => format!("{} = {value}\n", change.key),
        None => format!("{} gone\n", change.key),
    }
}
