//! Offers and answers of both connections of a participant.

use std::time::Instant;

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{
    Kind, MediaSectionsRequired, PublisherAnswer, PublisherOffer, SubscriberAnswer,
    SubscriberOffer, Target, TrackEnded, TrackNegotiated,
};
use str0m::RtcError;
use str0m::change::SdpOffer;
use str0m::media::Mid;

use crate::arena::Key;
use crate::connection::{Carries, ConnectionKey};
use crate::dependency;
use crate::egress::Asked;
use crate::formats::{self, Listed};
use crate::participant::{Participant, Publisher};
use crate::sdp::{self, OpusChoice};
use crate::sections::Requirement;
use crate::state::{Failure, State};
use crate::subscriber::{AnswerError, Wanted};
use crate::track::Track;

/// Sections of an offer; the time that one takes grows with their square.
const MOST_SECTIONS: usize = 512;

impl State {
    /// A client offers what it sends.
    pub(crate) fn publisher_offer(
        &mut self,
        now: Instant,
        key: Key<Participant>,
        command: &PublisherOffer,
    ) {
        let offer = (command.sdp.len() <= self.config.max_sdp_bytes)
            .then(|| SdpOffer::from_sdp_string(&command.sdp).ok())
            .flatten();
        let offer = offer.filter(|offer| offer.media_lines.len() <= MOST_SECTIONS);
        let Some(offer) = offer else {
            return self.refuse(
                &command.participant_sid,
                "",
                "bad_sdp",
                "the offer cannot be read",
            );
        };
        let answer = match self.accept(now, key, offer, &command.sdp) {
            Some(Ok(answer)) => answer,
            Some(Err(error)) => return self.fail_bad_sdp(key, &error.to_string()),
            None => return,
        };
        let key_of_connection = ConnectionKey {
            participant: key,
            target: Target::Publisher,
        };
        self.register(key_of_connection);
        self.end_tracks_not_sent(key);
        let negotiated = self.newly_negotiated(now, key);
        let sdp = sdp::choose_opus(&answer, &self.opus_choices(key));
        let sdp = formats::prefer(&sdp, &self.formats_of(key));
        let answer = self.answer_with_tracks(key, command, sdp);
        self.events.push_back(Event::PublisherAnswer(answer));
        self.events.extend(negotiated);
        self.start_lines(now, key);
        self.unoffered.push(key);
        self.touch(key_of_connection);
    }

    /// Lets str0m answer an offer.
    fn accept(
        &mut self,
        now: Instant,
        key: Key<Participant>,
        offer: SdpOffer,
        sdp: &str,
    ) -> Option<Result<String, RtcError>> {
        let participant = self.participants.get_mut(key)?;
        if !participant.subscriber.is_single() {
            let (identity, reach) = (&self.identity, participant.reach);
            participant
                .uplink
                .get_or_insert_with(|| identity.connect(Carries::Upward, reach, now));
        }
        participant
            .publisher
            .get_or_insert_with(|| Publisher::new(now));
        let (publisher, connection) = participant.publishing()?;
        if sdp::leaves_handshake(sdp)
            && let Err(error) = connection.rtc.direct_api().start_dtls(true)
        {
            return Some(Err(error));
        }
        let answer = connection.rtc.sdp_api().accept_offer(offer);
        if answer.is_ok() {
            connection.probe.learn(sdp);
            publisher.take_in(sdp::sections(sdp));
        }
        Some(answer.map(|answer| answer.to_sdp_string()))
    }

    /// The answer, and on a connection for both directions the tracks that its sections bring.
    fn answer_with_tracks(
        &mut self,
        key: Key<Participant>,
        command: &PublisherOffer,
        sdp: String,
    ) -> PublisherAnswer {
        let mut answer = PublisherAnswer {
            participant_sid: command.participant_sid.clone(),
            id: command.id,
            sdp,
            ..PublisherAnswer::default()
        };
        let mut depending = self.depending(key);
        let Some(participant) = self.participants.get_mut(key) else {
            return answer;
        };
        let Participant {
            publisher: Some(publisher),
            subscriber,
            sid,
            ..
        } = participant
        else {
            return answer;
        };
        let lost = subscriber.assign(&publisher.sections);
        answer.sdp = subscriber.describe(&answer.sdp, sid);
        depending.extend(subscriber.depending());
        answer.sdp = formats::keep_extension(&answer.sdp, dependency::URI, &depending);
        answer.mid_to_track_sid = subscriber.brought().collect();
        for track in lost {
            let track = self.tracks.get_mut(track);
            if let Some(subscription) = track.and_then(|track| track.subscription_of(key)) {
                subscription.stop();
            }
        }
        answer
    }

    fn fail_bad_sdp(&mut self, key: Key<Participant>, message: &str) {
        let failure = Failure {
            reason: Reason::BadInput,
            code: "bad_sdp",
            message,
        };
        self.fail(key, failure);
    }

