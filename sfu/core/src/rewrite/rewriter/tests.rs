//! What a subscriber sees of a publisher's layers across switches, pauses, padding and leaps.

mod chance;
mod thinning;

use std::time::SystemTime;

use super::*;
use crate::codec::Codec;
use crate::rewrite::{CaptureClock, Received, Source};
use crate::testing::{Random, at};

const RATE: u32 = 90_000;

/// A layer as an encoder sends it, with numbers of its own that all begin near their wrap.
struct Encoder {
    source: Source,
    layer: usize,
    ssrc: u32,
    sequence: u64,
    timestamp: u32,
    picture_id: u16,
    tl0: u8,
    key_index: u8,
}

impl Encoder {
    fn new(layer: usize) -> Self {
        Self {
            source: Source::new(layer, Codec::Vp8),
            layer,
            ssrc: 100 + layer as u32,
            sequence: 65_500 + layer as u64 * 1000,
            timestamp: 0xffff_f000_u32.wrapping_add(layer as u32 * 77_777),
            picture_id: 0x7ffa - layer as u16 * 3000,
            tl0: 250 - layer as u8,
            key_index: 30 - layer as u8,
        }
    }

    fn timestamp_at(&self, time: u64) -> u32 {
        self.timestamp
            .wrapping_add((time * u64::from(RATE) / 1000) as u32)
    }

    fn report(&mut self, clock: &mut CaptureClock, time: u64) {
        let ntp_time = SystemTime::UNIX_EPOCH + Duration::from_millis(5_000_000 + time);
        let captured = clock.captured(at(time), ntp_time);
        self.source.sender_report(captured, self.timestamp_at(time));
    }

    /// The packets of the frame captured at `time`, arriving `delay` later; a higher layer needs more of them.
    fn frame(&mut self, time: u64, delay: u64, is_keyframe: bool) -> Vec<Packet> {
        self.key_index = (self.key_index + u8::from(is_keyframe)) & 0x1f;
        let packets = (0..=self.layer)
            .map(|index| {
                let [high, low] = self.picture_id.to_be_bytes();
                let first = if index == 0 { 0x90 } else { 0x80 };
                let header = u8::from(index > 0 || !is_keyframe);
                let payload = [
                    first,
                    0xf0,
                    0x80 | high,
                    low,
                    self.tl0,
                    self.key_index,
                    header,
                ];
                self.receive(time, delay, &payload)
            })
            .collect();
        self.picture_id = (self.picture_id + 1) & 0x7fff;
        self.tl0 = self.tl0.wrapping_add(1);
        packets
    }

    fn receive(&mut self, time: u64, delay: u64, payload: &[u8]) -> Packet {
        let timestamp = self.timestamp_at(time);
        self.sequence += 1;
        self.source.receive(&Received {
            ssrc: self.ssrc,
            sequence: self.sequence,
            timestamp,
            payload,
            dependency: None,
            arrival: at(time + delay),
        })
    }
}

fn rewrite_all(rewriter: &mut Rewriter, packets: &[Packet]) -> Vec<Outgoing> {
    packets
        .iter()
        .filter_map(|packet| rewriter.rewrite(packet))
        .collect()
}

fn aimed(layer: usize) -> Rewriter {
    let mut rewriter = Rewriter::new(RATE, 0x1234_5678_9abc_def0);
    rewriter.aim(Some(layer));
    rewriter
}

#[test]
fn the_first_sequence_number_is_small_whatever_the_seed_and_the_source() {
    let mut random = Random(1);
    for _ in 0..1000 {
        let mut rewriter = Rewriter::new(RATE, random.next());
        rewriter.aim(Some(0));
        let sent = rewrite_all(&mut rewriter, &Encoder::new(0).frame(0, 0, true));
        assert!((1..65_536).contains(&sent[0].sequence));
    }
}

#[test]
fn nothing_flows_before_a_keyframe() {
    let (mut rewriter, mut encoder) = (aimed(0), Encoder::new(0));
    assert!(rewrite_all(&mut rewriter, &encoder.frame(0, 0, false)).is_empty());
    assert_eq!(
        (rewriter.current(), rewriter.awaits_keyframe()),
        (None, Some(0))
    );
    assert_eq!(
        rewrite_all(&mut rewriter, &encoder.frame(40, 0, true)).len(),
        1
    );
    assert_eq!(
        (rewriter.current(), rewriter.awaits_keyframe()),
        (Some(0), None)
    );
}

#[test]
fn the_old_layer_flows_until_the_new_one_has_a_keyframe() {
    let mut rewriter = aimed(0);
    let (mut low, mut high) = (Encoder::new(0), Encoder::new(1));
    let first = rewrite_all(&mut rewriter, &low.frame(0, 0, true))[0];
    rewriter.aim(Some(1));
    assert!(rewrite_all(&mut rewriter, &high.frame(40, 0, false)).is_empty());
    assert_eq!(
        rewrite_all(&mut rewriter, &low.frame(40, 0, false))[0].sequence,
        first.sequence + 1
    );
    assert_eq!(rewriter.awaits_keyframe(), Some(1));
    let switched = rewrite_all(&mut rewriter, &high.frame(80, 0, true));
    assert_eq!(switched[0].sequence, first.sequence + 2);
    assert!(rewrite_all(&mut rewriter, &low.frame(80, 0, false)).is_empty());
    assert_eq!(
        (rewriter.current(), rewriter.awaits_keyframe()),
        (Some(1), None)
    );
}

