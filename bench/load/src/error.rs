//! What can stop a run, or one participant of it.

/// A sentence for the person who runs the tool.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// The command line asks for something that cannot be run.
    #[error("{0}")]
    Argument(String),
    /// The operating system refused.
    #[error("the operating system refused: {0}")]
    System(#[from] std::io::Error),
    /// The server ended or refused the signalling connection.
    #[error("signalling: {0}")]
    Signal(String),
    /// The server sent something that does not fit the protocol.
    #[error("the server sent {0}")]
    Protocol(String),
    /// A peer connection failed.
    #[error("peer connection: {0}")]
    Rtc(#[from] str0m::RtcError),
}

impl From<lexopt::Error> for LoadError {
    fn from(error: lexopt::Error) -> Self {
        Self::Argument(error.to_string())
    }
}

impl From<tungstenite::Error> for LoadError {
    fn from(error: tungstenite::Error) -> Self {
        Self::Signal(error.to_string())
    }
}

impl From<nix::Error> for LoadError {
    fn from(error: nix::Error) -> Self {
        Self::System(error.into())
    }
}
