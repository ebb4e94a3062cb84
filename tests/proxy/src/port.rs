//! A port that stays ours while nobody listens on it.

use std::{
    mem,
    net::{Ipv4Addr, SocketAddr},
};

use tokio::net::{TcpListener, TcpSocket};

/// A loopback port. While there is no listener, connections to it are refused, and no other
/// program can be given it.
pub(super) struct Port {
    pub(super) address: SocketAddr,
    spare: TcpSocket,
}

impl Port {
    pub(super) fn take() -> Self {
        let spare = bound(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let address = spare.local_addr().expect("an address");
        Self { address, spare }
    }

    /// Begins to listen. The spare socket is bound first, as none can be once another listens.
    pub(super) fn listen(&mut self) -> TcpListener {
        let next = bound(self.address);
        let socket = mem::replace(&mut self.spare, next);
        socket.listen(1024).expect("the port is ours")
    }
}

fn bound(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_reuseaddr(true).expect("an option");
    socket.bind(address).expect("a loopback port");
    socket
}
