//! One track on its way to one subscriber: RTP headers, what was sent, and what the receiver says of it.

use std::time::{Duration, Instant};

use str0m::rtp::rtcp::ReceptionReport;

use super::extensions::{self, Element};
use super::fares::Fares;
use super::history::{History, Sent};
use super::negotiated::Negotiated;

/// What is withheld is told of this often.
const COUNTED_TOGETHER: Duration = Duration::from_secs(1);
/// Version 2 (RFC 3550 section 5.1), and that a header extension follows.
const VERSION: u8 = 0x80;
const EXTENDED: u8 = 0x10;
const MARKER: u8 = 0x80;
/// A fixed header, and the extension that names the longest media section.
pub(super) const MOST_HEADER_BYTES: usize = 12 + 4 + 20;

/// A stream that is being sent.
#[derive(Debug)]
pub(super) struct Stream {
    pub negotiated: Negotiated,
    pub history: History,
    next_repair: u64,
    /// The header extension that binds the SSRC to its media section; empty once the receiver has reported on it.
    binding: Vec<u8>,
    repair_binding: Vec<u8>,
    packets: u32,
    octets: u32,
    last: Option<Last>,
    fares: Fares,
    /// Packets since it was last told how they fared.
    unreported: u32,
    /// When the first of them was seen by who counts what is withheld.
    counted_since: Option<Instant>,
    /// The next sender report is the first since the stream began.
    pub is_unreported: bool,
}

/// The newest packet, on both clocks.
#[derive(Debug, Clone, Copy)]
struct Last {
    sequence: u64,
    timestamp: u32,
    captured: Instant,
}

/// What a sender report says of a stream (RFC 3550 section 6.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub ssrc: u32,
    pub timestamp: u32,
    pub packets: u32,
    pub octets: u32,
}

impl Stream {
    /// Nothing has been sent.
    pub(super) fn new(negotiated: Negotiated) -> Self {
        let binding = binding(&negotiated);
        Self {
            history: History::default(),
            next_repair: 1,
            repair_binding: binding.clone(),
            binding,
            packets: 0,
            octets: 0,
            last: None,
            fares: Fares::default(),
            unreported: 0,
            counted_since: None,
            is_unreported: false,
            negotiated,
        }
    }

    /// Counts a packet; `captured` is the wall clock of its timestamp.
    pub(super) fn count(&mut self, packet: &Sent, captured: Instant) {
        self.octets = self
            .octets
            .wrapping_add(u32::try_from(packet.payload.len()).unwrap_or_default());
        self.packets = self.packets.wrapping_add(1);
        self.unreported = self.unreported.saturating_add(1);
        self.is_unreported |= self.last.is_none();
        if self
            .last
            .is_none_or(|last| packet.sequence >= last.sequence)
        {
            self.last = Some(Last {
                sequence: packet.sequence,
                timestamp: packet.timestamp,
                captured,
            });
        }
    }

    /// Packets and bytes of payload that have been sent.
    pub(super) fn sent(&self) -> (u32, u32) {
        (self.packets, self.octets)
    }

    /// For a report made at `now`; `None` before the first packet.
    pub(super) fn account(&self, now: Instant) -> Option<Account> {
        let last = self.last?;
        let elapsed = now.saturating_duration_since(last.captured);
        Some(Account {
            ssrc: self.negotiated.ssrc,
            timestamp: last.timestamp.wrapping_add(self.ticks(elapsed)),
            packets: self.packets,
            octets: self.octets,
        })
    }

    fn ticks(&self, elapsed: Duration) -> u32 {
        let ticks = elapsed.as_nanos() * u128::from(self.negotiated.clock_rate) / 1_000_000_000;
        u32::try_from(ticks % (1 << 32)).unwrap_or_default()
    }

    /// The receiver reports on an SSRC, so it knows where that belongs (RFC 8843 section 9.2).
    pub(super) fn bound(&mut self, ssrc: u32) {
        if ssrc == self.negotiated.ssrc {
            self.binding.clear();
        } else {
            self.repair_binding.clear();
        }
    }

