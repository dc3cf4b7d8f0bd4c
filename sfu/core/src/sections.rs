//! Media sections of a connection for both directions: the client offers those it receives on, and each of our answers
//! says which track they bring.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use jumpa_sfu_proto::Kind;
use str0m::media::Mid;

use crate::arena::Key;
use crate::egress::Sources;
use crate::sdp::Section;
use crate::subscriber::{SubscribedLine, Subscriber, Wanted};
use crate::track::Track;

/// An offer grows with its sections; a client is asked so much less often for each.
const REST: Duration = Duration::from_millis(5);
/// A client that has not offered for so long is asked again.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the client has offered to receive on, and what it was asked for.
pub(crate) struct Sections {
    offered: Vec<Receiving>,
    /// The client has a section for data channels, as far as is known.
    has_data: bool,
    /// An offer is awaited; until then nothing is asked.
    awaited: Option<Awaited>,
    /// Nothing is asked before.
    rests_until: Instant,
    next_source: u32,
}

/// A section on which the client receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Receiving {
    mid: Mid,
    kind: Kind,
    /// The client sends on it as well.
    is_sending: bool,
}

#[derive(Debug, Clone, Copy)]
struct Awaited {
    since: Instant,
    /// How many sections the offer has at least.
    sections: usize,
}

/// How many sections a client is to add.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Requirement {
    pub audios: u32,
    pub videos: u32,
}

impl Sections {
    /// The client will offer by itself. All sources count up from `seed`, so that none is ever used twice.
    pub(crate) fn new(now: Instant, seed: u32) -> Self {
        Self {
            offered: Vec::new(),
            has_data: true,
            awaited: Some(Awaited {
                since: now,
                sections: 0,
            }),
            rests_until: now,
            next_source: seed,
        }
    }

    /// Numbers that this connection has not used (a key protects each packet number of a source once only).
    fn sources(&mut self) -> Sources {
        let mut next = || {
            let source = self.next_source;
            self.next_source = source.wrapping_add(1);
            source
        };
        Sources {
            media: next(),
            repair: next(),
        }
    }

    /// The client comes back and offers by itself.
    pub(crate) fn expect_offer(&mut self, now: Instant) {
        self.awaited = Some(Awaited {
            since: now,
            sections: 0,
        });
    }

    /// Whether an offer has been awaited for too long.
    fn is_overdue(&self, now: Instant) -> bool {
        self.awaited
            .is_some_and(|awaited| now >= awaited.since + PATIENCE)
    }

    fn is_ready(&self, now: Instant) -> bool {
        self.awaited.is_none() && now >= self.rests_until
    }

    fn take_in(&mut self, offered: &[Section]) {
        self.offered = offered.iter().filter_map(Receiving::of).collect();
        self.has_data = offered.iter().any(|section| section.kind == "application");
        let count = self.offered.len();
        self.awaited = self.awaited.filter(|awaited| count < awaited.sections);
    }
}

impl Receiving {
    fn of(section: &Section) -> Option<Self> {
        let kind = match section.kind.as_str() {
            "audio" => Kind::Audio,
            "video" => Kind::Video,
            _ => return None,
        };
        section.is_receiving.then(|| Self {
            mid: Mid::from(section.mid.as_str()),
            kind,
            is_sending: section.is_sending,
        })
    }
}

impl Subscriber {
    /// Whether one connection carries both directions.
    pub(crate) fn is_single(&self) -> bool {
        self.sections.is_some()
    }

    /// Whether a channel to the client is there or may yet come: on one connection it is the client who opens it.
    pub(crate) fn takes_data(&self) -> bool {
        let sections = self.sections.as_ref();
        sections.is_none_or(|sections| sections.has_data)
    }

    /// Gives the sections of an offer to the tracks that are wanted. Returns the tracks that have lost theirs.
    ///
    /// A section that is taken from a track is idle in this answer, and free for another in the next: clients notice
    /// only so that it is another.
    pub(crate) fn assign(&mut self, offered: &[Section]) -> Vec<Key<Track>> {
        let Some(sections) = &mut self.sections else {
            return Vec::new();
        };
        sections.take_in(offered);
        // What str0m has read otherwise than we have is nothing to build on.
        let connection = &mut self.connection;
        sections
            .offered
            .retain(|section| connection.gives(section.mid));
        for receiving in &sections.offered {
            connection.forget_stream(receiving.mid);
        }
        let (mut idle, mut lost) = (Vec::new(), Vec::new());
        for line in &mut self.lines {
            let Some(mid) = line.mid else {
                continue;
            };
            let is_offered = sections.offered.iter().any(|section| section.mid == mid);
            if line.wanted != Wanted::Sending || !is_offered {
                self.egress.close(mid);
                line.release();
                line.come_again();
                idle.push(mid);
                lost.push(line.track);
            }
        }
        self.lines.retain(|line| line.wanted != Wanted::Stopped);
        let mut free = free(sections, &self.lines);
        free.retain(|section| !idle.contains(&section.mid));
        for line in &mut self.lines {
            if line.wanted != Wanted::Sending {
                continue;
            }
            if line.mid.is_none()
                && let Some(at) = free.iter().position(|section| section.kind == line.kind)
            {
                line.serve(free.remove(at).mid, sections.sources());
            }
            line.is_answered = line.mid.is_some();
        }
        self.is_dirty = self.lines.iter().any(SubscribedLine::lacks_section);
        lost
    }

