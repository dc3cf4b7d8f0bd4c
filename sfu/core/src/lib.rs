//! Who hears whom: rooms, participants, tracks and forwarding; no sockets, no clock, no threads.
