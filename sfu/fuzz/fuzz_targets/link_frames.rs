//! Frames of the link, and what follows from them.

#![no_main]

libfuzzer_sys::fuzz_target!(|contents: &[u8]| jumpa_sfu_fuzz::link_frames(contents));
