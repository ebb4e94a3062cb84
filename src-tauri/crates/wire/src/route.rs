//! Whether any way leads out of this computer.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// Addresses that nobody has (RFC 5737, RFC 3849): routed like any other, and never reached.
const ELSEWHERE: [(SocketAddr, SocketAddr); 2] = [
    (
        v4(Ipv4Addr::UNSPECIFIED, 0),
        v4(Ipv4Addr::new(203, 0, 113, 1), 9),
    ),
    (
        v6(Ipv6Addr::UNSPECIFIED, 0),
        v6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 9),
    ),
];

const fn v4(address: Ipv4Addr, port: u16) -> SocketAddr {
    SocketAddr::V4(std::net::SocketAddrV4::new(address, port))
}

const fn v6(address: Ipv6Addr, port: u16) -> SocketAddr {
    SocketAddr::V6(std::net::SocketAddrV6::new(address, port, 0, 0))
}

/// Asks the system for a route to somewhere else. Nothing is sent: connecting a UDP socket only
/// looks the route up.
pub(crate) fn leads_out() -> bool {
    ELSEWHERE.iter().any(|(here, there)| {
        UdpSocket::bind(here)
            .and_then(|socket| socket.connect(there))
            .is_ok()
    })
}