    /// How many packets have been sent since the last answer, and 256ths of them that were lost on the way: as
    /// reported, or as asked for again when that is more. Some receivers do not count as lost what was repaired.
    pub(super) fn loss(&mut self, now: Instant, block: &ReceptionReport) -> Option<(u32, u8)> {
        let reported = self.fares.see(now, block, self.unreported)?;
        let (sent, missed) = self.take_missed();
        Some((sent, reported.max(missed)))
    }

    /// The same without a report, once a second of packets has been sent or withheld.
    pub(super) fn withheld(&mut self, now: Instant) -> Option<(u32, u8)> {
        if self.unreported == 0 {
            return None;
        }
        let since = *self.counted_since.get_or_insert(now);
        (now.saturating_duration_since(since) >= COUNTED_TOGETHER).then(|| self.take_missed())
    }

    fn take_missed(&mut self) -> (u32, u8) {
        self.counted_since = None;
        let sent = std::mem::take(&mut self.unreported);
        let missed = u64::from(self.history.take_missed()) * 256;
        let share = missed.checked_div(u64::from(sent)).unwrap_or_default();
        (sent, u8::try_from(share).unwrap_or(u8::MAX))
    }

    /// What was sent until now tells nothing of what follows.
    pub(super) fn count_anew(&mut self) {
        self.take_missed();
        if let Some(last) = self.last {
            self.fares.pass_over(last.sequence);
        }
    }

    /// Whether it has to arrive before pictures do; what is never repeated is sound.
    pub(super) fn is_sound(&self) -> bool {
        self.negotiated.repair.is_none()
    }

    /// Jitter as reported, in ticks of the media clock.
    pub(super) fn jitter(&self, ticks: u32) -> Duration {
        Duration::from_micros(
            u64::from(ticks) * 1_000_000 / u64::from(self.negotiated.clock_rate.max(1)),
        )
    }

    /// Whether an SSRC of a report is this stream's.
    pub(super) fn has(&self, ssrc: u32) -> bool {
        ssrc == self.negotiated.ssrc
            || self
                .negotiated
                .repair
                .is_some_and(|repair| repair.ssrc == ssrc)
    }

    /// Writes the header of a packet.
    pub(super) fn head(&self, packet: &Sent, header: &mut Vec<u8>) {
        let fixed = Fixed {
            payload_type: self.payload_type(packet),
            ssrc: self.negotiated.ssrc,
            sequence: packet.sequence,
        };
        self.write(packet, &fixed, &self.binding, header);
    }

    fn write(&self, packet: &Sent, fixed: &Fixed, binding: &[u8], header: &mut Vec<u8>) {
        let dependency = packet.dependency.as_deref();
        let Some(dependency) = self.negotiated.dependency_extension.zip(dependency) else {
            fixed.write(packet, !binding.is_empty(), header);
            return header.extend(binding);
        };
        fixed.write(packet, true, header);
        let section = section(&self.negotiated).filter(|_| !binding.is_empty());
        match section {
            Some(section) => extensions::write(&[section, dependency], header),
            None => extensions::write(&[dependency], header),
        }
    }

    fn payload_type(&self, packet: &Sent) -> u8 {
        let redundant = self.negotiated.redundant_type;
        let redundant = redundant.filter(|_| packet.is_redundant);
        redundant.unwrap_or(self.negotiated.payload_type)
    }

    /// Writes the header of a retransmission and answers its SSRC and extended sequence number.
    pub(super) fn repair_head(
        &mut self,
        packet: &Sent,
        header: &mut Vec<u8>,
    ) -> Option<(u32, u64)> {
        let repair = self.negotiated.repair?;
        let sequence = self.next_repair;
        self.next_repair += 1;
        let fixed = Fixed {
            payload_type: repair.payload_type,
            ssrc: repair.ssrc,
            sequence,
        };
        self.write(packet, &fixed, &self.repair_binding, header);
        Some((repair.ssrc, sequence))
    }
}

