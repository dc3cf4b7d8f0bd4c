//! One participant's reception of one track.

use std::time::Instant;

use crate::arena::Key;
use crate::egress::Line;
use crate::layer::Request;
use crate::loss::LossResponse;
use crate::participant::Participant;
use crate::rewrite::Rewriter;

/// What a subscriber wants of a track and what flows to it.
pub(crate) struct Subscription {
    pub subscriber: Key<Participant>,
    /// False after the participant has unsubscribed; numbering then goes on where it stopped, should it come back.
    pub is_wanted: bool,
    /// Where to send, once negotiated and for as long as it is wanted.
    pub line: Option<Line>,
    /// Without being told on what packets depend, its client can put only the smallest of several sizes together.
    pub is_flat: bool,
    /// When it first had a line.
    pub opened_at: Option<Instant>,
    seed: u64,
    pub rewriter: Rewriter,
    pub loss: LossResponse,
    pub settings: Settings,
    pub has_started: bool,
}

/// LiveKit's `UpdateTrackSettings`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    pub is_disabled: bool,
    /// `livekit.VideoQuality`.
    pub quality: Option<u32>,
    /// Pixels of the element that shows it; 0 when unknown.
    pub width: u32,
    pub height: u32,
    /// 1 is the most important; 0 when it is left to the server.
    pub priority: u32,
    /// Pictures a second; 0 for all that there are.
    pub fps: u32,
}

impl Subscription {
    /// Nothing flows before its line is negotiated.
    pub(crate) fn new(subscriber: Key<Participant>, clock_rate: u32, seed: u64) -> Self {
        Self {
            subscriber,
            is_wanted: true,
            line: None,
            is_flat: false,
            opened_at: None,
            seed,
            rewriter: Rewriter::new(clock_rate, seed),
            loss: LossResponse::default(),
            settings: Settings::default(),
            has_started: false,
        }
    }

    /// Wants the track no longer.
    pub(crate) fn pause(&mut self) {
        self.is_wanted = false;
        self.loss.set_paused(false);
        self.stop();
    }

    /// Stops what its way does not carry, or tries it again.
    pub(crate) fn set_paused(&mut self, is_paused: bool) {
        self.loss.set_paused(is_paused);
        self.has_started &= is_paused;
    }

    /// Has all layers again, as at first.
    pub(crate) fn restore(&mut self) {
        self.has_started &= !self.loss.is_paused();
        self.loss = LossResponse::default();
    }

    /// Stops the flow, which may begin again.
    pub(crate) fn stop(&mut self) {
        self.line = None;
        self.rewriter.aim(None);
    }

    /// Begins to count anew, for a receiver that has yet to see a packet of these sources.
    pub(crate) fn renumber(&mut self, clock_rate: u32) {
        self.rewriter = Rewriter::new(clock_rate, self.seed);
    }

    /// Wants the track again, with the settings of a new subscription.
    pub(crate) fn resume(&mut self) {
        self.is_wanted = true;
        self.has_started = false;
        self.settings = Settings::default();
    }

    /// What its settings ask for; `None` while nothing may flow.
    pub(crate) fn request(&self) -> Option<Request> {
        let Settings {
            is_disabled,
            quality,
            width,
            height,
            priority: _,
            fps: _,
        } = self.settings;
        if is_disabled || self.line.is_none() {
            return None;
        }
        match quality {
            _ if width > 0 && height > 0 => Some(Request::Size { width, height }),
            Some(QUALITY_OFF) => None,
            Some(quality) => Some(Request::Quality(quality)),
            None => Some(Request::Largest),
        }
    }
}

/// `livekit.VideoQuality.OFF`.
const QUALITY_OFF: u32 = 3;
