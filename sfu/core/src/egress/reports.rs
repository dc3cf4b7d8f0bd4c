//! RTCP of a receiving connection: the sender reports we write and the feedback we read (RFC 3550, RFC 4585).

use std::time::{Duration, SystemTime};

use str0m::rtp::rtcp::{ReceptionReport, Rtcp};

use super::stream::Account;

/// Version 2, and one chunk or report block.
const VERSION: u8 = 0x80;
const SENDER_REPORT: u8 = 200;
const SOURCE_DESCRIPTION: u8 = 202;
const CNAME: u8 = 1;
const WORD_BYTES: usize = 4;
/// Seconds from 1900 to 1970.
const NTP_OFFSET: u64 = 2_208_988_800;

/// What a receiver says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Feedback {
    Reception(ReceptionReport),
    /// Missing packets: an SSRC, a sequence number and a mask of those after it (RFC 4585 section 6.2.1).
    Missing {
        ssrc: u32,
        first: u16,
        mask: u16,
    },
    /// A picture cannot be decoded.
    Keyframe {
        ssrc: u32,
    },
}

/// Reads a compound packet in clear; what cannot be read is passed over, as is what does not concern a sender.
pub(super) fn read(compound: &[u8], mut tell: impl FnMut(Feedback)) {
    let mut rest = compound;
    while let Some((packet, tail)) = split_first(rest) {
        rest = tail;
        match without_padding(packet).map(Rtcp::try_from) {
            Some(Ok(Rtcp::ReceiverReport(report))) => {
                report
                    .reports
                    .iter()
                    .for_each(|block| tell(Feedback::Reception(*block)));
            }
            Some(Ok(Rtcp::SenderReport(report))) => {
                report
                    .reports
                    .iter()
                    .for_each(|block| tell(Feedback::Reception(*block)));
            }
            Some(Ok(Rtcp::Nack(nack))) => nack.reports.iter().for_each(|entry| {
                tell(Feedback::Missing {
                    ssrc: *nack.ssrc,
                    first: entry.pid,
                    mask: entry.blp,
                });
            }),
            Some(Ok(Rtcp::Pli(request))) => tell(Feedback::Keyframe {
                ssrc: *request.ssrc,
            }),
            Some(Ok(Rtcp::Fir(request))) => request
                .reports
                .iter()
                .for_each(|entry| tell(Feedback::Keyframe { ssrc: *entry.ssrc })),
            _ => {}
        }
    }
}

/// The first packet of a compound one and the rest.
fn split_first(compound: &[u8]) -> Option<(&[u8], &[u8])> {
    let length: [u8; 2] = compound.get(2..4)?.try_into().ok()?;
    let bytes = (usize::from(u16::from_be_bytes(length)) + 1) * WORD_BYTES;
    compound.split_at_checked(bytes)
}

fn without_padding(packet: &[u8]) -> Option<&[u8]> {
    let is_padded = packet.first()? & 0x20 != 0;
    let padding = if is_padded {
        usize::from(*packet.last()?)
    } else {
        0
    };
    let end = packet.len().checked_sub(padding)?;
    packet
        .get(..end)
        .filter(|packet| packet.len() >= WORD_BYTES)
}

/// Appends a sender report without report blocks.
pub(super) fn write_sender_report(account: &Account, ntp: u64, out: &mut Vec<u8>) {
    out.extend([VERSION, SENDER_REPORT, 0, 6]);
    out.extend(account.ssrc.to_be_bytes());
    out.extend(ntp.to_be_bytes());
    out.extend(account.timestamp.to_be_bytes());
    out.extend(account.packets.to_be_bytes());
    out.extend(account.octets.to_be_bytes());
}

/// Appends the name under which all streams of a connection belong together; at most 255 bytes of it.
pub(super) fn write_name(ssrc: u32, name: &str, out: &mut Vec<u8>) {
    let name = name.as_bytes();
    let name = name.get(..255).unwrap_or(name);
    let mut chunk = ssrc.to_be_bytes().to_vec();
    chunk.extend([CNAME, u8::try_from(name.len()).unwrap_or_default()]);
    chunk.extend(name);
    // At least one zero ends the list of items.
    chunk.resize((chunk.len() + 1).next_multiple_of(WORD_BYTES), 0);
    let words = u16::try_from(chunk.len() / WORD_BYTES).unwrap_or_default();
    out.extend([VERSION | 1, SOURCE_DESCRIPTION]);
    out.extend(words.to_be_bytes());
    out.extend(chunk);
}