    /// Lets datagrams with the connection's present user fragment find it.
    pub(crate) fn register(&mut self, key: ConnectionKey) {
        let connection = self
            .participants
            .get_mut(key.participant)
            .and_then(|p| p.connection(key.target));
        if let Some(ufrag) = connection.and_then(crate::connection::Connection::new_ufrag) {
            self.demux.name(ufrag, key);
        }
    }

    /// Negotiated tracks whose section the latest offer has taken away or stopped.
    fn end_tracks_not_sent(&mut self, key: Key<Participant>) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let Some(publisher) = &participant.publisher else {
            return;
        };
        let tracks = &self.tracks;
        let is_sent = |track: &Track| {
            track.mid.is_none_or(|mid| {
                publisher
                    .sections
                    .iter()
                    .any(|s| s.is_sending && Mid::from(s.mid.as_str()) == mid)
            })
        };
        let (kept, ended): (Vec<_>, Vec<_>) = participant
            .tracks
            .iter()
            .partition(|key| tracks.get(**key).is_some_and(is_sent));
        participant.tracks = kept;
        let participant_sid = participant.sid.clone();
        for track in ended {
            if let Some(gone) = self.tracks.get(track) {
                self.events.push_back(Event::TrackEnded(TrackEnded {
                    participant_sid: participant_sid.clone(),
                    track_sid: gone.sid.clone(),
                }));
            }
            self.drop_track(track);
        }
    }

    /// Finds sections for announced tracks that have none; called whenever either side has something new.
    pub(crate) fn match_sections(&mut self, now: Instant, key: Key<Participant>) {
        let negotiated = self.newly_negotiated(now, key);
        self.events.extend(negotiated);
    }

    fn newly_negotiated(&mut self, now: Instant, key: Key<Participant>) -> Vec<Event> {
        let Some(participant) = self.participants.get_mut(key) else {
            return Vec::new();
        };
        let (sid, tracks) = (participant.sid.clone(), participant.tracks.clone());
        let invents_names = participant.has_stream_per_track;
        let Some((publisher, connection)) = participant.publishing() else {
            return Vec::new();
        };
        let mut negotiated = Vec::new();
        for track_key in tracks {
            let Some(track) = self
                .tracks
                .get_mut(track_key)
                .filter(|track| track.mid.is_none())
            else {
                continue;
            };
            let kind = track.section_kind();
            let Some(section) = publisher.section_of(&track.cid, kind, invents_names) else {
                continue;
            };
            let mid = Mid::from(section.mid.as_str());
            if !connection.takes(mid) {
                continue;
            }
            let Some(encoding) = track.encoding(&mut connection.rtc, mid, section.codec) else {
                continue;
            };
            publisher.give(&section);
            track.negotiate(mid, &section.rids, encoding);
            track.aim(now);
            negotiated.push(Event::TrackNegotiated(TrackNegotiated {
                participant_sid: sid.clone(),
                track_sid: track.sid.clone(),
                mid: section.mid.clone(),
                mime_type: track.mime_type().to_owned(),
            }));
        }
        negotiated
    }

    /// What the client is to send, section by section.
    fn formats_of(&self, key: Key<Participant>) -> Vec<Listed> {
        let participant = self.participants.get(key);
        let tracks = participant.into_iter().flat_map(|p| &p.tracks);
        tracks
            .filter_map(|track| self.tracks.get(*track))
            .filter_map(|track| Some((track.mid?.to_string(), track.formats())))
            .collect()
    }

    /// The sections of its tracks whose packets tell on what they depend.
    fn depending(&self, key: Key<Participant>) -> Vec<String> {
        let participant = self.participants.get(key);
        let tracks = participant.into_iter().flat_map(|p| &p.tracks);
        tracks
            .filter_map(|track| self.tracks.get(*track))
            .filter(|track| track.codec.has_dependencies())
            .filter_map(|track| Some(track.mid?.to_string()))
            .collect()
    }

    fn opus_choices(&self, key: Key<Participant>) -> Vec<OpusChoice> {
        let tracks = self
            .participants
            .get(key)
            .map(|participant| &participant.tracks);
        tracks
            .into_iter()
            .flatten()
            .filter_map(|track| self.tracks.get(*track))
            .filter(|track| track.kind == Kind::Audio)
            .filter_map(|track| {
                Some(OpusChoice {
                    mid: track.mid?.to_string(),
                    dtx: track.has_dtx,
                    stereo: track.is_stereo,
                })
            })
            .collect()
    }

    /// Offers to everyone for whom something has changed and who has answered the offer before.
    pub(crate) fn offer_to_subscribers(&mut self, now: Instant) {
        for key in std::mem::take(&mut self.unoffered) {
            self.guarded(key, |state| state.offer_to(now, key));
        }
    }

    fn offer_to(&mut self, now: Instant, key: Key<Participant>) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        if participant.subscriber.is_single() {
            return self.require_sections(now, key);
        }
        if let Some((id, sdp)) = participant.subscriber.offer(now) {
            self.events
                .push_back(Event::SubscriberOffer(SubscriberOffer {
                    participant_sid: participant.sid.clone(),
                    id,
                    sdp,
                }));
        }
    }

    /// Asks the client of a connection for both directions for the offer that is needed.
    fn require_sections(&mut self, now: Instant, key: Key<Participant>) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        if let Some(Requirement { audios, videos }) = participant.subscriber.require(now) {
            self.events
                .push_back(Event::MediaSectionsRequired(MediaSectionsRequired {
                    participant_sid: participant.sid.clone(),
                    audios,
                    videos,
                }));
        }
    }

    /// Asks those whose turn has come only by time.
    pub(crate) fn ask_in_time(&mut self, now: Instant) {
        let keys: Vec<_> = self.participants.iter().map(|(key, _)| key).collect();
        for key in keys {
            let participant = self.participants.get_mut(key);
            if participant.is_some_and(|participant| participant.subscriber.is_due(now)) {
                self.unoffered.push(key);
            }
        }
    }

    /// A client has come back and may have missed what it was offered.
    pub(crate) fn restart_ice(&mut self, now: Instant, key: Key<Participant>) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        if let Some(sections) = &mut participant.subscriber.sections {
            return sections.expect_offer(now);
        }
        if let Some((id, sdp)) = participant.subscriber.restart(now) {
            self.events
                .push_back(Event::SubscriberOffer(SubscriberOffer {
                    participant_sid: participant.sid.clone(),
                    id,
                    sdp,
                }));
        }
        self.unoffered.push(key);
    }

    /// A client answers what it was offered.
    pub(crate) fn subscriber_answer(
        &mut self,
        now: Instant,
        key: Key<Participant>,
        command: &SubscriberAnswer,
    ) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        if command.sdp.len() > self.config.max_sdp_bytes {
            return self.fail_bad_sdp(key, "the answer is too large");
        }
        let subscriber = &mut participant.subscriber;
        match subscriber.answer(command.id, &command.sdp) {
            Ok(()) => subscriber.connection.probe.learn(&command.sdp),
            Err(AnswerError::Unexpected) => {
                let message = "no offer waits for this answer";
                return self.refuse(&command.participant_sid, "", "unexpected_answer", message);
            }
            Err(error) => return self.fail_bad_sdp(key, &error.to_string()),
        }
        let key_of_connection = ConnectionKey {
            participant: key,
            target: Target::Subscriber,
        };
        self.register(key_of_connection);
        self.start_lines(now, key);
        self.unoffered.push(key);
        self.touch(key_of_connection);
    }

    /// Lets media flow on every line that the client has accepted, once there is a connection to carry it.
    pub(crate) fn start_lines(&mut self, now: Instant, key: Key<Participant>) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let subscriber = &mut participant.subscriber;
        if !subscriber.connection.is_connected {
            return;
        }
        let (mut started, mut unfit) = (Vec::new(), Vec::new());
        for line in subscriber
            .lines
            .iter_mut()
            .filter(|line| line.wanted == Wanted::Sending && line.is_answered)
        {
            let Some(track) = self.tracks.get_mut(line.track) else {
                continue;
            };
            let (clock_rate, codec) = (track.codec.clock_rate(), track.codec);
            if let (Some(mid), Some(subscription)) = (line.mid, track.subscription_of(key))
                && subscription.line.is_none()
            {
                if std::mem::take(&mut line.is_fresh) {
                    subscription.renumber(clock_rate);
                }
                let (connection, sources) = (&mut subscriber.connection, line.sources);
                let asked = Asked {
                    mid,
                    codec,
                    sources,
                };
                subscription.line = subscriber.egress.open(connection, asked);
                let tells = |line| subscriber.egress.tells_dependencies(line);
                subscription.is_flat =
                    codec.has_dependencies() && !subscription.line.is_some_and(tells);
                subscription.opened_at.get_or_insert(now);
                if subscription.line.is_none() && !std::mem::replace(&mut line.is_unfit, true) {
                    unfit.push(track.sid.clone());
                }
                track.aim(now);
                started.push(line.track);
            }
        }
        for track in started {
            self.request_keyframes(now, track);
        }
        self.refuse_unfit(key, &unfit);
    }

    /// Says which tracks a client cannot receive.
    fn refuse_unfit(&mut self, key: Key<Participant>, tracks: &[String]) {
        let Some(participant) = self.participants.get(key) else {
            return;
        };
        let sid = participant.sid.clone();
        for track in tracks {
            let message = "the client does not accept the codec of this track";
            self.refuse(&sid, track, "codec_unsupported", message);
        }
    }
}
