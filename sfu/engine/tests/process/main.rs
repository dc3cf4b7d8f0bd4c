//! The whole program, started and spoken to as the server does.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what the program does not do as told must fail the test"
)]

mod end;
mod server;
mod service;
mod start;
