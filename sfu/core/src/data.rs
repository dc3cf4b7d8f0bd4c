//! Data packets of participants: the true sender put in, receivers read out, everything else kept as it came.

mod signing;

use livekit_protocol::{DataPacket, data_packet};
use prost::Message;

use crate::hearing::Part;
use signing::sign;

/// Why a data packet goes to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DataError {
    #[error("the data packet has {size_bytes} bytes; at most {limit_bytes} are allowed")]
    TooLarge {
        size_bytes: usize,
        limit_bytes: usize,
    },
    #[error("the data packet is not a livekit.DataPacket")]
    Malformed,
    #[error("only the server says who speaks, and speaks on topics of its own")]
    Reserved,
    #[error("the reliable data packet has been received before")]
    Repeated,
}

/// On topics that begin so the server alone speaks: its news would otherwise be anybody's.
const OWN_TOPICS: &str = "jumpa.";

/// Who a packet is from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender<'a> {
    pub(crate) sid: &'a str,
    pub(crate) identity: &'a str,
}

/// Which of the two data channels a packet travels on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Reliable,
    Lossy,
}

/// A packet ready to be sent, once for all receivers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Prepared {
    /// Serialised `livekit.DataPacket`.
    pub(crate) bytes: Vec<u8>,
    identities: Vec<String>,
    sids: Vec<String>,
    /// What it is of a stream for everybody.
    pub(crate) part: Option<Part>,
}

impl Prepared {
    /// Whether a participant is among the receivers; the sender never is, which the caller sees to.
    pub(crate) fn is_for(&self, identity: &str, sid: &str) -> bool {
        let is_for_all = self.identities.is_empty() && self.sids.is_empty();
        is_for_all
            || self
                .identities
                .iter()
                .any(|destination| destination == identity)
            || self.sids.iter().any(|destination| destination == sid)
    }
}

/// The reliable packets of one publisher: those that a resumed client sends once more are recognised.
#[derive(Debug, Default)]
pub(crate) struct ReliableSequence {
    last: u32,
}

impl ReliableSequence {
    /// 0 comes from clients that do not number their packets, and always passes.
    fn accept(&mut self, sequence: u32) -> bool {
        let is_new = sequence == 0 || sequence > self.last;
        self.last = self.last.max(sequence);
        is_new
    }
}

/// Reads a packet that a participant has sent. What it says of its own sender is replaced.
pub(crate) fn prepare(
    contents: &[u8],
    sender: Sender<'_>,
    channel: Channel,
    limit_bytes: usize,
    reliable: &mut ReliableSequence,
) -> Result<Prepared, DataError> {
    if contents.len() > limit_bytes {
        return Err(DataError::TooLarge {
            size_bytes: contents.len(),
            limit_bytes,
        });
    }
    let packet = DataPacket::decode(contents).map_err(|_| DataError::Malformed)?;
    if is_reserved(&packet) {
        return Err(DataError::Reserved);
    }
    let is_user = matches!(packet.value, Some(data_packet::Value::User(_)));
    let bytes = sign(contents, is_user, sender, channel).ok_or(DataError::Malformed)?;
    let sequence = packet.sequence;
    let part = Part::of(&packet).filter(|_| channel == Channel::Reliable);
    let (identities, sids) = destinations(packet);
    if channel == Channel::Reliable && !reliable.accept(sequence) {
        return Err(DataError::Repeated);
    }
    Ok(Prepared {
        bytes,
        identities,
        sids,
        part,
    })
}

#[expect(
    deprecated,
    reason = "older clients name sender and receivers in the user packet"
)]
fn destinations(packet: DataPacket) -> (Vec<String>, Vec<String>) {
    match packet.value {
        Some(data_packet::Value::User(user)) => {
            let mut identities = packet.destination_identities;
            identities.extend(user.destination_identities);
            (identities, user.destination_sids)
        }
        _ => (packet.destination_identities, Vec::new()),
    }
}

/// Whether only the server may send this.
#[expect(deprecated, reason = "older clients still send who speaks")]
fn is_reserved(packet: &DataPacket) -> bool {
    match &packet.value {
        Some(data_packet::Value::Speaker(_)) => true,
        Some(data_packet::Value::User(user)) => user.topic().starts_with(OWN_TOPICS),
        Some(data_packet::Value::StreamHeader(header)) => header.topic.starts_with(OWN_TOPICS),
        _ => false,
    }
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "numbers of a seeded generator, cut to size"
)]
#[expect(
    deprecated,
    reason = "older clients name sender and receivers in the user packet"
)]
mod tests {
    use livekit_protocol::{ActiveSpeakerUpdate, ChatMessage, UserPacket, data_stream};