/// The part of a header in which a packet and its retransmission differ.
struct Fixed {
    payload_type: u8,
    ssrc: u32,
    sequence: u64,
}

impl Fixed {
    fn write(&self, packet: &Sent, is_extended: bool, header: &mut Vec<u8>) {
        let [.., high, low] = self.sequence.to_be_bytes();
        let extended = if is_extended { EXTENDED } else { 0 };
        let marker = if packet.marker { MARKER } else { 0 };
        header.clear();
        header.extend([VERSION | extended, marker | self.payload_type, high, low]);
        header.extend(packet.timestamp.to_be_bytes());
        header.extend(self.ssrc.to_be_bytes());
    }
}

/// The extension block that names the media section, ready to be copied; empty when none was negotiated.
fn binding(negotiated: &Negotiated) -> Vec<u8> {
    let mut block = Vec::new();
    if let Some(section) = section(negotiated) {
        extensions::write(&[section], &mut block);
    }
    block
}

/// The extension that names the media section.
fn section(negotiated: &Negotiated) -> Option<Element<'_>> {
    let mid = negotiated.mid.as_bytes();
    let id = negotiated.mid_extension?;
    (!mid.is_empty()).then_some((id, mid))
}

#[cfg(test)]
mod tests {
    use super::{MOST_HEADER_BYTES, Negotiated, Stream};
    use crate::egress::history::Sent;
    use crate::egress::negotiated::Repair;
    use crate::testing::at;
    use std::time::Duration;
    use str0m::media::Mid;
    use str0m::rtp::rtcp::ReceptionReport;

    fn stream(mid: &str, mid_extension: Option<u8>) -> Stream {
        Stream::new(Negotiated {
            mid: Mid::from(mid),
            ssrc: 0x0102_0304,
            payload_type: 96,
            redundant_type: None,
            clock_rate: 90_000,
            repair: Some(Repair {
                ssrc: 9,
                payload_type: 97,
            }),
            mid_extension,
            dependency_extension: Some(15),
        })
    }

    fn packet(sequence: u64, timestamp: u32) -> Sent {
        Sent {
            sequence,
            timestamp,
            marker: true,
            is_redundant: false,
            patch: None,
            dependency: None,
            payload: vec![0; 100].into(),
        }
    }

    #[test]
    fn a_header_names_its_section_until_the_receiver_has_reported() {
        let mut stream = stream("a1", Some(4));
        let mut header = Vec::new();
        stream.head(&packet(0x0001_0203, 0x0a0b_0c0d), &mut header);
        let fixed = [0xe0, 2, 3, 10, 11, 12, 13, 1, 2, 3, 4];
        assert_eq!(header[0], 0x90);
        assert_eq!(header[1..12], fixed);
        assert_eq!(header[12..], [0xbe, 0xde, 0, 1, 0x41, b'a', b'1', 0]);

        stream.bound(9);
        stream.head(&packet(1, 1), &mut header);
        assert_eq!(header.len(), 20, "only the repair stream is known so far");
        stream.bound(0x0102_0304);
        stream.head(&packet(0x0001_0203, 0x0a0b_0c0d), &mut header);
        assert_eq!(header[0], 0x80);
        assert_eq!(header[1..], fixed);
    }

    #[test]
    fn the_longest_name_fits_and_a_client_without_the_extension_gets_none() {
        let mut header = Vec::new();
        stream("0123456789abcdef", Some(14)).head(&packet(1, 1), &mut header);
        assert_eq!(header.len(), MOST_HEADER_BYTES);
        stream("0", None).head(&packet(1, 1), &mut header);
        assert_eq!(header.len(), 12);
    }

