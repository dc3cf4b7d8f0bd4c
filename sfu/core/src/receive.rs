//! Datagrams in, and what connections tell after they have been drained.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::participant_failed::Reason;
use jumpa_sfu_proto::{Connected, Target};
use str0m::media::{Mid, SenderFeedback};
use str0m::net::Protocol;

use crate::arena::Key;
use crate::connection::{Carries, ConnectionKey, Path, Received, is_media, is_rtcp};
use crate::demux::Remote;
use crate::egress::Told;
use crate::gathering::depart;
use crate::loss::{Response, Strain};
use crate::participant::Participant;
use crate::state::{Failure, State};
use crate::stun;
use crate::subscriber::Subscriber;
use crate::track::Track;

/// Addresses of one connection that are remembered; a client that roams further loses the oldest.
const MOST_ADDRESSES: usize = 16;
/// After a client has closed a connection, the server has this long to say that it has left.
const GOODBYE: Duration = Duration::from_secs(2);
/// A drained connection is left alone for this long, whatever it says, so that no poll goes on for ever.
const SOONEST: Duration = Duration::from_millis(1);

impl State {
    /// Takes in one datagram.
    pub(crate) fn datagram(
        &mut self,
        now: Instant,
        source: SocketAddr,
        destination: SocketAddr,
        contents: &[u8],
    ) {
        self.counters.bytes_in += contents.len() as u64;
        let source = self.remote(source, destination);
        let known = match stun::local_ufrag(contents) {
            Some(ufrag) => self.checked(now, ufrag, source, destination, contents),
            None => self.demux.at(source),
        };
        let Some(key) = known else {
            self.counters.datagrams_unknown += 1;
            return;
        };
        self.guarded(key.participant, |state| {
            let carries = state.carries(key);
            let is_media = is_media(contents);
            if carries.is_downward() && is_media && (!carries.is_upward() || is_rtcp(contents)) {
                state.feedback(now, key.participant, contents);
            }
            if carries.is_upward() || !is_media {
                state.receive(now, key, source, destination, contents);
            }
        });
    }

    fn carries(&mut self, key: ConnectionKey) -> Carries {
        self.participants
            .get_mut(key.participant)
            .and_then(|p| p.connection(key.target))
            .map_or(Carries::Upward, |connection| connection.carries)
    }

    /// Who sends to one of our candidates.
    fn remote(&self, address: SocketAddr, destination: SocketAddr) -> Remote {
        let is_tcp = self.config.tcp_candidates.contains(&destination);
        Remote {
            address,
            protocol: if is_tcp { Protocol::Tcp } else { Protocol::Udp },
        }
    }

    /// Whether a participant has proved to be at the other end of a TCP stream.
    pub(crate) fn knows_stream(&self, address: SocketAddr) -> bool {
        let protocol = Protocol::Tcp;
        self.demux.at(Remote { address, protocol }).is_some()
    }

    /// The connection of a connectivity check, if its password is right; its address is known from then on.
    fn checked(
        &mut self,
        now: Instant,
        ufrag: &str,
        source: Remote,
        destination: SocketAddr,
        contents: &[u8],
    ) -> Option<ConnectionKey> {
        let key = self.demux.with_ufrag(ufrag)?;
        let connection = self
            .participants
            .get_mut(key.participant)?
            .connection(key.target)?;
        let is_known = self.demux.at(source) == Some(key);
        if !is_known && !connection.accepts(now, source, destination, contents) {
            return None;
        }
        if stun::nominates(contents) {
            connection.path = Some(Path {
                source: destination,
                destination: source.address,
            });
        }
        if is_known {
            return Some(key);
        }
        if connection.addresses.len() >= MOST_ADDRESSES {
            let oldest = connection.addresses.remove(0);
            self.demux.forget(key, &[oldest], &[]);
        }
        connection.addresses.push(source);
        self.demux.move_to(source, key);
        Some(key)
    }

    fn receive(
        &mut self,
        now: Instant,
        key: ConnectionKey,
        source: Remote,
        destination: SocketAddr,
        contents: &[u8],
    ) {
        let connection = self
            .participants
            .get_mut(key.participant)
            .and_then(|p| p.connection(key.target));
        let Some(connection) = connection else {
            return;
        };
        let nominating = connection.nominating(contents, self.identity.crypto());
        let contents = nominating.as_deref().unwrap_or(contents);
        match connection.receive(now, source, destination, contents) {
            Ok(Received::Urgent) => self.drain(now, key),
            Ok(Received::Deferred) => self.touch(key),
            Ok(Received::Foreign) => {}
            Err(error) => {
                tracing::debug!(%error, "a datagram was refused");
                self.refresh(now, key);
            }
        }
    }

