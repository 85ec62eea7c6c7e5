//! A DHCP server with one lease.

use embassy_net::udp::{PacketMetadata, UdpSocket};
use embassy_net::{Ipv4Address, Stack};
use smoltcp::wire::{DhcpMessageType, DhcpPacket, DhcpRepr};

use crate::{LEASE, SERVER};

const SERVER_PORT: u16 = 67;
const CLIENT_PORT: u16 = 68;
const LEASE_SECONDS: u32 = 3600;

#[embassy_executor::task]
pub async fn serve(stack: Stack<'static>) {
    let (mut rx_meta, mut tx_meta) = ([PacketMetadata::EMPTY; 2], [PacketMetadata::EMPTY; 2]);
    let (mut rx, mut tx) = ([0; 1024], [0; 1024]);
    let mut socket = UdpSocket::new(stack, &mut rx_meta, &mut rx, &mut tx_meta, &mut tx);
    socket.bind(SERVER_PORT).expect("the port is free");
    let mut message = [0; 576];
    loop {
        let Ok((length, _)) = socket.recv_from(&mut message).await else { continue };
        let mut reply = [0; 576];
        if let Some(length) = answer(&message[..length], &mut reply) {
            // A reply that finds no room is lost; the client asks again.
            let everyone = (Ipv4Address::BROADCAST, CLIENT_PORT);
            let _ = socket.send_to(&reply[..length], everyone).await;
        }
    }
}

/// Writes the reply to a client's message and gives its length; none where none is due.
fn answer(message: &[u8], reply: &mut [u8]) -> Option<usize> {
    let packet = DhcpPacket::new_checked(message).ok()?;
    let asked = DhcpRepr::parse(&packet).ok()?;
    let kind = match asked.message_type {
        DhcpMessageType::Discover => DhcpMessageType::Offer,
        DhcpMessageType::Request if asked.requested_ip.is_none_or(|ip| ip == LEASE) => {
            DhcpMessageType::Ack
        }
        DhcpMessageType::Request => DhcpMessageType::Nak,
        _ => return None,
    };
    let answer = DhcpRepr {
        message_type: kind,
        your_ip: LEASE,
        server_ip: SERVER,
        server_identifier: Some(SERVER),
        router: Some(SERVER),
        subnet_mask: Some(Ipv4Address::new(255, 255, 255, 0)),
        lease_duration: Some(LEASE_SECONDS),
        requested_ip: None,
        client_identifier: None,
        parameter_request_list: None,
        ..asked
    };
    let length = answer.buffer_len();
    let mut packet = DhcpPacket::new_unchecked(reply.get_mut(..length)?);
    answer.emit(&mut packet).ok()?;
    Some(length)
}
