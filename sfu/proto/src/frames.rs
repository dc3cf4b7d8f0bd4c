//! Frames of the link: a 4-byte big-endian length, then that many bytes of protobuf.

use std::io::{self, ErrorKind, Read, Write};

use prost::Message;

/// No command or event comes near this; more is a broken peer.
pub const MAX_FRAME_BYTES: usize = 4 * 1024 * 1024;

/// Why a frame could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The socket failed, or ended inside a frame.
    #[error("the link broke: {0}")]
    Io(#[from] io::Error),
    /// The length stands above [`MAX_FRAME_BYTES`].
    #[error("a frame of {0} bytes is more than the link carries")]
    TooLong(usize),
    /// The bytes are no such message.
    #[error("a frame cannot be read: {0}")]
    Malformed(#[from] prost::DecodeError),
}

/// Reads the next message; `None` when the peer has closed the link between two frames.
pub fn read<M: Message + Default>(stream: &mut impl Read) -> Result<Option<M>, FrameError> {
    let mut length = [0; 4];
    match begin(stream, &mut length)? {
        0 => return Ok(None),
        read => stream.read_exact(length.get_mut(read..).unwrap_or_default())?,
    }
    let length = u32::from_be_bytes(length) as usize;
    if length > MAX_FRAME_BYTES {
        return Err(FrameError::TooLong(length));
    }
    // Grown while it is read: a length alone must not make us allocate.
    let mut body = Vec::new();
    let read = stream.take(length as u64).read_to_end(&mut body)?;
    if read < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(Some(M::decode(body.as_slice())?))
}

/// The first bytes of a frame, or none at the end of the link.
fn begin(stream: &mut impl Read, length: &mut [u8; 4]) -> io::Result<usize> {
    loop {
        match stream.read(length) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // What a Unix socket says when the peer died before it had read all that we sent.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return Ok(0),
            outcome => return outcome,
        }
    }
}

/// Writes one message; the caller flushes.
pub fn write(stream: &mut impl Write, message: &impl Message) -> io::Result<()> {
    let body = message.encode_to_vec();
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    stream.write_all(&length.to_be_bytes())?;
    stream.write_all(&body)
}

#[cfg(test)]
mod tests {
    use super::{FrameError, MAX_FRAME_BYTES, read, write};
    use crate::{Command, Ping, command};

    fn ping(nonce: u64) -> Command {
        Command {
            command: Some(command::Command::Ping(Ping { nonce })),
        }
    }

    #[test]
    fn what_is_written_is_read_in_order_until_the_end() {
        let mut bytes = Vec::new();
        for nonce in 0..3 {
            write(&mut bytes, &ping(nonce)).unwrap();
        }
        let mut stream = bytes.as_slice();
        for nonce in 0..3 {
            assert_eq!(read::<Command>(&mut stream).unwrap(), Some(ping(nonce)));
        }
        assert_eq!(read::<Command>(&mut stream).unwrap(), None);
    }

    #[test]
    fn an_end_inside_a_frame_is_an_error() {
        let mut bytes = Vec::new();
        write(&mut bytes, &ping(u64::MAX)).unwrap();
        for end in 1..bytes.len() {
            let mut stream = &bytes[..end];
            assert!(matches!(
                read::<Command>(&mut stream),
                Err(FrameError::Io(_))
            ));
        }
    }

    #[test]
    fn too_long_and_malformed_frames_are_told_apart() {
        let length = u32::try_from(MAX_FRAME_BYTES + 1).unwrap().to_be_bytes();
        assert!(matches!(
            read::<Command>(&mut length.as_slice()),
            Err(FrameError::TooLong(_))
        ));
        let garbage = [0, 0, 0, 2, 0xff, 0xff];
        assert!(matches!(
            read::<Command>(&mut garbage.as_slice()),
            Err(FrameError::Malformed(_))
        ));
    }
}
