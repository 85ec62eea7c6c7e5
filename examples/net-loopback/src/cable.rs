//! A cable between two Ethernet ports, in memory: what one sends, the other receives.

use embassy_executor::Spawner;
use embassy_futures::join::join;
use embassy_net_driver_channel::driver::{HardwareAddress, LinkState};
use embassy_net_driver_channel::{Device, Runner, RxRunner, State, TxRunner};
use static_cell::StaticCell;

/// Bytes of the largest frame.
pub const MTU: usize = 1514;
/// Frames that each port buffers in each direction.
const DEPTH: usize = 4;

type Port = Device<'static, MTU>;

/// Two ports with a task that carries frames between them.
pub fn plug_in(spawner: Spawner) -> (Port, Port) {
    static A: StaticCell<State<MTU, DEPTH, DEPTH>> = StaticCell::new();
    static B: StaticCell<State<MTU, DEPTH, DEPTH>> = StaticCell::new();
    let address = |last| HardwareAddress::Ethernet([2, 0, 0, 0, 0, last]);
    let (a, port_a) = embassy_net_driver_channel::new(A.init(State::new()), address(1));
    let (b, port_b) = embassy_net_driver_channel::new(B.init(State::new()), address(2));
    spawner.spawn(carry(a, b).unwrap());
    (port_a, port_b)
}

#[embassy_executor::task]
async fn carry(a: Runner<'static, MTU>, b: Runner<'static, MTU>) {
    let (state_a, into_a, out_of_a) = a.split();
    let (state_b, into_b, out_of_b) = b.split();
    state_a.set_link_state(LinkState::Up);
    state_b.set_link_state(LinkState::Up);
    join(one_way(out_of_a, into_b), one_way(out_of_b, into_a)).await;
}

async fn one_way(mut from: TxRunner<'static, MTU>, mut to: RxRunner<'static, MTU>) {
    loop {
        let frame = from.tx_buf().await;
        let room = to.rx_buf().await;
        let length = frame.len();
        room[..length].copy_from_slice(frame);
        to.rx_done(length);
        from.tx_done();
    }
}
