//! Data packets of participants: the true sender put in, receivers read out, everything else kept as it came.

use livekit_protocol::{DataPacket, data_packet};
use prost::Message;
use prost::encoding::{DecodeContext, WireType, decode_key, encode_key, encode_varint, skip_field};

/// `livekit.DataPacket`'s fields that the server fills in.
const KIND: u32 = 1;
const USER: u32 = 2;
const PARTICIPANT_IDENTITY: u32 = 4;
const PARTICIPANT_SID: u32 = 17;
/// The same in the older `livekit.UserPacket`.
const USER_PARTICIPANT_SID: u32 = 1;
const USER_PARTICIPANT_IDENTITY: u32 = 5;

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
    #[error("only the server says who speaks")]
    Reserved,
    #[error("the reliable data packet has been received before")]
    Repeated,
}

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
    let bytes = sign(contents, sender, channel).ok_or(DataError::Malformed)?;
    let sequence = packet.sequence;
    let (identities, sids) = destinations(packet)?;
    if channel == Channel::Reliable && !reliable.accept(sequence) {
        return Err(DataError::Repeated);
    }
    Ok(Prepared {
        bytes,
        identities,
        sids,
    })
}

#[expect(
    deprecated,
    reason = "older clients name sender and receivers in the user packet"
)]
fn destinations(packet: DataPacket) -> Result<(Vec<String>, Vec<String>), DataError> {
    match packet.value {
        Some(data_packet::Value::Speaker(_)) => Err(DataError::Reserved),
        Some(data_packet::Value::User(user)) => {
            let mut identities = packet.destination_identities;
            identities.extend(user.destination_identities);
            Ok((identities, user.destination_sids))
        }
        _ => Ok((packet.destination_identities, Vec::new())),
    }
}

/// Copies every field but the server's own, unknown ones too, so that newer clients lose nothing.
fn sign(contents: &[u8], sender: Sender<'_>, channel: Channel) -> Option<Vec<u8>> {
    let mut bytes =
        Vec::with_capacity(contents.len() + 2 * (sender.sid.len() + sender.identity.len()) + 32);
    let mut user: Option<Vec<u8>> = None;
    for field in Fields(contents) {
        let field = field?;
        match field.number {
            KIND | PARTICIPANT_IDENTITY | PARTICIPANT_SID => {}
            // A field of a message that comes twice is merged (protobuf encoding guide).
            USER => user
                .get_or_insert_default()
                .extend_from_slice(field.contents()?),
            _ => bytes.extend_from_slice(field.bytes),
        }
    }
    if let Some(user) = user {
        write_bytes(&mut bytes, USER, &sign_user(&user, sender)?);
    }
    if channel == Channel::Lossy {
        encode_key(KIND, WireType::Varint, &mut bytes);
        encode_varint(1, &mut bytes);
    }
    write_bytes(&mut bytes, PARTICIPANT_IDENTITY, sender.identity.as_bytes());
    write_bytes(&mut bytes, PARTICIPANT_SID, sender.sid.as_bytes());
    Some(bytes)
}

fn sign_user(contents: &[u8], sender: Sender<'_>) -> Option<Vec<u8>> {
    let mut bytes =
        Vec::with_capacity(contents.len() + sender.sid.len() + sender.identity.len() + 16);
    for field in Fields(contents) {
        let field = field?;
        if ![USER_PARTICIPANT_SID, USER_PARTICIPANT_IDENTITY].contains(&field.number) {
            bytes.extend_from_slice(field.bytes);
        }
    }
    write_bytes(&mut bytes, USER_PARTICIPANT_SID, sender.sid.as_bytes());
    write_bytes(
        &mut bytes,
        USER_PARTICIPANT_IDENTITY,
        sender.identity.as_bytes(),
    );
    Some(bytes)
}

fn write_bytes(target: &mut Vec<u8>, number: u32, contents: &[u8]) {
    encode_key(number, WireType::LengthDelimited, target);
    encode_varint(contents.len() as u64, target);
    target.extend_from_slice(contents);
}

/// The fields of a serialised message, one after the other; ends after the first that cannot be read.
struct Fields<'a>(&'a [u8]);

struct Field<'a> {
    number: u32,
    wire_type: WireType,
    bytes: &'a [u8],
    value: &'a [u8],
}

impl<'a> Field<'a> {
    /// What a length-delimited field holds.
    fn contents(&self) -> Option<&'a [u8]> {
        let mut value = self.value;
        let length = prost::encoding::decode_varint(&mut value).ok()?;
        (self.wire_type == WireType::LengthDelimited && length == value.len() as u64)
            .then_some(value)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<Field<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = read_field(&mut self.0);
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

fn read_field<'a>(rest: &mut &'a [u8]) -> Option<Field<'a>> {
    let whole = *rest;
    let (number, wire_type) = decode_key(rest).ok()?;
    let value = *rest;
    skip_field(wire_type, number, rest, DecodeContext::default()).ok()?;
    Some(Field {
        number,
        wire_type,
        bytes: whole.get(..whole.len() - rest.len())?,
        value: value.get(..value.len() - rest.len())?,
    })
}
