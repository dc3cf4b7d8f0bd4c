//! Turns the packets of many layers into the one continuous stream that a subscriber sees.

mod capture;
mod pictures;
mod rewriter;
mod segment;
mod source;
mod temporal;

pub(crate) use capture::CaptureClock;
pub(crate) use rewriter::{Outgoing, Rewriter};
pub(crate) use source::{Packet, Received, Source, Spatial};
