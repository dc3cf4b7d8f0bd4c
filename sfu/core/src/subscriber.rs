//! The connection on which a client receives: its offers, its lines and its data channels.

use std::time::{Duration, Instant};

use jumpa_sfu_proto::Kind;
use str0m::RtcError;
use str0m::change::{SdpAnswer, SdpApi, SdpPendingOffer};
use str0m::channel::{ChannelConfig, ChannelId, Reliability};
use str0m::format::PayloadParams;
use str0m::media::{Direction, MediaKind, Mid};

use crate::arena::Key;
use crate::codec::Codec;
use crate::connection::Connection;
use crate::dependency;
use crate::egress::{Egress, Sources};
use crate::formats::{self, Listed};
use crate::messages::Backlog;
use crate::sections::Sections;
use crate::slots::Slots;
use crate::track::Track;

/// What a client receives on.
pub(crate) struct Subscriber {
    pub connection: Connection,
    pub egress: Egress,
    pub reliable: DataChannel,
    pub lossy: DataChannel,
    pub lines: Vec<SubscribedLine>,
    pub backlog: Backlog,
    slots: Slots,
    /// Of a connection that carries both directions; the client alone offers then.
    pub sections: Option<Sections>,
    pending: Option<Pending>,
    last_offer: u32,
    is_answered: bool,
    /// The next offer has new ICE credentials.
    is_restarting: bool,
    /// Something has changed that the client has not been offered.
    pub is_dirty: bool,
}

/// An offer on its way.
struct Pending {
    id: u32,
    sdp: String,
    since: Instant,
    changes: SdpPendingOffer,
}

/// One of the two channels that the server opens.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DataChannel {
    pub id: Option<ChannelId>,
    pub is_open: bool,
}

/// A media section for one track.
pub(crate) struct SubscribedLine {
    pub track: Key<Track>,
    pub kind: Kind,
    pub codec: Codec,
    pub stream: String,
    pub track_sid: String,
    pub wanted: Wanted,
    /// Absent until it is offered.
    pub mid: Option<Mid>,
    offered: Wanted,
    /// The client has answered an offer that has it.
    pub is_answered: bool,
    /// Those of a section that the client has offered.
    pub sources: Option<Sources>,
    /// The client has been told that it cannot receive the track.
    pub is_unfit: bool,
    /// Nothing has been sent under these sources.
    pub is_fresh: bool,
}

/// What a line is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Sending,
    Idle,
    /// To be seen as idle by the client, and then as sending.
    Anew,
    /// The track is gone.
    Stopped,
}

/// Why an answer was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AnswerError {
    /// No offer waits for it, or a later one does.
    #[error("no offer waits for this answer")]
    Unexpected,
    #[error("the answer cannot be read")]
    Unreadable,
    #[error("{0}")]
    Malformed(#[from] RtcError),
}

impl Subscriber {
    /// Before the first offer.
    pub(crate) fn new(connection: Connection) -> Self {
        Self {
            connection,
            egress: Egress::default(),
            reliable: DataChannel::default(),
            lossy: DataChannel::default(),
            lines: Vec::new(),
            backlog: Backlog::default(),
            slots: Slots::default(),
            sections: None,
            pending: None,
            last_offer: 0,
            is_answered: false,
            is_restarting: false,
            is_dirty: true,
        }
    }

    /// Wants a track.
    ///
    /// A client has let go of the track at once when it no longer wanted it, and takes it up again only when it sees it
    /// come anew. So the end of a line is negotiated even when it is wanted again meanwhile; and some clients do not take
    /// a section for new that has brought the track before, so each time it is another where the sections are ours.
    pub(crate) fn want(&mut self, line: SubscribedLine) {
        let is_live =
            |old: &&mut SubscribedLine| old.track == line.track && old.wanted != Wanted::Stopped;
        let existing = self.lines.iter_mut().find(is_live);
        match existing {
            Some(old) if old.is_ending() => old.wanted = Wanted::Anew,
            Some(old) => old.wanted = Wanted::Sending,
            None => self.lines.push(line),
        }
        self.is_dirty = true;
    }

