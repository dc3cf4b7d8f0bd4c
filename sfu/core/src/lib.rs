//! Who hears whom: rooms, participants, tracks and forwarding; no sockets, no clock, no threads.
//!
//! The caller owns the socket: it hands every received datagram to [`Worker::handle`] and then calls
//! [`Worker::poll`] until it answers [`Output::Timeout`].

#![forbid(unsafe_code)]

mod data;
mod io;
mod keyframe;
mod layer;
mod rewrite;
mod speakers;
#[cfg(test)]
mod testing;
mod vp8;
mod worker;

pub use io::{Config, Input, Output, Transmit};
pub use worker::Worker;