/// 64-bit NTP time (RFC 5905 section 6): seconds since 1900 and their 2³²ths.
pub(super) fn ntp(time: SystemTime) -> u64 {
    let since = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let fraction = (u64::from(since.subsec_nanos()) << 32) / 1_000_000_000;
    (since.as_secs().wrapping_add(NTP_OFFSET) << 32) | fraction
}

/// How long a packet takes there and back, by a block that answers one of our reports; `None` when it answers none.
pub(super) fn round_trip(now_ntp: u64, block: &ReceptionReport) -> Option<Duration> {
    if block.last_sr_time == 0 {
        return None;
    }
    let middle = u32::try_from((now_ntp >> 16) & u64::from(u32::MAX)).ok()?;
    let elapsed = middle
        .wrapping_sub(block.last_sr_time)
        .wrapping_sub(block.last_sr_delay);
    // What seems to lie ahead of us is a clock that moved.
    (elapsed < 1 << 31).then(|| Duration::from_nanos((u64::from(elapsed) * 1_000_000_000) >> 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(compound: &[u8]) -> Vec<Feedback> {
        let mut all = Vec::new();
        read(compound, |feedback| all.push(feedback));
        all
    }

    fn nack() -> Vec<u8> {
        let mut packet = vec![0x81, 205, 0, 3];
        packet.extend(1_u32.to_be_bytes());
        packet.extend(2_u32.to_be_bytes());
        packet.extend([0, 7, 0x80, 1]);
        packet
    }

    fn pli() -> Vec<u8> {
        let mut packet = vec![0x81, 206, 0, 2];
        packet.extend(1_u32.to_be_bytes());
        packet.extend(3_u32.to_be_bytes());
        packet
    }

    #[test]
    fn every_packet_of_a_compound_one_is_read() {
        let missing = Feedback::Missing {
            ssrc: 2,
            first: 7,
            mask: 0x8001,
        };
        let keyframe = Feedback::Keyframe { ssrc: 3 };
        assert_eq!(told(&[nack(), pli()].concat()), [missing, keyframe]);
    }

    #[test]
    fn our_own_report_can_be_read_back() {
        let account = Account {
            ssrc: 7,
            timestamp: 8,
            packets: 9,
            octets: 10,
        };
        let mut written = Vec::new();
        write_sender_report(&account, 11 << 32, &mut written);
        write_name(7, "jumpa", &mut written);
        let (first, rest) = split_first(&written).unwrap();
        let Ok(Rtcp::SenderReport(report)) = Rtcp::try_from(first) else {
            unreachable!("a sender report");
        };
        assert_eq!(*report.sender_info.ssrc, 7);
        assert_eq!(report.sender_info.rtp_time.numer(), 8);
        let (second, rest) = split_first(rest).unwrap();
        assert!(rest.is_empty());
        assert!(matches!(
            Rtcp::try_from(second),
            Ok(Rtcp::SourceDescription(_))
        ));
        assert!(told(&written).is_empty());
    }

    #[test]
    fn no_cut_and_no_flipped_bit_does_harm() {
        let whole = [nack(), pli()].concat();
        for length in 0..whole.len() {
            told(&whole[..length]);
        }
        for bit in 0..whole.len() * 8 {
            let mut bent = whole.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            told(&bent);
        }
    }

    #[test]
    fn a_block_that_answers_a_report_tells_the_round_trip() {
        let now = ntp(SystemTime::UNIX_EPOCH + Duration::from_millis(90_250));
        let sent = ntp(SystemTime::UNIX_EPOCH + Duration::from_secs(90));
        let mut block = ReceptionReport {
            ssrc: 1.into(),
            fraction_lost: 0,
            packets_lost: 0,
            max_seq: 0,
            jitter: 0,
            last_sr_time: u32::try_from((sent >> 16) & 0xffff_ffff).unwrap(),
            last_sr_delay: 65_536 / 10,
        };
        let trip = round_trip(now, &block).unwrap();
        assert!(trip.abs_diff(Duration::from_millis(150)) < Duration::from_millis(1));
        block.last_sr_delay = 65_536;
        assert_eq!(round_trip(now, &block), None);
        block.last_sr_time = 0;
        assert_eq!(round_trip(now, &block), None);
    }
}
