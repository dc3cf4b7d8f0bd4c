//! Data packets of participants.

#![no_main]

libfuzzer_sys::fuzz_target!(|contents: &[u8]| jumpa_sfu_fuzz::data_packet(contents));
