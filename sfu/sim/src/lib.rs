//! Seeded lossy networks in virtual time around the core.