    #[test]
    fn a_dependency_descriptor_stands_beside_the_name_of_the_section_and_goes_with_a_repetition() {
        let mut stream = stream("a1", Some(4));
        let described = Sent {
            dependency: Some(vec![0xc0, 0, 1].into()),
            ..packet(5, 5)
        };
        let mut header = Vec::new();
        stream.head(&described, &mut header);
        let descriptor = [15, 3, 0xc0, 0, 1];
        assert_eq!(
            header[12..],
            [&[0x10, 0, 0, 3, 4, 2, b'a', b'1'][..], &descriptor, &[0; 3]].concat()
        );
        stream.bound(0x0102_0304);
        stream.head(&described, &mut header);
        assert_eq!(
            header[12..],
            [&[0x10, 0, 0, 2][..], &descriptor, &[0; 3]].concat()
        );
        stream.repair_head(&described, &mut header);
        assert_eq!(header[20..25], descriptor);
        stream.negotiated.dependency_extension = None;
        stream.head(&described, &mut header);
        assert_eq!(header.len(), 12);
    }

    #[test]
    fn a_retransmission_counts_for_itself() {
        let mut stream = stream("0", None);
        let mut header = Vec::new();
        assert_eq!(
            stream.repair_head(&packet(700, 5), &mut header),
            Some((9, 1))
        );
        assert_eq!(
            stream.repair_head(&packet(701, 5), &mut header),
            Some((9, 2))
        );
        assert_eq!(header[..4], [0x80, 0xe1, 0, 2]);
    }

    #[test]
    fn loss_is_what_was_reported_or_asked_for_again() {
        let mut stream = stream("0", None);
        let block = |max_seq| ReceptionReport {
            ssrc: 0x0102_0304.into(),
            fraction_lost: 7,
            packets_lost: 0,
            max_seq,
            jitter: 0,
            last_sr_time: 0,
            last_sr_delay: 0,
        };
        assert_eq!(stream.loss(at(0), &block(0)), Some((0, 7)));
        for sequence in 0..10 {
            stream.count(&packet(sequence, 0), at(0));
            stream.history.keep(at(0), packet(sequence, 0));
        }
        for sequence in [3, 3, 4] {
            stream.history.repeat(at(1), sequence, Duration::ZERO);
        }
        assert_eq!(stream.loss(at(1000), &block(10)), Some((10, 51)));
        let told = stream.loss(at(2000), &block(20));
        assert_eq!(told, Some((0, 7)), "counted once");
    }

    #[test]
    fn what_is_withheld_is_told_once_and_without_a_report() {
        let mut stream = stream("0", None);
        assert_eq!(stream.withheld(at(0)), None);
        for sequence in 0..10 {
            stream.count(&packet(sequence, 0), at(0));
        }
        stream.history.keep(at(0), packet(8, 0));
        stream.history.withhold(at(0), packet(9, 0));
        assert_eq!(stream.withheld(at(50)), None);
        for sequence in [8, 9] {
            stream.history.repeat(at(60), sequence, Duration::ZERO);
        }
        assert_eq!(stream.withheld(at(1049)), None);
        assert_eq!(stream.withheld(at(1050)), Some((10, 51)));
        assert_eq!(stream.withheld(at(9000)), None, "nothing was sent");
    }

    #[test]
    fn counting_anew_forgets_what_was_withheld() {
        let mut stream = stream("0", None);
        stream.count(&packet(1, 0), at(0));
        stream.history.withhold(at(0), packet(1, 0));
        stream.withheld(at(0));
        stream.count_anew();
        stream.count(&packet(2, 0), at(1000));
        assert_eq!(stream.withheld(at(1000)), None);
        assert_eq!(stream.withheld(at(2000)), Some((1, 0)));
    }

    #[test]
    fn a_report_goes_on_from_the_newest_packet() {
        let mut stream = stream("0", None);
        assert_eq!(stream.account(at(0)), None);
        stream.count(&packet(10, u32::MAX), at(100));
        stream.count(&packet(9, 5), at(90));
        let account = stream.account(at(1100)).unwrap();
        assert_eq!((account.packets, account.octets), (2, 200));
        assert_eq!(account.timestamp, 90_000 - 1);
    }
}