    /// Wants a track no longer; a line that was never offered goes without a trace.
    pub(crate) fn unwant(&mut self, track: Key<Track>, wanted: Wanted) {
        let wanted = if self.is_single() {
            wanted
        } else {
            Wanted::Stopped
        };
        let lines = self.lines.iter_mut();
        for line in lines.filter(|line| line.track == track && line.wanted != Wanted::Stopped) {
            line.wanted = wanted;
            self.is_dirty = true;
        }
        self.lines
            .retain(|line| line.mid.is_some() || line.wanted == Wanted::Sending);
    }

    /// The next offer, unless one is unanswered or nothing has changed.
    pub(crate) fn offer(&mut self, now: Instant) -> Option<(u32, String)> {
        if !self.is_dirty || self.pending.is_some() {
            return None;
        }
        self.is_dirty = false;
        let mut api = self.connection.rtc.sdp_api();
        if self.reliable.id.is_none() {
            self.reliable.id = Some(open(&mut api, "_reliable", true));
            self.lossy.id = Some(open(&mut api, "_lossy", false));
        }
        for line in &mut self.lines {
            line.change(&mut api);
        }
        if std::mem::take(&mut self.is_restarting) {
            // The addresses of ICE-lite stay what they are.
            api.ice_restart(true);
        }
        let (offer, changes) = api.apply()?;
        self.last_offer += 1;
        let sdp = formats::narrow(&offer.to_sdp_string(), &self.formats());
        let sdp = formats::keep_extension(&sdp, dependency::URI, &self.depending());
        let sdp = formats::complete(&self.slots.pack(&sdp));
        self.pending = Some(Pending {
            id: self.last_offer,
            sdp: sdp.clone(),
            since: now,
            changes,
        });
        Some((self.last_offer, sdp))
    }

    /// The sections of tracks whose packets tell on what they depend.
    pub(crate) fn depending(&self) -> Vec<String> {
        let lines = self.lines.iter();
        lines
            .filter(|line| line.codec.has_dependencies())
            .filter_map(|line| Some(line.mid?.to_string()))
            .collect()
    }

    /// What the section of each line lists: the codec of its track.
    fn formats(&self) -> Vec<Listed> {
        let config = self.connection.rtc.codec_config();
        let lines = self.lines.iter();
        lines
            .filter_map(|line| {
                let is_its =
                    |params: &PayloadParams| Codec::of(params.spec().codec) == Some(line.codec);
                let params = config.params().iter().find(|params| is_its(params))?;
                let formats = [params.red(), Some(params.pt()), params.resend()];
                let formats = formats.into_iter().flatten().map(|format| *format);
                Some((line.mid?.to_string(), formats.collect()))
            })
            .collect()
    }

    /// Gives the next offer new ICE credentials; returns the offer that waits, which has to be answered first.
    pub(crate) fn restart(&mut self, now: Instant) -> Option<(u32, String)> {
        // Before the first answer there are no credentials of the client's that a restart could change.
        self.is_restarting |= self.is_answered;
        self.is_dirty |= self.is_answered;
        let pending = self.pending.as_mut()?;
        pending.since = now;
        Some((pending.id, pending.sdp.clone()))
    }

    /// Takes the answer to the offer that waits; `id` 0 stands for whichever that is.
    pub(crate) fn answer(&mut self, id: u32, answer: &str) -> Result<(), AnswerError> {
        let waits = self
            .pending
            .as_ref()
            .is_some_and(|pending| id == 0 || id == pending.id);
        let pending = if waits { self.pending.take() } else { None };
        let changes = pending.ok_or(AnswerError::Unexpected)?.changes;
        let answer = SdpAnswer::from_sdp_string(&self.slots.unpack(answer))
            .map_err(|_| AnswerError::Unreadable)?;
        let api = self.connection.rtc.sdp_api();
        api.accept_answer(changes, answer)?;
        self.is_answered = true;
        for line in &mut self.lines {
            line.is_answered |= line.mid.is_some();
            self.is_dirty |= line.offered == Wanted::Idle && line.come_again();
        }
        self.drop_stopped();
        Ok(())
    }

