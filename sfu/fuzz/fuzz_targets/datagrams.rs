//! Datagrams of strangers.

#![no_main]

libfuzzer_sys::fuzz_target!(|contents: &[u8]| jumpa_sfu_fuzz::datagrams(contents));
