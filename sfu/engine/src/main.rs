//! The jumpa-sfu program: sockets, threads, timers and the link around the core.

fn main() {}