    use super::signing::write_bytes;
    use super::*;
    use crate::testing::Random;

    const ANN: Sender<'static> = Sender {
        sid: "PA_ann",
        identity: "ann",
    };

    fn user() -> DataPacket {
        let user = UserPacket {
            payload: b"hello".to_vec(),
            topic: Some("greeting".into()),
            ..Default::default()
        };
        DataPacket {
            value: Some(data_packet::Value::User(user)),
            ..Default::default()
        }
    }

    fn send(packet: &DataPacket) -> Result<Prepared, DataError> {
        prepare(
            &packet.encode_to_vec(),
            ANN,
            Channel::Reliable,
            65_536,
            &mut ReliableSequence::default(),
        )
    }

    fn received(prepared: &Prepared) -> DataPacket {
        DataPacket::decode(&prepared.bytes[..]).unwrap()
    }

    fn user_of(packet: DataPacket) -> UserPacket {
        match packet.value {
            Some(data_packet::Value::User(user)) => user,
            other => panic!("not a user packet: {other:?}"),
        }
    }

    #[test]
    fn the_true_sender_is_put_in() {
        let packet = received(&send(&user()).unwrap());
        assert_eq!(
            (
                packet.participant_sid.as_str(),
                packet.participant_identity.as_str()
            ),
            ("PA_ann", "ann")
        );
        let user = user_of(packet);
        assert_eq!(
            (
                user.participant_sid.as_str(),
                user.participant_identity.as_str()
            ),
            ("PA_ann", "ann")
        );
        assert_eq!(
            (user.payload.as_slice(), user.topic.as_deref()),
            (b"hello".as_slice(), Some("greeting"))
        );
    }

    #[test]
    fn nobody_speaks_under_another_name() {
        let mut forged = user();
        forged.participant_identity = "bob".into();
        forged.participant_sid = "PA_bob".into();
        if let Some(data_packet::Value::User(user)) = &mut forged.value {
            user.participant_identity = "bob".into();
            user.participant_sid = "PA_bob".into();
        }
        let mut twice = forged.encode_to_vec();
        twice.extend(forged.encode_to_vec());
        for contents in [forged.encode_to_vec(), twice] {
            let mut sequence = ReliableSequence::default();
            let prepared = prepare(&contents, ANN, Channel::Lossy, 65_536, &mut sequence).unwrap();
            assert!(!prepared.bytes.windows(3).any(|window| window == b"bob"));
            assert_eq!(user_of(received(&prepared)).participant_identity, "ann");
        }
    }

    #[test]
    fn other_kinds_of_packets_carry_their_sender_too() {
        let chat = ChatMessage {
            message: "hi".into(),
            ..Default::default()
        };
        let packet = DataPacket {
            value: Some(data_packet::Value::ChatMessage(chat.clone())),
            ..Default::default()
        };
        let packet = received(&send(&packet).unwrap());
        assert_eq!(packet.participant_identity, "ann");
        assert_eq!(packet.value, Some(data_packet::Value::ChatMessage(chat)));
    }

    #[test]
    fn what_is_newer_than_this_server_passes_unharmed() {
        let mut contents = user().encode_to_vec();
        write_bytes(&mut contents, 900, b"future");
        let prepared = prepare(
            &contents,
            ANN,
            Channel::Reliable,
            65_536,
            &mut ReliableSequence::default(),
        )
        .unwrap();
        assert!(prepared.bytes.windows(6).any(|window| window == b"future"));
        assert_eq!(user_of(received(&prepared)).payload, b"hello");
    }

    #[test]
    fn the_kind_is_that_of_the_channel() {
        let mut packet = user();
        packet.kind = data_packet::Kind::Lossy.into();
        assert_eq!(
            received(&send(&packet).unwrap()).kind(),
            data_packet::Kind::Reliable
        );
        let contents = user().encode_to_vec();
        let lossy = prepare(
            &contents,
            ANN,
            Channel::Lossy,
            65_536,
            &mut ReliableSequence::default(),
        )
        .unwrap();
        assert_eq!(received(&lossy).kind(), data_packet::Kind::Lossy);
    }

    #[test]
    fn without_destinations_it_is_for_all() {
        assert!(send(&user()).unwrap().is_for("bob", "PA_bob"));
    }

    #[test]
    fn destinations_of_both_generations_are_honoured() {
        let mut modern = user();
        modern.destination_identities = vec!["bob".into()];
        let mut legacy = user();
        let mut oldest = user();
        if let Some(data_packet::Value::User(user)) = &mut legacy.value {
            user.destination_identities = vec!["bob".into()];
        }
        if let Some(data_packet::Value::User(user)) = &mut oldest.value {
            user.destination_sids = vec!["PA_bob".into()];
        }
        for packet in [modern, legacy, oldest] {
            let prepared = send(&packet).unwrap();
            assert!(prepared.is_for("bob", "PA_bob"));
            assert!(!prepared.is_for("eve", "PA_eve"));
        }
    }

    #[test]
    fn a_packet_above_the_limit_is_refused_and_one_at_it_passes() {
        let contents = user().encode_to_vec();
        let size_bytes = contents.len();
        let mut sequence = ReliableSequence::default();
        assert!(prepare(&contents, ANN, Channel::Reliable, size_bytes, &mut sequence).is_ok());
        let refused = prepare(
            &contents,
            ANN,
            Channel::Reliable,
            size_bytes - 1,
            &mut sequence,
        );
        assert_eq!(
            refused,
            Err(DataError::TooLarge {
                size_bytes,
                limit_bytes: size_bytes - 1
            })
        );
    }

    #[test]
    fn a_client_cannot_say_who_speaks() {
        let speaker = data_packet::Value::Speaker(ActiveSpeakerUpdate::default());
        let packet = DataPacket {
            value: Some(speaker),
            ..Default::default()
        };
        assert_eq!(send(&packet), Err(DataError::Reserved));
    }

    #[test]
    fn a_client_cannot_speak_on_a_topic_of_the_server() {
        let on = |topic: &str| {
            let user = UserPacket {
                topic: Some(topic.to_owned()),
                ..UserPacket::default()
            };
            let header = data_stream::Header {
                topic: topic.to_owned(),
                ..data_stream::Header::default()
            };
            [
                data_packet::Value::User(user),
                data_packet::Value::StreamHeader(header),
            ]
            .map(|value| {
                send(&DataPacket {
                    value: Some(value),
                    ..Default::default()
                })
                .map(|_| ())
            })
        };
        assert_eq!(on("jumpa.lobby"), [Err(DataError::Reserved); 2]);
        assert_eq!(on("lk.chat"), [Ok(()); 2]);
        assert_eq!(on("jumpab"), [Ok(()); 2]);
    }

    #[test]
    fn a_reliable_packet_sent_again_after_a_resume_is_dropped() {
        let mut sequence = ReliableSequence::default();
        let mut send = |number, channel| {
            let contents = DataPacket {
                sequence: number,
                ..user()
            }
            .encode_to_vec();
            prepare(&contents, ANN, channel, 65_536, &mut sequence)
                .map(|prepared| received(&prepared).sequence)
        };
        assert_eq!(send(1, Channel::Reliable), Ok(1));
        assert_eq!(send(2, Channel::Reliable), Ok(2));
        assert_eq!(send(1, Channel::Reliable), Err(DataError::Repeated));
        assert_eq!(send(2, Channel::Reliable), Err(DataError::Repeated));
        assert_eq!(send(2, Channel::Lossy), Ok(2));
        assert_eq!(send(0, Channel::Reliable), Ok(0));
        assert_eq!(send(3, Channel::Reliable), Ok(3));
    }

    #[test]
    fn spoiled_packets_are_refused_or_signed_and_never_break_anything() {
        let mut random = Random(5);
        let good = user().encode_to_vec();
        for _ in 0..20_000 {
            let mut contents = good.clone();
            for _ in 0..=random.below(4) {
                let index = random.below(contents.len() as u64) as usize;
                contents[index] = random.next() as u8;
            }
            contents.truncate(random.below(contents.len() as u64 + 1) as usize);
            let mut sequence = ReliableSequence::default();
            if let Ok(prepared) = prepare(&contents, ANN, Channel::Reliable, 65_536, &mut sequence)
            {
                assert_eq!(received(&prepared).participant_identity, "ann");
            }
        }
        for contents in [
            &b"\xff"[..],
            b"not protobuf at all",
            &[0x12, 0xff, 0xff, 0xff, 0xff, 0x0f],
        ] {
            let refused = prepare(
                contents,
                ANN,
                Channel::Reliable,
                65_536,
                &mut ReliableSequence::default(),
            );
            assert_eq!(refused, Err(DataError::Malformed));
        }
    }

    #[test]
    fn an_empty_packet_is_only_signed() {
        let prepared = prepare(
            &[],
            ANN,
            Channel::Reliable,
            65_536,
            &mut ReliableSequence::default(),
        )
        .unwrap();
        assert_eq!(received(&prepared).participant_sid, "PA_ann");
    }
}
