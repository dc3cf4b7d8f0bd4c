//! Entries for fuzzing: bytes of participants that otherwise come only through an encrypted connection.

use std::time::Instant;

use livekit_protocol::{DataPacket, data_packet};
use prost::Message;

use crate::codec::Codec;
use crate::data::{Channel, ReliableSequence, Sender, prepare};
use crate::egress;
use crate::red;
use crate::rewrite::{Received, Rewriter, Source};

const SENDER: Sender<'static> = Sender {
    sid: "PA_fuzz",
    identity: "fuzz",
};
const LIMIT_BYTES: usize = 64 * 1024;

/// Sends a participant's data packet on.
///
/// # Panics
/// When a receiver would read another sender or another message.
pub fn data_packet(contents: &[u8]) {
    for channel in [Channel::Reliable, Channel::Lossy] {
        let mut sequence = ReliableSequence::default();
        let outcome = prepare(contents, SENDER, channel, LIMIT_BYTES, &mut sequence);
        let Ok(prepared) = outcome else {
            continue;
        };
        let received = DataPacket::decode(prepared.bytes.as_slice());
        let sent = DataPacket::decode(contents);
        let (Ok(received), Ok(sent)) = (received, sent) else {
            unreachable!("what is sent on can be read");
        };
        assert_eq!(received.participant_sid, SENDER.sid);
        assert_eq!(received.participant_identity, SENDER.identity);
        assert_eq!(received.sequence, sent.sequence);
        assert_eq!(received.destination_identities, sent.destination_identities);
        assert_eq!(kind_of(&received), kind_of(&sent));
        assert_signed(&received);
    }
}

/// Reads what a receiver reports.
///
/// # Panics
/// When it tells more than its bytes can hold.
pub fn feedback(contents: &[u8]) {
    let most = contents.len() / 4;
    assert!(egress::read_feedback(contents) <= most);
}

/// Reads a payload as a packet of each codec.
///
/// # Panics
/// When a part of it is said to be longer than the whole.
pub fn payload(contents: &[u8]) {
    let arrival = start();
    for codec in [
        Codec::Opus,
        Codec::Pcmu,
        Codec::Vp8,
        Codec::Vp9,
        Codec::H264,
        Codec::Av1,
    ] {
        let mut source = Source::new(0, codec);
        let mut rewriter = Rewriter::new(codec.clock_rate(), 1);
        rewriter.aim(Some(0));
        rewriter.limit(Some(1));
        rewriter.thin(Some(0));
        for sequence in 1..4 {
            let packet = source.receive(&Received {
                ssrc: 1,
                sequence,
                timestamp: 0,
                payload: contents,
                dependency: Some(contents),
                arrival,
            });
            let outgoing = rewriter.rewrite(&packet);
            if let Some(patch) = outgoing.and_then(|outgoing| outgoing.patch) {
                patch.apply(&mut contents.to_vec());
            }
        }
    }
    assert!(red::primary(contents).is_none_or(|newest| newest.len() < contents.len()));
}

#[expect(
    clippy::disallowed_methods,
    reason = "an Instant can be had in no other way; nothing depends on its value"
)]
fn start() -> Instant {
    Instant::now()
}

fn kind_of(packet: &DataPacket) -> Option<std::mem::Discriminant<data_packet::Value>> {
    packet.value.as_ref().map(std::mem::discriminant)
}

#[expect(deprecated, reason = "older clients read the sender here")]
fn assert_signed(packet: &DataPacket) {
    match &packet.value {
        Some(data_packet::Value::User(user)) => {
            assert_eq!(user.participant_sid, SENDER.sid);
            assert_eq!(user.participant_identity, SENDER.identity);
        }
        Some(data_packet::Value::Speaker(_)) => unreachable!("only the server says who speaks"),
        _ => {}
    }
}
