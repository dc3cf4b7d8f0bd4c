//! A track that is muted and has never sent anything still appears at its subscribers: some clients believe in a track
//! only when its first packet has come.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::arena::Key;
use crate::codec::Codec;
use crate::egress::Media;
use crate::gathering::depart;
use crate::state::State;
use crate::track::Track;

/// A publisher that is about to send has this long …
const BEGIN_AFTER: Duration = Duration::from_millis(100);
/// … and a client that has missed all of it by then takes in no more.
const END_AFTER: Duration = Duration::from_secs(5);
/// Opus that says nothing for 20 ms (RFC 6716 section 3.1), and as much of PCMU.
const OPUS: [u8; 3] = [0xf8, 0xff, 0xfe];
const PCMU: [u8; 160] = [0xff; 160];

/// A packet in which nothing is to be heard or seen.
fn nothing(track: &Track) -> Arc<[u8]> {
    match track.codec {
        Codec::Opus if !track.is_encrypted() => OPUS.into(),
        Codec::Pcmu if !track.is_encrypted() => PCMU.into(),
        _ => [].into(),
    }
}

impl State {
    /// Sends nothing, audibly and visibly, of tracks that have sent nothing.
    pub(crate) fn fill_quiet(&mut self, now: Instant) {
        let is_quiet = |track: &Track| track.is_muted && !track.has_started();
        let quiet: Vec<Key<Track>> = self
            .tracks
            .iter()
            .filter(|(_, track)| is_quiet(track))
            .map(|(key, _)| key)
            .collect();
        for key in quiet {
            self.fill(now, key);
        }
    }

    fn fill(&mut self, now: Instant, key: Key<Track>) {
        let Some(track) = self.tracks.get_mut(key) else {
            return;
        };
        let payload = nothing(track);
        let media = Media {
            marker: false,
            payload: &payload,
            primary: None,
            dependency: None,
        };
        for subscription in &mut track.subscriptions {
            let age = subscription
                .opened_at
                .map(|at| now.saturating_duration_since(at));
            let is_due = age.is_some_and(|age| (BEGIN_AFTER..END_AFTER).contains(&age));
            let Some(line) = subscription.line.filter(|_| is_due) else {
                continue;
            };
            let Some(participant) = self.participants.get_mut(subscription.subscriber) else {
                continue;
            };
            let egress = &mut participant.subscriber.egress;
            let outgoing = subscription.rewriter.nothing(now);
            if egress.push(now, line, &outgoing, &media) {
                depart(&mut self.departing, subscription.subscriber, egress);
            }
        }
    }
}
