//! The same under seeded loss, reordering and repetition.

use std::collections::BTreeMap;

use super::*;

/// Everything a subscriber got, by outgoing sequence number: when captured (ms), and how it was sent.
type Seen = BTreeMap<u64, (u64, Outgoing)>;

struct Network {
    random: Random,
    loss_percent: u64,
    late: Vec<(u64, Packet, u64)>,
}

impl Network {
    /// Loses, delays and repeats: what comes back is due now. The flag of a lost packet is false.
    fn pass(&mut self, now: u64, packets: Vec<Packet>) -> Vec<(u64, Packet)> {
        let mut due = Vec::new();
        for packet in packets {
            match self.random.below(100) {
                chance if chance < self.loss_percent => {}
                chance if chance < self.loss_percent + 10 => {
                    let after = now + 1 + self.random.below(300);
                    self.late.push((after, packet, now));
                }
                chance => {
                    due.push((now, packet));
                    if chance > 95 {
                        due.push((now, packet));
                    }
                }
            }
        }
        let (ready, waiting) = std::mem::take(&mut self.late)
            .into_iter()
            .partition(|(after, _, _)| *after <= now);
        self.late = waiting;
        due.extend(
            ready
                .into_iter()
                .map(|(_, packet, captured): (u64, Packet, u64)| (captured, packet)),
        );
        due
    }
}

fn watch(seed: u64, loss_percent: u64) -> (Seen, Vec<u16>) {
    let mut random = Random(seed);
    let mut network = Network {
        random: Random(seed ^ 0x4d),
        loss_percent,
        late: Vec::new(),
    };
    let mut rewriter = Rewriter::new(RATE, random.next());
    let mut clock = CaptureClock::default();
    let mut encoders = [Encoder::new(0), Encoder::new(1), Encoder::new(2)];
    let (mut received, mut pictures) = (Seen::new(), Vec::new());
    for encoder in &mut encoders {
        let _ = encoder.frame(0, 0, false);
        encoder.report(&mut clock, 0);
    }
    for frame in 1..1500_u64 {
        let now = frame * 40;
        if random.below(20) == 0 {
            rewriter.aim((random.below(8) > 0).then(|| random.below(3) as usize));
        }
        for encoder in &mut encoders {
            if frame % 25 == 0 {
                encoder.report(&mut clock, now);
            }
            let mut packets = encoder.frame(now, 0, random.below(5) == 0);
            packets.extend((0..random.below(3)).map(|_| encoder.receive(now, 0, &[])));
            for (captured, packet) in network.pass(now, packets) {
                if let Some(outgoing) = rewriter.rewrite(&packet) {
                    assert!(
                        received
                            .insert(outgoing.sequence, (captured, outgoing))
                            .is_none(),
                        "sent twice"
                    );
                    pictures.extend(rewriter.pictures.last_picture_id());
                }
            }
        }
    }
    (received, pictures)
}

#[test]
fn without_loss_sequence_and_picture_ids_are_gapless_over_hundreds_of_switches() {
    for seed in 0..20 {
        let mut rewriter = aimed(0);
        let mut random = Random(seed);
        let mut encoders = [Encoder::new(0), Encoder::new(1), Encoder::new(2)];
        let (mut sequences, mut pictures): (Vec<u64>, Vec<u16>) = (Vec::new(), Vec::new());
        for frame in 0..2000_u64 {
            rewriter.aim((random.below(9) > 0).then(|| random.below(3) as usize));
            for encoder in &mut encoders {
                for packet in encoder.frame(frame * 40, 0, random.below(3) == 0) {
                    if let Some(outgoing) = rewriter.rewrite(&packet) {
                        sequences.push(outgoing.sequence);
                        pictures.extend(rewriter.pictures.last_picture_id());
                    }
                }
            }
        }
        assert!(sequences.len() > 1000);
        assert!(
            sequences.windows(2).all(|pair| pair[1] == pair[0] + 1),
            "seed {seed}"
        );
        assert!(
            pictures
                .windows(2)
                .all(|pair| (pair[1].wrapping_sub(pair[0]) & 0x7fff) <= 1),
            "seed {seed}"
        );
    }
}

#[test]
fn under_loss_reordering_and_repetition_timestamps_keep_to_the_capture_time() {
    for seed in 0..30 {
        let (seen, pictures) = watch(seed, seed % 10 * 3);
        assert!(seen.len() > 500, "seed {seed}: only {}", seen.len());
        let (start, first) = seen.values().next().unwrap();
        for (captured, outgoing) in seen.values() {
            let ticks = outgoing
                .timestamp
                .wrapping_sub(first.timestamp)
                .cast_signed();
            let expected = (*captured as i64 - *start as i64) * 90;
            let off = (i64::from(ticks) - expected).abs();
            // A switch to a late frame can only move on by a tick; two in a row add up, hundreds must not.
            assert!(off <= 90 * 601, "seed {seed}: {off} ticks off");
        }
        assert!(
            pictures
                .windows(2)
                .all(|pair| pair[1].wrapping_sub(pair[0]) & 0x7fff < 0x4000),
            "seed {seed}"
        );
    }
}

#[test]
fn every_hole_in_the_sequence_is_a_packet_that_was_lost() {
    for seed in 0..20 {
        let (seen, _) = watch(seed, 0);
        let (first, last) = (*seen.keys().next().unwrap(), *seen.keys().last().unwrap());
        let holes = last - first + 1 - seen.len() as u64;
        // Packets that came before the one that opens their layer stay away too.
        assert!(
            holes * 50 < seen.len() as u64,
            "seed {seed}: {holes} of {}",
            seen.len()
        );
    }
}
