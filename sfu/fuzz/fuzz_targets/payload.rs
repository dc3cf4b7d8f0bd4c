//! What publishers send as media.

#![no_main]

libfuzzer_sys::fuzz_target!(|contents: &[u8]| jumpa_sfu_fuzz::payload(contents));
