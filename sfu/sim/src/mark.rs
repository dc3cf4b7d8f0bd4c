//! What a publisher writes at the end of every payload, so that a receiver can tell where it came from.

/// Recognises a payload of ours.
const MAGIC: [u8; 4] = *b"jmpa";
const SIZE: usize = 14;

/// Where and when a payload was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Tells publishers apart.
    pub tag: u8,
    /// Position of the layer, 0 being the smallest.
    pub layer: u8,
    /// When it was captured, in milliseconds since the simulation began.
    pub captured_ms: u32,
    /// Counts the packets of a layer.
    pub number: u32,
}

impl Mark {
    pub(crate) fn write(self, payload: &mut Vec<u8>) {
        payload.extend(self.captured_ms.to_be_bytes());
        payload.extend(self.number.to_be_bytes());
        payload.extend([self.tag, self.layer]);
        payload.extend(MAGIC);
    }

    /// `None` when the payload is not from a simulated publisher.
    pub fn read(payload: &[u8]) -> Option<Self> {
        let end = payload.get(payload.len().checked_sub(SIZE)?..)?;
        let (captured_ms, end) = end.split_first_chunk()?;
        let (number, end) = end.split_first_chunk()?;
        let (&[tag, layer], magic) = end.split_first_chunk()?;
        (magic == MAGIC).then_some(Self {
            tag,
            layer,
            captured_ms: u32::from_be_bytes(*captured_ms),
            number: u32::from_be_bytes(*number),
        })
    }
}