#[test]
fn sender_reports_align_the_layers_to_the_tick() {
    let (mut rewriter, mut clock) = (aimed(0), CaptureClock::default());
    let (mut low, mut high) = (Encoder::new(0), Encoder::new(1));
    let _ = (low.frame(0, 0, false), high.frame(0, 0, false));
    low.report(&mut clock, 0);
    high.report(&mut clock, 0);
    let before = rewrite_all(&mut rewriter, &low.frame(1000, 20, true))[0];
    rewriter.aim(Some(1));
    // Arrives 150 ms late: only the reports know when it was captured.
    let after = rewrite_all(&mut rewriter, &high.frame(1040, 170, true))[0];
    let ticks = after.timestamp.wrapping_sub(before.timestamp);
    assert!(ticks.abs_diff(40 * 90) <= 20, "{ticks}");
    assert!(
        after
            .captured
            .duration_since(before.captured)
            .abs_diff(Duration::from_millis(40))
            < Duration::from_millis(1)
    );
}

#[test]
fn without_reports_the_elapsed_time_aligns_the_layers() {
    let mut rewriter = aimed(0);
    let (mut low, mut high) = (Encoder::new(0), Encoder::new(1));
    let before = rewrite_all(&mut rewriter, &low.frame(1000, 20, true))[0];
    rewriter.aim(Some(1));
    let after = rewrite_all(&mut rewriter, &high.frame(1040, 30, true))[0];
    assert_eq!(after.timestamp.wrapping_sub(before.timestamp), 50 * 90);
    assert_eq!(after.captured, at(1070));
}

#[test]
fn a_keyframe_of_the_same_moment_still_moves_the_timestamp_on() {
    let (mut rewriter, mut clock) = (aimed(0), CaptureClock::default());
    let (mut low, mut high) = (Encoder::new(0), Encoder::new(1));
    let _ = (low.frame(0, 0, false), high.frame(0, 0, false));
    low.report(&mut clock, 0);
    high.report(&mut clock, 0);
    let before = rewrite_all(&mut rewriter, &low.frame(1000, 20, true))[0];
    rewriter.aim(Some(1));
    let after = rewrite_all(&mut rewriter, &high.frame(960, 80, true))[0];
    assert_eq!(after.timestamp, before.timestamp.wrapping_add(1));
}

#[test]
fn the_switch_after_a_late_keyframe_takes_back_what_the_timestamp_ran_ahead() {
    let (mut rewriter, mut clock) = (aimed(0), CaptureClock::default());
    let (mut low, mut high) = (Encoder::new(0), Encoder::new(1));
    let _ = (low.frame(0, 0, false), high.frame(0, 0, false));
    low.report(&mut clock, 0);
    high.report(&mut clock, 0);
    let before = rewrite_all(&mut rewriter, &low.frame(1000, 20, true))[0];
    rewriter.aim(Some(1));
    rewrite_all(&mut rewriter, &high.frame(700, 350, true));
    rewriter.aim(Some(0));
    let after = rewrite_all(&mut rewriter, &low.frame(1080, 20, true))[0];
    let ticks = after.timestamp.wrapping_sub(before.timestamp);
    assert!(ticks.abs_diff(80 * 90) <= 20, "{ticks}");
}

#[test]
fn a_retransmission_from_before_a_switch_keeps_its_old_numbers() {
    let mut rewriter = aimed(1);
    let (mut low, mut high) = (Encoder::new(0), Encoder::new(1));
    let first = rewrite_all(&mut rewriter, &high.frame(0, 0, true));
    let lost = high.frame(40, 0, false);
    let third = rewrite_all(&mut rewriter, &high.frame(80, 0, false));
    rewriter.aim(Some(0));
    let switched = rewrite_all(&mut rewriter, &low.frame(120, 0, true));
    let repaired = rewrite_all(&mut rewriter, &lost);
    assert_eq!(repaired[0].sequence, first[1].sequence + 1);
    assert_eq!(repaired[1].sequence + 1, third[0].sequence);
    assert_eq!(
        repaired[0].timestamp.wrapping_sub(first[0].timestamp),
        40 * 90
    );
    assert_eq!(switched[0].sequence, third[1].sequence + 1);
    assert!(rewrite_all(&mut rewriter, &lost).is_empty(), "sent twice");
    assert!(
        rewrite_all(&mut rewriter, &high.frame(160, 0, true)).is_empty(),
        "the layer was left"
    );
}

