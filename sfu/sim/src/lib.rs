//! Seeded lossy networks in virtual time around the core.
//!
//! A [`Simulation`] owns one worker, its clients (real str0m peer connections) and the network between them. Nothing
//! waits and nothing reads a clock: time jumps from one event to the next.

mod camera;
mod client;
mod mark;
mod microphone;
mod network;
mod path;
mod peer;
mod random;
mod reception;
mod simulation;

pub use camera::{Camera, Scaling};
pub use client::Client;
pub use mark::Mark;
pub use microphone::Microphone;
pub use network::Conditions;
pub use path::Path;
pub use random::Random;
pub use reception::{Arrival, Reception};
pub use simulation::Simulation;

/// What a simulation can fail with: a peer connection that refuses what it is given.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
