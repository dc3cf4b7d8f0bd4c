//! Asks a client that says nothing whether it is still there, so that a dead path is noticed within a second.
//!
//! A client with nothing to send is silent for seconds. An ICE-lite server sends no checks of its own (RFC 8445 section
//! 7), yet every full agent answers one, and no other packet would be answered by all clients.

use std::time::{Duration, Instant};

use str0m::config::CryptoProvider;
use str0m::ice::{StunMessage, TransId};

use crate::batch::Batch;
use crate::connection::Connection;
use crate::sdp::{self, IceCredentials};
use crate::state::State;

/// A client that has said nothing for this long is asked …
const ASK_AFTER: Duration = Duration::from_millis(400);
/// … this often, so that loss alone does not make it look dead …
const ASK_EVERY: Duration = Duration::from_millis(50);
/// … and then no more than this often.
const ASK_SELDOM_AFTER: Duration = Duration::from_secs(3);
const ASK_SELDOM: Duration = Duration::from_millis(500);
/// Nothing has come for this long and a round trip: the path is silent, and a second is not over yet.
const SILENT_AFTER: Duration = Duration::from_millis(900);
/// A round trip that is said to be longer is not believed.
const LONGEST_TRIP: Duration = Duration::from_secs(2);
/// Of a peer-reflexive candidate (RFC 8445 section 5.1.2.1); nothing depends on it.
const PRIORITY: u32 = (110 << 24) | 255;
const MOST_BYTES: usize = 1024;

/// What is needed to ask a client, and when it was asked.
#[derive(Debug, Default)]
pub(crate) struct Probe {
    credentials: Option<IceCredentials>,
    asked_at: Option<Instant>,
}

impl Probe {
    /// Takes the client's credentials from its latest description.
    pub(crate) fn learn(&mut self, description: &str) {
        if let Some(credentials) = sdp::ice_credentials(description) {
            self.credentials = Some(credentials);
        }
    }

    /// Whether to ask now somebody who has been silent for so long; it counts as asked.
    fn is_due(&mut self, now: Instant, silence: Duration) -> bool {
        let pause = if silence < ASK_SELDOM_AFTER {
            ASK_EVERY
        } else {
            ASK_SELDOM
        };
        let is_fresh = |at: Instant| now.saturating_duration_since(at) < pause;
        if silence < ASK_AFTER || self.asked_at.is_some_and(is_fresh) {
            return false;
        }
        self.asked_at = Some(now);
        true
    }
}

impl State {
    /// Asks everybody who has been silent for a while.
    pub(crate) fn ask_silent(&mut self, now: Instant) {
        let crypto = self.identity.crypto();
        for participant in self.participants.values_mut() {
            let uplink = participant.uplink.as_mut();
            let subscriber = &mut participant.subscriber.connection;
            for connection in uplink.into_iter().chain([subscriber]) {
                ask(now, connection, crypto, &mut self.batch);
            }
        }
    }
}

fn ask(
    now: Instant,
    connection: &mut Connection,
    crypto: &CryptoProvider,
    batch: &mut Batch,
) -> Option<()> {
    let silence = silence(now, connection)?;
    if !connection.probe.is_due(now, silence) {
        return None;
    }
    let path = connection.path?;
    let theirs = connection.probe.credentials.as_ref()?;
    let ours = connection.rtc.direct_api().local_ice_credentials();
    let user = format!("{}:{}", theirs.ufrag, ours.ufrag);
    let check = StunMessage::binding_request(&user, TransId::new(), false, 0, PRIORITY, false);
    let mut datagram = [0; MOST_BYTES];
    let sign = |key: &[u8], parts: &[&[u8]]| crypto.sha1_hmac_provider.sha1_hmac(key, parts);
    let length = check
        .to_bytes(Some(theirs.password.as_bytes()), &mut datagram, sign)
        .ok()?;
    batch.push(path.source, path.destination, datagram.get(..length)?);
    Some(())
}

/// How long nothing has come from a client that should be there.
fn silence(now: Instant, connection: &Connection) -> Option<Duration> {
    let is_there = connection.is_connected && connection.lost_at.is_none();
    is_there.then(|| now.saturating_duration_since(connection.last_heard))
}

/// Whether one of a client's connections has fallen silent.
pub(crate) fn is_silent<'a>(
    now: Instant,
    connections: impl Iterator<Item = &'a Connection>,
    round_trip: Option<Duration>,
) -> bool {
    let patience = SILENT_AFTER + round_trip.unwrap_or_default().min(LONGEST_TRIP);
    connections
        .filter_map(|connection| silence(now, connection))
        .any(|silence| silence >= patience)
}

#[cfg(test)]
mod tests {
    use super::Probe;
    use crate::testing::at;
    use std::time::Duration;

    #[test]
    fn who_speaks_is_never_asked() {
        let mut probe = Probe::default();
        let asked = (0..100).filter(|tick| probe.is_due(at(tick * 50), Duration::from_millis(350)));
        assert_eq!(asked.count(), 0);
    }

    #[test]
    fn who_is_silent_is_asked_often_enough_for_a_lossy_network_and_then_seldom() {
        let mut probe = Probe::default();
        let asked: Vec<u64> = (0..200)
            .map(|tick| tick * 50)
            .filter(|time| probe.is_due(at(*time), Duration::from_millis(*time)))
            .collect();
        assert_eq!(asked[..7], [400, 450, 500, 550, 600, 650, 700]);
        assert!(
            asked
                .windows(2)
                .rev()
                .take(10)
                .all(|pair| pair[1] - pair[0] == 500)
        );
    }
}