    /// Forgets the lines whose end the client has taken in; their sections serve other tracks from now on.
    fn drop_stopped(&mut self) {
        let (stopped, kept) = std::mem::take(&mut self.lines)
            .into_iter()
            .partition(|line| line.offered == Wanted::Stopped);
        self.lines = kept;
        for mid in stopped
            .into_iter()
            .filter_map(|line: SubscribedLine| line.mid)
        {
            self.slots.free(&mid);
            self.egress.close(mid);
            let mut direct = self.connection.rtc.direct_api();
            let ssrc = direct
                .stream_tx_by_mid(mid, None)
                .map(|stream| stream.ssrc());
            if let Some(ssrc) = ssrc {
                direct.remove_stream_tx(ssrc);
            }
        }
    }

    /// So much of the time has not counted.
    pub(crate) fn excuse(&mut self, now: Instant, stall: Duration) {
        if let Some(pending) = &mut self.pending {
            pending.since = (pending.since + stall).min(now);
        }
    }

    /// Since when an offer has been unanswered.
    pub(crate) fn waits_since(&self) -> Option<Instant> {
        self.pending.as_ref().map(|pending| pending.since)
    }

    /// The line of a media section.
    pub(crate) fn line_at(&self, mid: Mid) -> Option<&SubscribedLine> {
        self.lines.iter().find(|line| line.mid == Some(mid))
    }
}

impl SubscribedLine {
    /// A line that has yet to be offered. `stream` is the stream id of its msid.
    pub(crate) fn new(key: Key<Track>, track: &Track, stream: String) -> Self {
        Self {
            track: key,
            kind: track.kind,
            codec: track.codec,
            stream,
            track_sid: track.shown_sid.clone(),
            wanted: Wanted::Sending,
            mid: None,
            offered: Wanted::Idle,
            is_answered: false,
            is_unfit: false,
            sources: None,
            is_fresh: true,
        }
    }

    /// Whether it waits for a section of the client's.
    pub(crate) fn lacks_section(&self) -> bool {
        self.wanted == Wanted::Sending && self.mid.is_none()
    }

    /// Whether it has a section that it no longer needs.
    pub(crate) fn is_leaving(&self) -> bool {
        self.wanted != Wanted::Sending && self.mid.is_some()
    }

    /// Whether it is wanted no longer, and the client has not been told.
    fn is_ending(&self) -> bool {
        let is_brought = self.sources.is_some() || self.offered == Wanted::Sending;
        self.wanted == Wanted::Idle && self.mid.is_some() && is_brought
    }

    /// Its end has been taken in; whether it is wanted now, because it was wanted again.
    pub(crate) fn come_again(&mut self) -> bool {
        let comes_again = self.wanted == Wanted::Anew;
        if comes_again {
            self.wanted = Wanted::Sending;
        }
        comes_again
    }

    /// Is brought by a section from now on.
    pub(crate) fn serve(&mut self, mid: Mid, sources: Sources) {
        self.mid = Some(mid);
        self.sources = Some(sources);
        self.is_fresh = true;
    }

    /// Has no section any more.
    pub(crate) fn release(&mut self) {
        self.mid = None;
        self.sources = None;
        self.is_answered = false;
    }

    fn change(&mut self, api: &mut SdpApi<'_>) {
        match (self.mid, self.wanted) {
            (None, Wanted::Sending) => {
                let kind = match self.kind {
                    Kind::Audio => MediaKind::Audio,
                    Kind::Video => MediaKind::Video,
                };
                let stream = Some(self.stream.clone());
                let track = Some(self.track_sid.clone());
                self.mid = Some(api.add_media(kind, Direction::SendOnly, stream, track, None));
            }
            (None, _) => return,
            (Some(mid), Wanted::Sending) => api.set_direction(mid, Direction::SendOnly),
            (Some(mid), Wanted::Idle | Wanted::Anew) => api.set_direction(mid, Direction::Inactive),
            (Some(mid), Wanted::Stopped) => api.stop_media(mid),
        }
        self.offered = match self.wanted {
            Wanted::Anew => Wanted::Idle,
            wanted => wanted,
        };
    }
}

fn open(api: &mut SdpApi<'_>, label: &str, is_reliable: bool) -> ChannelId {
    api.add_channel_with_config(ChannelConfig {
        label: label.to_owned(),
        ordered: is_reliable,
        reliability: if is_reliable {
            Reliability::Reliable
        } else {
            Reliability::MaxRetransmits { retransmits: 0 }
        },
        ..ChannelConfig::default()
    })
}
