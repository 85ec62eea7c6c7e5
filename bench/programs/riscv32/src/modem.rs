//! Dials with AT commands, then talks PPP on the same port; an embassy-net stack lies on top.

use board::println;
use embassy_executor::Spawner;
use embassy_net::{ConfigV4, Ipv4Cidr, Stack, StackResources, StaticConfigV4};
use embassy_net_ppp::{Config, Device, Runner, State};
use embassy_time::{Duration, Timer, with_timeout};
use embedded_io_async::{Read, Write};
use heapless::Vec;
use static_cell::StaticCell;

use crate::serial::{Error, Serial};

/// What is said to the modem, and for how many seconds an answer may take.
const DIALOGUE: [(&str, u64); 4] =
    [("ATZ\r", 2), ("ATE0\r", 2), ("AT+CGDCONT=1,\"IP\",\"internet\"\r", 5), ("ATD*99#\r", 60)];

#[derive(Debug)]
#[expect(dead_code, reason = "Debug prints them")]
enum Refusal {
    Line(Error),
    Silence,
    Said(Vec<u8, 32>),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Line(error)
    }
}

async fn answer(port: &mut Serial) -> Result<(), Refusal> {
    let mut line = Vec::<u8, 32>::new();
    loop {
        let mut byte = [0];
        port.read_exact(&mut byte).await.map_err(|_| Refusal::Silence)?;
        match byte[0] {
            b'\r' | b'\n' => match line.as_slice() {
                b"OK" => return Ok(()),
                text if text.starts_with(b"CONNECT") => return Ok(()),
                b"ERROR" | b"NO CARRIER" | b"BUSY" => return Err(Refusal::Said(line)),
                _ => line.clear(),
            },
            other => {
                // What is too long is none of the answers.
                let _ = line.push(other);
            }
        }
    }
}

async fn dial(port: &mut Serial) -> Result<(), Refusal> {
    for (text, seconds) in DIALOGUE {
        port.write_all(text.as_bytes()).await?;
        port.flush().await?;
        let waited = with_timeout(Duration::from_secs(seconds), answer(port));
        waited.await.map_err(|_| Refusal::Silence)??;
    }
    Ok(())
}

#[embassy_executor::task]
async fn ppp_task(mut port: Serial, mut runner: Runner<'static>, stack: Stack<'static>) -> ! {
    let mut pause = Duration::from_secs(1);
    loop {
        match dial(&mut port).await {
            Ok(()) => {
                pause = Duration::from_secs(1);
                let config = Config { username: b"board", password: b"" };
                let Err(e) = runner
                    .run(&mut port, config, |status| {
                        let Some(address) = status.address else {
                            println!("the other side gives no address");
                            return;
                        };
                        println!("our address is {address}");
                        let mut dns_servers = Vec::new();
                        for server in status.dns_servers.into_iter().flatten() {
                            let _ = dns_servers.push(server);
                        }
                        stack.set_config_v4(ConfigV4::Static(StaticConfigV4 {
                            address: Ipv4Cidr::new(address, 32),
                            gateway: status.peer_address,
                            dns_servers,
                        }));
                    })
                    .await;
                println!("the line is down: {e:?}");
                stack.set_config_v4(ConfigV4::None);
            }
            Err(refusal) => {
                println!("not connected: {refusal:?}");
                pause = (pause * 2).min(Duration::from_secs(300));
            }
        }
        Timer::after(pause).await;
    }
}

#[embassy_executor::task]
async fn net_task(mut runner: embassy_net::Runner<'static, Device<'static>>) -> ! {
    runner.run().await
}

/// Starts the tasks of the network; it comes up when it comes up.
pub fn start<const SOCKETS: usize>(
    spawner: Spawner,
    resources: &'static mut StackResources<SOCKETS>,
    seed: u64,
) -> Stack<'static> {
    static STATE: StaticCell<State<4, 4>> = StaticCell::new();
    let (device, runner) = embassy_net_ppp::new(STATE.init(State::new()));
    let (stack, net) =
        embassy_net::new(device, embassy_net::Config::default(), resources, seed);
    spawner.spawn(ppp_task(Serial::new(), runner, stack).expect("it is spawned once"));
    spawner.spawn(net_task(net).expect("it is spawned once"));
    stack
}
