//! The packets of a video frame wait for each other: serving a connection costs more than a packet does.

use std::time::{Duration, Instant};

use jumpa_sfu_proto::Kind;

use crate::connection::{Connection, ConnectionKey};
use crate::state::State;

/// The packets of a video frame wait for its last one, though no longer than this.
const FRAME_PATIENCE: Duration = Duration::from_millis(1);

/// Connections with media that has not left.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    waiting: Vec<ConnectionKey>,
    next: Option<Instant>,
}

impl Gathering {
    /// When [`State::release`] has something to do.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.next
    }

    /// A packet has been queued at a connection; true when it has to leave at once.
    pub(crate) fn queued(
        &mut self,
        now: Instant,
        key: ConnectionKey,
        connection: &mut Connection,
        packet: Queued,
    ) -> bool {
        let at = packet.leaves_at(now);
        if at <= now {
            return true;
        }
        match connection.leaves_at {
            Some(earlier) if earlier <= at => return false,
            Some(_) => {}
            None => self.waiting.push(key),
        }
        connection.leaves_at = Some(at);
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
        false
    }
}

/// What decides how long a packet may wait.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Queued {
    pub kind: Kind,
    /// The RTP marker: a video frame ends.
    pub marker: bool,
}

impl Queued {
    fn leaves_at(self, now: Instant) -> Instant {
        match self.kind {
            Kind::Video if !self.marker => now + FRAME_PATIENCE,
            _ => now,
        }
    }
}

impl State {
    /// Lets those go whose media has waited long enough.
    pub(crate) fn release(&mut self, now: Instant) {
        if self.gathering.next.is_none_or(|next| now < next) {
            return;
        }
        let mut waiting = std::mem::take(&mut self.gathering.waiting);
        let mut next: Option<Instant> = None;
        waiting.retain(|key| {
            let connection = self
                .participants
                .get_mut(key.participant)
                .and_then(|participant| participant.connection(key.target));
            let Some(at) = connection.and_then(|connection| connection.leaves_at) else {
                return false;
            };
            if at <= now {
                self.touch(*key);
                return false;
            }
            next = Some(next.map_or(at, |next| next.min(at)));
            true
        });
        self.gathering.waiting = waiting;
        self.gathering.next = next;
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAME_PATIENCE, Queued};
    use crate::testing::start;
    use jumpa_sfu_proto::Kind;

    fn packet(kind: Kind, marker: bool) -> Queued {
        Queued { kind, marker }
    }

    #[test]
    fn a_voice_never_waits() {
        assert_eq!(packet(Kind::Audio, false).leaves_at(start()), start());
    }

    #[test]
    fn a_frame_waits_for_its_last_packet_and_not_for_ever() {
        let now = start();
        assert_eq!(
            packet(Kind::Video, false).leaves_at(now),
            now + FRAME_PATIENCE
        );
        assert_eq!(packet(Kind::Video, true).leaves_at(now), now);
    }
}
