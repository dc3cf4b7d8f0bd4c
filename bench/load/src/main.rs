//! Load generator that speaks LiveKit signalling.

fn main() {}