    /// Lets time pass at a connection and drains it.
    pub(crate) fn refresh(&mut self, now: Instant, key: ConnectionKey) {
        let connection = self
            .participants
            .get_mut(key.participant)
            .and_then(|p| p.connection(key.target));
        match connection.map(|connection| connection.pass_time(now)) {
            Some(Ok(())) => self.drain(now, key),
            Some(Err(error)) => self.lose(key.participant, &error.to_string()),
            None => {}
        }
    }

    /// Drains a connection at which time has just passed, and follows up what it tells.
    fn drain(&mut self, now: Instant, key: ConnectionKey) {
        let mut told = std::mem::take(&mut self.told);
        told.clear();
        let connection = self
            .participants
            .get_mut(key.participant)
            .and_then(|p| p.connection(key.target));
        if let Some(connection) = connection {
            let outcome = connection.drain(&mut self.batch, &mut told);
            connection.deadline = connection.deadline.max(now + SOONEST);
            self.next_deadline = self.next_deadline.min(connection.deadline);
            let is_alive = connection.rtc.is_alive();
            let (carries, has_reports) = (connection.carries, !connection.reports.is_empty());
            for event in told.drain(..) {
                self.follow_up(now, key, carries, event);
            }
            if has_reports {
                self.relay(key.participant);
            }
            if let Err(error) = outcome {
                self.lose(key.participant, &error.to_string());
            } else if !is_alive {
                self.lose(key.participant, "the client has closed the connection");
            }
        }
        self.told = told;
    }

    /// A connection cannot go on, and its participant with it.
    pub(crate) fn lose(&mut self, key: Key<Participant>, message: &str) {
        let failure = Failure {
            reason: Reason::ConnectionLost,
            code: "connection_lost",
            message,
        };
        self.fail(key, failure);
    }

    fn follow_up(
        &mut self,
        now: Instant,
        key: ConnectionKey,
        carries: Carries,
        event: str0m::Event,
    ) {
        let participant = key.participant;
        match event {
            str0m::Event::Connected => self.connected(now, key, carries),
            str0m::Event::Closed => self.close(now, key),
            str0m::Event::RtpPacket(packet) if carries.is_upward() => {
                self.forward(now, participant, &packet);
            }
            str0m::Event::SenderFeedback(report) if carries.is_upward() => {
                self.sender_report(participant, &report);
            }
            str0m::Event::ChannelOpen(id, label) => {
                self.channel_opened(participant, carries, id, &label);
            }
            str0m::Event::ChannelClose(id) if carries.is_upward() => {
                self.channel_closed(participant, id);
            }
            str0m::Event::ChannelData(data) if carries.is_upward() => {
                self.forward_data(now, participant, &data);
            }
            str0m::Event::ChannelBufferedAmountLow(_) if carries.is_downward() => {
                self.flush_data(participant);
            }
            _ => {}
        }
    }

    fn connected(&mut self, now: Instant, key: ConnectionKey, carries: Carries) {
        let Some(participant) = self.participants.get_mut(key.participant) else {
            return;
        };
        let sid = participant.sid.clone();
        if let Some(connection) = participant.connection(key.target) {
            connection.is_connected = true;
        }
        let target = match carries {
            Carries::Downward => Target::Subscriber,
            Carries::Upward | Carries::Both => Target::Publisher,
        };
        self.events.push_back(Event::Connected(Connected {
            participant_sid: sid,
            target: target.into(),
        }));
        if carries.is_downward() {
            self.secure(key.participant);
            self.start_lines(now, key.participant);
        }
    }

