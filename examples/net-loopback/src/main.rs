//! Two network stacks on one chip. The server hands out addresses by DHCP, echoes UDP in upper
//! case and answers requests over TCP; the client gets its address, then uses all of it.
#![no_std]
#![no_main]

mod cable;
mod client;
mod dhcp;
mod server;

use embassy_executor::Spawner;
use embassy_net::{Config, Ipv4Address, Ipv4Cidr, Runner, Stack, StackResources, StaticConfigV4};
use embassy_net_driver_channel::Device;
use static_cell::StaticCell;

use crate::cable::MTU;

/// Where the server lives; its network is a /24.
const SERVER: Ipv4Address = Ipv4Address::new(10, 0, 0, 1);
/// The one address that the server has to give away.
const LEASE: Ipv4Address = Ipv4Address::new(10, 0, 0, 77);
/// The server's UDP port, which answers in upper case.
const UPPER_PORT: u16 = 7;
/// The server's TCP port.
const LINES_PORT: u16 = 1234;

#[embassy_executor::task(pool_size = 2)]
async fn run_stack(mut runner: Runner<'static, Device<'static, MTU>>) {
    runner.run().await
}

fn start_stack(
    spawner: Spawner,
    device: Device<'static, MTU>,
    config: Config,
    seed: u64,
    resources: &'static mut StackResources<5>,
) -> Stack<'static> {
    let (stack, runner) = embassy_net::new(device, config, resources, seed);
    spawner.spawn(run_stack(runner).unwrap());
    stack
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    static SERVER_SOCKETS: StaticCell<StackResources<5>> = StaticCell::new();
    static CLIENT_SOCKETS: StaticCell<StackResources<5>> = StaticCell::new();
    board::start_clock();
    let (at_server, at_client) = cable::plug_in(spawner);

    let fixed = Config::ipv4_static(StaticConfigV4 {
        address: Ipv4Cidr::new(SERVER, 24),
        gateway: None,
        dns_servers: heapless::Vec::new(),
    });
    let resources = SERVER_SOCKETS.init(StackResources::new());
    let server = start_stack(spawner, at_server, fixed, 0x5eed_0001, resources);
    spawner.spawn(dhcp::serve(server).unwrap());
    spawner.spawn(server::upper(server).unwrap());
    for id in 0..server::WORKERS {
        spawner.spawn(server::lines(server, id).unwrap());
    }

    let asked = Config::dhcpv4(Default::default());
    let resources = CLIENT_SOCKETS.init(StackResources::new());
    let client = start_stack(spawner, at_client, asked, 0x5eed_0002, resources);
    match client::run(client).await {
        Ok(()) => board::exit(0),
        Err(what) => {
            board::println!("failed: {what}");
            board::exit(1)
        }
    }
}
