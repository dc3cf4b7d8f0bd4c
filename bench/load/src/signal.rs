//! The signalling connection: `LiveKit`'s protocol on `/rtc`, binary frames, never blocking once joined.

use std::io::ErrorKind;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::fd::{AsRawFd, RawFd};
use std::time::Duration;

use livekit_protocol::{SignalRequest, SignalResponse, signal_request, signal_response};
use prost::Message as _;
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use crate::error::LoadError;

/// `LiveKit` protocol version that is spoken here.
const PROTOCOL: u32 = 16;
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(15);

/// A WebSocket to the server.
pub(crate) struct Signal {
    socket: WebSocket<TcpStream>,
}

impl Signal {
    /// Blocks until the server has accepted or refused.
    pub(crate) fn connect(url: &str, token: &str, auto_subscribe: bool) -> Result<Self, LoadError> {
        let subscribe = u8::from(auto_subscribe);
        let address = format!(
            "{}/rtc?auto_subscribe={subscribe}&protocol={PROTOCOL}&sdk=rust&version=0.1.0",
            url.trim_end_matches('/')
        );
        let mut request = address.into_client_request()?;
        let bearer = HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|error| LoadError::Signal(error.to_string()))?;
        let stream = TcpStream::connect(endpoint(request.uri())?)?;
        request.headers_mut().insert("Authorization", bearer);
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(HANDSHAKE_TIMEOUT))?;
        let (socket, _) =
            tungstenite::client(request, stream).map_err(|error| refused(error, token))?;
        socket.get_ref().set_nonblocking(true)?;
        Ok(Self { socket })
    }

    /// The next message; `None` when there is none yet.
    pub(crate) fn receive(&mut self) -> Result<Option<signal_response::Message>, LoadError> {
        loop {
            let frame = match self.socket.read() {
                Ok(Message::Binary(frame)) => frame,
                Ok(Message::Close(_)) => return Err(LoadError::Signal("closed".to_owned())),
                Ok(_) => continue,
                Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            let response = SignalResponse::decode(frame)
                .map_err(|error| LoadError::Protocol(format!("an unreadable frame: {error}")))?;
            // A kind newer than this tool knows decodes to nothing.
            if response.message.is_some() {
                return Ok(response.message);
            }
        }
    }

    pub(crate) fn send(&mut self, message: signal_request::Message) -> Result<(), LoadError> {
        let frame = SignalRequest {
            message: Some(message),
        }
        .encode_to_vec();
        match self.socket.send(Message::Binary(frame.into())) {
            Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            other => Ok(other?),
        }
    }
}

impl AsRawFd for Signal {
    fn as_raw_fd(&self) -> RawFd {
        self.socket.get_ref().as_raw_fd()
    }
}

fn endpoint(uri: &tungstenite::http::Uri) -> Result<std::net::SocketAddr, LoadError> {
    let wrong = || LoadError::Argument("--url wants ws://HOST:PORT".to_owned());
    if uri.scheme_str() != Some("ws") {
        return Err(wrong());
    }
    let host = uri.host().ok_or_else(wrong)?;
    let address = (host, uri.port_u16().unwrap_or(80))
        .to_socket_addrs()?
        .find(std::net::SocketAddr::is_ipv4);
    address.ok_or_else(wrong)
}

/// A server may repeat the token in its reason; a result must not.
fn refused<S: tungstenite::handshake::HandshakeRole>(
    error: HandshakeError<S>,
    token: &str,
) -> LoadError {
    match error {
        HandshakeError::Failure(Error::Http(response)) => {
            let body = response.body().as_deref().unwrap_or_default();
            let reason = String::from_utf8_lossy(body).trim().replace(token, "…");
            LoadError::Signal(format!("refused with {}: {reason}", response.status()))
        }
        HandshakeError::Failure(error) => error.into(),
        HandshakeError::Interrupted(_) => LoadError::Signal("no answer in time".to_owned()),
    }
}