    /// Hands the keys of the handshake to the egress.
    fn secure(&mut self, key: Key<Participant>) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let subscriber = &mut participant.subscriber;
        let outcome = subscriber
            .egress
            .secure(self.identity.crypto(), &subscriber.connection);
        if let Err(error) = outcome {
            self.lose(key, &error.to_string());
        }
    }

    fn close(&mut self, now: Instant, key: ConnectionKey) {
        let silence = self.config.silence_timeout;
        let connection = self
            .participants
            .get_mut(key.participant)
            .and_then(|p| p.connection(key.target));
        if let Some(connection) = connection {
            connection.lost_at = Some(now + GOODBYE.min(silence));
        }
    }

    fn sender_report(&mut self, key: Key<Participant>, report: &SenderFeedback) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let Some(publisher) = participant.publisher.as_mut() else {
            return;
        };
        let info = &report.sender_info;
        let captured = publisher.clock.captured(report.received_at, info.ntp_time);
        let stream = publisher.stream(*info.ssrc);
        let track = stream.and_then(|stream| self.tracks.get_mut(stream.track));
        if let Some((stream, track)) = stream.zip(track)
            && let Some(layer) = track.layers.get_mut(stream.layer)
        {
            layer
                .source
                .sender_report(captured, low_half(info.rtp_time.numer()));
        }
    }

    fn line_of(&self, key: Key<Participant>, mid: str0m::media::Mid) -> Option<Key<Track>> {
        let participant = self.participants.get(key)?;
        participant.subscriber.line_at(mid).map(|line| line.track)
    }

    /// Takes in RTCP that a client sends about what it receives.
    fn feedback(&mut self, now: Instant, key: Key<Participant>, contents: &[u8]) {
        let Some(participant) = self.participants.get_mut(key) else {
            return;
        };
        let Subscriber {
            egress, connection, ..
        } = &mut participant.subscriber;
        let mut told = Vec::new();
        if !egress.feedback(now, &self.clock, contents, &mut told) {
            return;
        }
        connection.last_heard = now;
        if egress.has_queued() {
            depart(&mut self.departing, key, egress);
        }
        self.heed(now, key, told);
    }

    /// Does what follows from how the packets to a client fare.
    pub(crate) fn heed(&mut self, now: Instant, key: Key<Participant>, told: Vec<Told>) {
        for told in told {
            match told {
                Told::Keyframe(mid) => self.keyframe_requested(now, key, mid),
                Told::Loss(mid, strain) => self.loss_reported(now, key, mid, strain),
                Told::Echo(echo) => self.echoed(now, key, echo),
                Told::Repeated(packets) => self.counters.retransmissions += packets,
            }
        }
    }

    fn relay(&mut self, key: Key<Participant>) {
        if let Some(participant) = self.participants.get_mut(key) {
            let Subscriber {
                egress, connection, ..
            } = &mut participant.subscriber;
            egress.relay(connection, &mut self.batch);
        }
    }

    /// Lets the media go that is queued for a participant.
    pub(crate) fn flush(&mut self, key: Key<Participant>) {
        if let Some(participant) = self.participants.get_mut(key) {
            let subscriber = &mut participant.subscriber;
            let path = subscriber.connection.path;
            subscriber.egress.flush(path, &mut self.batch);
        }
    }

    fn keyframe_requested(&mut self, now: Instant, key: Key<Participant>, mid: Mid) {
        let Some(track_key) = self.line_of(key, mid) else {
            return;
        };
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        let Some(subscription) = track.subscription_of(key) else {
            return;
        };
        let rewriter = &subscription.rewriter;
        if let Some(index) = rewriter.awaits_keyframe().or_else(|| rewriter.current())
            && let Some(layer) = track.layers.get_mut(index)
        {
            layer.requests.request();
        }
        self.request_keyframes(now, track_key);
    }

    /// Receiver reports (RFC 3550 section 6.4.2), or what the server itself holds back, decide whether a subscriber has
    /// to make do with a smaller layer, or with none.
    fn loss_reported(&mut self, now: Instant, key: Key<Participant>, mid: Mid, strain: Strain) {
        let Some(track_key) = self.line_of(key, mid) else {
            return;
        };
        let Some(track) = self.tracks.get_mut(track_key) else {
            return;
        };
        let Some(request) = track.subscription_of(key).map(|one| one.request()) else {
            return;
        };
        let participant = self.participants.get(key);
        if participant.is_some_and(|one| one.headroom.is_disturbed(now)) {
            return;
        }
        let most_steps = track.most_steps(now, request);
        let Some(subscription) = track.subscription_of(key) else {
            return;
        };
        match subscription.loss.report(now, strain, most_steps) {
            Response::Changed => {
                track.aim(now);
                self.request_keyframes(now, track_key);
                if let Some(participant) = self.participants.get_mut(key) {
                    participant.pausing.settle(now);
                    let sent = participant.subscriber.egress.sent_bytes();
                    participant.headroom.fall_short(now, sent);
                }
            }
            Response::Exhausted => self.give_way(now, key, strain),
            Response::Unchanged if strain.is_a_sign() && self.is_trying(now, key) => {
                self.give_way(now, key, strain);
            }
            Response::Unchanged => {}
        }
    }
}

fn low_half(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or_default()
}
