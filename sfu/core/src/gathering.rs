//! The packets of a video frame wait for each other: sending many at once costs little more than sending one.

use std::time::{Duration, Instant};

use jumpa_sfu_proto::Kind;

use crate::arena::Key;
use crate::egress::Egress;
use crate::participant::Participant;
use crate::state::State;

/// The packets of a video frame wait for its last one, though no longer than this.
const FRAME_PATIENCE: Duration = Duration::from_millis(1);

/// Participants for whom there is media that has not left.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    waiting: Vec<Key<Participant>>,
    next: Option<Instant>,
}

impl Gathering {
    /// When [`State::release`] has something to do.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.next
    }

    /// A packet has been queued for a participant; true when it has to leave at once.
    pub(crate) fn queued(
        &mut self,
        now: Instant,
        key: Key<Participant>,
        egress: &mut Egress,
        packet: Queued,
    ) -> bool {
        let at = packet.leaves_at(now);
        if at <= now {
            return true;
        }
        match egress.leaves_at {
            Some(earlier) if earlier <= at => return false,
            Some(_) => {}
            None => self.waiting.push(key),
        }
        egress.leaves_at = Some(at);
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
            let egress = self
                .participants
                .get_mut(*key)
                .map(|participant| &mut participant.subscriber.egress);
            let Some((egress, at)) = egress.and_then(|egress| {
                let at = egress.leaves_at?;
                Some((egress, at))
            }) else {
                return false;
            };
            if at <= now {
                egress.leaves_at = None;
                depart(&mut self.departing, *key, egress);
                return false;
            }
            next = Some(next.map_or(at, |next| next.min(at)));
            true
        });
        self.gathering.waiting = waiting;
        self.gathering.next = next;
    }
}

/// Queues a participant to be flushed, once.
pub(crate) fn depart(
    departing: &mut Vec<Key<Participant>>,
    key: Key<Participant>,
    egress: &mut Egress,
) {
    if !std::mem::replace(&mut egress.is_departing, true) {
        departing.push(key);
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
