//! Offers of a client with one connection.

#![no_main]

libfuzzer_sys::fuzz_target!(|contents: &[u8]| jumpa_sfu_fuzz::offers(contents));
