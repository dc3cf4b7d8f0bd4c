//! Puts the true sender into a serialised packet and leaves every other byte as it came.

use prost::encoding::{DecodeContext, WireType, decode_key, encode_key, encode_varint, skip_field};

use super::{Channel, Sender};

/// `livekit.DataPacket`'s fields that the server fills in.
const KIND: u32 = 1;
const USER: u32 = 2;
const PARTICIPANT_IDENTITY: u32 = 4;
const PARTICIPANT_SID: u32 = 17;
/// The same in the older `livekit.UserPacket`.
const USER_PARTICIPANT_SID: u32 = 1;
const USER_PARTICIPANT_IDENTITY: u32 = 5;

/// Copies every field but the server's own, unknown ones too, so that newer clients lose nothing.
pub(super) fn sign(
    contents: &[u8],
    is_user: bool,
    sender: Sender<'_>,
    channel: Channel,
) -> Option<Vec<u8>> {
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
    // A user packet that a later value of the same `oneof` replaced must not become the last again.
    if let Some(user) = user.filter(|_| is_user) {
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

pub(super) fn write_bytes(target: &mut Vec<u8>, number: u32, contents: &[u8]) {
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