#[test]
fn a_pause_stops_at_once_and_resumes_without_a_hole_after_a_keyframe() {
    let (mut rewriter, mut encoder) = (aimed(0), Encoder::new(0));
    let before = rewrite_all(&mut rewriter, &encoder.frame(0, 0, true))[0];
    rewriter.aim(None);
    assert_eq!(
        (rewriter.current(), rewriter.awaits_keyframe()),
        (None, None)
    );
    for frame in 1..100 {
        assert!(
            rewrite_all(
                &mut rewriter,
                &encoder.frame(frame * 40, 0, frame % 10 == 0)
            )
            .is_empty()
        );
    }
    rewriter.aim(Some(0));
    assert!(rewrite_all(&mut rewriter, &encoder.frame(4000, 0, false)).is_empty());
    let after = rewrite_all(&mut rewriter, &encoder.frame(4040, 0, true))[0];
    assert_eq!(after.sequence, before.sequence + 1);
    assert_eq!(after.timestamp.wrapping_sub(before.timestamp), 4040 * 90);
}

#[test]
fn a_source_clock_that_stood_still_in_a_mute_is_made_up_for() {
    let mut rewriter = Rewriter::new(48_000, 7);
    rewriter.aim(Some(0));
    let mut source = Source::new(0, Codec::Opus);
    let mut send = |sequence, timestamp, time| {
        let packet = source.receive(&Received {
            ssrc: 1,
            sequence,
            timestamp,
            payload: &[1],
            dependency: None,
            arrival: at(time),
        });
        rewriter.rewrite(&packet).unwrap()
    };
    let before = send(10, 0, 0);
    let stood = send(11, 960, 30_000);
    assert_eq!(stood.sequence, before.sequence + 1);
    assert_eq!(stood.timestamp.wrapping_sub(before.timestamp), 30_000 * 48);
    assert_eq!(
        send(12, 1920, 30_020)
            .timestamp
            .wrapping_sub(stood.timestamp),
        960
    );
    // A pause by DTX, in which the source's clock goes on, is left alone.
    let dtx = send(13, 1920 + 5000 * 48, 35_100);
    assert_eq!(dtx.timestamp.wrapping_sub(stood.timestamp), 960 + 5000 * 48);
}

#[test]
fn a_stream_that_begins_anew_goes_on_in_sequence() {
    let (mut rewriter, mut encoder) = (aimed(0), Encoder::new(0));
    let before = rewrite_all(&mut rewriter, &encoder.frame(0, 0, true))[0];
    encoder.ssrc = 999;
    encoder.sequence = 3;
    encoder.picture_id = 5;
    assert!(rewrite_all(&mut rewriter, &encoder.frame(40, 0, false)).is_empty());
    let after = rewrite_all(&mut rewriter, &encoder.frame(80, 0, true))[0];
    assert_eq!(after.sequence, before.sequence + 1);
    assert_eq!(after.timestamp.wrapping_sub(before.timestamp), 80 * 90);
    assert_eq!(rewriter.pictures.last_picture_id(), Some(0x7ffb));
}

#[test]
fn a_leap_of_the_source_costs_one_number_and_never_the_rollover_count() {
    let (mut rewriter, mut encoder) = (aimed(0), Encoder::new(0));
    let before = rewrite_all(&mut rewriter, &encoder.frame(0, 0, true))[0];
    encoder.sequence += 1 << 20;
    let after = rewrite_all(&mut rewriter, &encoder.frame(40, 0, false))[0];
    assert_eq!(after.sequence, before.sequence + 2);
    assert_eq!(after.timestamp.wrapping_sub(before.timestamp), 40 * 90);
}

#[test]
fn padding_of_probes_leaves_no_hole() {
    let (mut rewriter, mut encoder) = (aimed(0), Encoder::new(0));
    let mut sequences: Vec<u64> = Vec::new();
    for frame in 0..200 {
        let mut packets = encoder.frame(frame * 40, 0, frame == 0);
        packets.extend((0..frame % 4).map(|_| encoder.receive(frame * 40, 0, &[])));
        sequences.extend(
            rewrite_all(&mut rewriter, &packets)
                .iter()
                .map(|sent| sent.sequence),
        );
    }
    assert_eq!(sequences.len(), 200);
    assert!(sequences.windows(2).all(|pair| pair[1] == pair[0] + 1));
}

#[test]
fn a_keyframe_whose_rest_came_before_its_start_does_not_open_but_the_fourth_such_does() {
    let (mut rewriter, mut encoder) = (aimed(2), Encoder::new(2));
    let mut opened = Vec::new();
    for frame in 0..4 {
        let mut packets = encoder.frame(frame * 40, 0, true);
        packets.rotate_left(1);
        opened.push(!rewrite_all(&mut rewriter, &packets).is_empty());
    }
    assert_eq!(opened, [false, false, false, true]);
}

#[test]
fn audio_flows_from_any_packet() {
    let mut rewriter = Rewriter::new(48_000, 7);
    rewriter.aim(Some(0));
    let mut source = Source::new(0, Codec::Opus);
    let packet = source.receive(&Received {
        ssrc: 1,
        sequence: 9,
        timestamp: 5,
        payload: &[1],
        dependency: None,
        arrival: at(0),
    });
    assert!(
        rewriter
            .rewrite(&packet)
            .is_some_and(|sent| sent.patch.is_none())
    );
}