    /// What the client has to be asked for, unless it has been asked or nothing has changed.
    pub(crate) fn require(&mut self, now: Instant) -> Option<Requirement> {
        let sections = self.sections.as_mut()?;
        if !self.is_dirty || !sections.is_ready(now) {
            return None;
        }
        self.is_dirty = false;
        let count = u32::try_from(sections.offered.len()).unwrap_or(u32::MAX);
        sections.rests_until = now + REST * count;
        let free = free(sections, &self.lines);
        let lacking = |kind: Kind| {
            let lines = self.lines.iter();
            let wanting = lines.filter(|line| line.kind == kind && line.lacks_section());
            let leaving = self
                .lines
                .iter()
                .filter(|line| line.kind == kind && line.is_leaving());
            let free = free.iter().filter(|section| section.kind == kind);
            let missing = wanting
                .count()
                .saturating_sub(free.count() + leaving.count());
            u32::try_from(missing).unwrap_or(u32::MAX)
        };
        let requirement = Requirement {
            audios: lacking(Kind::Audio),
            videos: lacking(Kind::Video),
        };
        let added = (requirement.audios + requirement.videos) as usize;
        sections.awaited = Some(Awaited {
            since: now,
            sections: if added == 0 {
                0
            } else {
                sections.offered.len() + added
            },
        });
        Some(requirement)
    }

    /// Whether there is something to ask for, now that time has passed. What a client has not followed is asked again.
    pub(crate) fn is_due(&mut self, now: Instant) -> bool {
        let Some(sections) = &mut self.sections else {
            return false;
        };
        if sections.is_overdue(now) {
            sections.awaited = None;
            let mut lines = self.lines.iter();
            self.is_dirty |= lines.any(|line| line.lacks_section() || line.is_leaving());
        }
        self.is_dirty && sections.is_ready(now)
    }

    /// An answer of str0m as the client is to see it: each section that brings a track names it and its sources, and
    /// the others bring nothing.
    pub(crate) fn describe(&self, answer: &str, name: &str) -> String {
        let Some(sections) = &self.sections else {
            return answer.to_owned();
        };
        let mut described = String::with_capacity(answer.len());
        for part in split(answer) {
            let mid = part.lines().find_map(|line| line.strip_prefix("a=mid:"));
            let mid = mid.map(Mid::from);
            if !sections
                .offered
                .iter()
                .any(|section| Some(section.mid) == mid)
            {
                described.push_str(part);
                continue;
            }
            let line = mid.and_then(|mid| self.line_at(mid));
            write_section(&mut described, part, line, name);
        }
        described
    }

    /// Which track each section brings.
    pub(crate) fn brought(&self) -> impl Iterator<Item = (String, String)> {
        self.lines
            .iter()
            .filter_map(|line| Some((line.mid?.to_string(), line.track_sid.clone())))
    }
}

/// The sections that bring nothing, those on which the client does not send first.
fn free(sections: &Sections, lines: &[SubscribedLine]) -> Vec<Receiving> {
    let is_free = |section: &&Receiving| lines.iter().all(|line| line.mid != Some(section.mid));
    let mut free: Vec<Receiving> = sections.offered.iter().filter(is_free).copied().collect();
    free.sort_by_key(|section| section.is_sending);
    free
}

/// The session part of a description and each of its sections.
fn split(description: &str) -> impl Iterator<Item = &str> {
    let starts = description
        .match_indices("\nm=")
        .map(|(index, _)| index + 1);
    let mut starts = starts.chain([description.len()]);
    let mut from = 0;
    std::iter::from_fn(move || {
        let to = starts.next()?;
        let part = description.get(from..to);
        from = to;
        part
    })
}

fn write_section(out: &mut String, part: &str, line: Option<&SubscribedLine>, name: &str) {
    let serves = line.and_then(|line| Some((line, line.sources?)));
    for text in part.lines() {
        let written = match text {
            "a=sendonly" if serves.is_none() => "a=inactive",
            "a=sendrecv" if serves.is_none() => "a=recvonly",
            _ if text.starts_with("a=msid:") || text.starts_with("a=ssrc") => continue,
            _ => text,
        };
        out.push_str(written);
        out.push_str("\r\n");
    }
    let Some((line, Sources { media, repair })) = serves else {
        return;
    };
    let has_repair = part.contains(" rtx/90000");
    // Writing to a text does not fail.
    let _ = write!(out, "a=msid:{} {}\r\n", line.stream, line.track_sid);
    let _ = write!(out, "a=ssrc:{media} cname:{name}\r\n");
    if has_repair {
        let _ = write!(out, "a=ssrc:{repair} cname:{name}\r\n");
        let _ = write!(out, "a=ssrc-group:FID {media} {repair}\r\n");
    }
}
