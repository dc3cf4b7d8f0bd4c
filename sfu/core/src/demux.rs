//! Finds the connection that a datagram belongs to.

use std::collections::HashMap;
use std::net::SocketAddr;

use str0m::net::Protocol;

use crate::connection::ConnectionKey;

/// Where a client is: two clients behind one address may have the same port, one of UDP and one of TCP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Remote {
    pub address: SocketAddr,
    pub protocol: Protocol,
}

/// Addresses and ICE user fragments of all connections of a worker.
#[derive(Debug, Default)]
pub(crate) struct Demux {
    by_address: HashMap<Remote, ConnectionKey>,
    by_ufrag: HashMap<String, ConnectionKey>,
}

impl Demux {
    /// The connection that has proved to be at this address.
    pub(crate) fn at(&self, source: Remote) -> Option<ConnectionKey> {
        self.by_address.get(&source).copied()
    }

    /// The connection that was given this user fragment.
    pub(crate) fn with_ufrag(&self, ufrag: &str) -> Option<ConnectionKey> {
        self.by_ufrag.get(ufrag).copied()
    }

    /// A connection has proved to be at an address; the latest proof counts.
    pub(crate) fn move_to(&mut self, source: Remote, key: ConnectionKey) {
        self.by_address.insert(source, key);
    }

    /// A connection has been given a user fragment.
    pub(crate) fn name(&mut self, ufrag: String, key: ConnectionKey) {
        self.by_ufrag.insert(ufrag, key);
    }

    /// Forgets what points to a connection; what has passed to another stays.
    pub(crate) fn forget(&mut self, key: ConnectionKey, addresses: &[Remote], ufrags: &[String]) {
        for address in addresses {
            if self.at(*address) == Some(key) {
                self.by_address.remove(address);
            }
        }
        for ufrag in ufrags {
            self.by_ufrag.remove(ufrag);
        }
    }
}
