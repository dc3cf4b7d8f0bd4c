//! The ways that datagrams go, each with its own conditions.

/// One of the four paths between a client and the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// From the publisher connection to the worker.
    PublisherUp,
    /// From the worker to the publisher connection.
    PublisherDown,
    /// From the subscriber connection to the worker.
    SubscriberUp,
    /// From the worker to the subscriber connection.
    SubscriberDown,
}

impl Path {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::PublisherUp,
        Self::PublisherDown,
        Self::SubscriberUp,
        Self::SubscriberDown,
    ];
}
