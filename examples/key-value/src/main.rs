//! A key-value service: `SET`, `GET`, `DEL`, `INCR`, `EXPIRE`, `KEYS`, `WATCH`, `QUIT`, a line each.

mod client;
mod protocol;
mod self_test;
mod server;
mod store;

use std::process::ExitCode;

const USAGE: &str = "\
usage: key-value serve ADDRESS
       key-value client ADDRESS COMMAND...
       key-value self-test [REQUESTS]";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["serve", address] => server::serve_until_interrupted(address).await,
        ["client", address, ref command @ ..] if !command.is_empty() => {
            client::one_shot(address, &command.join(" ")).await
        }
        ["self-test"] => self_test::run(1000).await,
        ["self-test", requests] if requests.parse::<u32>().is_ok() => {
            self_test::run(requests.parse().unwrap_or(0)).await
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("key-value: {e}");
            ExitCode::FAILURE
        }
    }
}
