//! Whatever ends the link ends the process, and the port is free again.

use std::io::Write;

use crate::server::{Server, Sfu, is_free, socket_path};
use jumpa_sfu_proto::Ping;
use jumpa_sfu_proto::command::Command as Down;
use rustix::process::{Pid, Signal, kill_process};

#[test]
fn a_closed_link_is_a_good_end() {
    let (server, address) = Server::ready();
    let Server { mut sfu, link } = server;
    drop(link);
    assert_eq!(sfu.ended().0.code(), Some(0));
    assert!(is_free(address));
}

#[test]
fn so_is_a_link_closed_over_unread_events() {
    let (mut server, address) = Server::ready();
    for nonce in 0..100 {
        server.link.send(Down::Ping(Ping { nonce }));
    }
    let Server { mut sfu, link } = server;
    drop(link);
    assert_eq!(sfu.ended().0.code(), Some(0));
    assert!(is_free(address));
}

#[test]
fn so_is_a_link_closed_before_the_first_command() {
    let Server { mut sfu, link } = Server::start();
    drop(link);
    assert!(sfu.ended().0.code().is_some());
}

#[test]
fn signals_end_it() {
    for signal in [Signal::TERM, Signal::INT] {
        let (mut server, address) = Server::ready();
        let pid = Pid::from_child(&server.sfu.child);
        kill_process(pid, signal).unwrap();
        server.sfu.ended();
        assert!(is_free(address));
    }
}

fn ended_after(bytes: &[u8]) -> String {
    let (mut server, address) = Server::ready();
    server.link.stream.write_all(bytes).unwrap();
    let (status, log) = server.sfu.ended();
    assert_eq!(status.code(), Some(1));
    assert!(is_free(address));
    log
}

#[test]
fn garbage_ends_it_and_is_logged() {
    let log = ended_after(&[0, 0, 0, 3, 0xff, 0xff, 0xff]);
    assert!(log.contains("cannot be read"), "{log}");
}

#[test]
fn a_frame_too_long_ends_it_before_a_byte_of_it_has_come() {
    let log = ended_after(&(4 * 1024 * 1024 + 1_u32).to_be_bytes());
    assert!(log.contains("4194305"), "{log}");
}

#[test]
fn half_a_frame_ends_it_when_the_link_closes() {
    let (mut server, address) = Server::ready();
    server.link.stream.write_all(&[0, 0, 1, 0, 1, 2]).unwrap();
    let Server { mut sfu, link } = server;
    drop(link);
    assert_eq!(sfu.ended().0.code(), Some(1));
    assert!(is_free(address));
}

#[test]
fn nobody_listens() {
    let (status, log) = Sfu::start(&socket_path()).ended();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("link"), "{log}");
}
