//! Who hears whom: rooms, participants, tracks and forwarding; no sockets, no clock, no threads.
//!
//! The caller owns the socket: it hands every received datagram to [`Worker::handle`] and then calls
//! [`Worker::poll`] until it answers [`Output::Timeout`].

#![forbid(unsafe_code)]

mod arena;
mod batch;
mod bits;
mod cadence;
mod clock;
mod codec;
mod commands;
mod connection;
mod data;
mod demand;
mod demux;
mod dependency;
mod egress;
mod formats;
mod forward;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod gathering;
mod h264;
mod headroom;
mod hearing;
mod io;
mod keyframe;
mod layer;
mod load;
mod loss;
mod messages;
mod negotiation;
mod nomination;
mod participant;
mod pausing;
mod probe;
mod quality;
mod quiet;
mod rate;
mod receive;
mod red;
mod rewrite;
mod room;
mod sdp;
mod sections;
mod slots;
mod spatial;
mod speakers;
mod state;
mod stun;
mod subscriber;
mod subscription;
#[cfg(test)]
mod testing;
mod ticks;
mod track;
mod vp8;
mod vp9;
mod worker;

pub use io::{Config, Input, Output, Transmit};
pub use worker::Worker;
