//! Entries for fuzzing: bytes of participants that otherwise come only through an encrypted connection.

use livekit_protocol::{DataPacket, data_packet};
use prost::Message;

use crate::data::{Channel, ReliableSequence, Sender, prepare};
use crate::egress;

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
