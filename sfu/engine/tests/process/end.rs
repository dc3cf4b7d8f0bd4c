//! Whatever ends the link ends the process, and the port is free again.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

use crate::server::{Link, Server, Sfu, configure, handle_on, has_ended, is_free, socket_path};
use jumpa_sfu_proto::command::Command as Down;
use jumpa_sfu_proto::{AddParticipant, Ping};
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

const LINK: &str = "JUMPA_TEST_LINK";

#[test]
#[ignore = "runs as a process of its own, to be killed by the next test"]
fn the_server_that_will_be_killed() {
    let Ok(path) = std::env::var(LINK) else {
        return;
    };
    let listener = UnixListener::bind(&path).unwrap();
    let sfu = Sfu::start(path.as_ref());
    let (stream, _) = listener.accept().unwrap();
    let mut server = Server {
        sfu,
        link: Link { stream },
    };
    server.link.send(Down::Configure(configure()));
    let address = server.link.ready().addresses.remove(0);
    server.link.send(Down::AddParticipant(AddParticipant {
        room_sid: "RM_a".into(),
        participant_sid: "PA_a".into(),
        ..AddParticipant::default()
    }));
    let mut output = std::io::stderr();
    writeln!(output, "serving {} {address}", server.sfu.child.id()).unwrap();
    while server.link.receive().is_some() {}
}

#[test]
fn a_killed_server_leaves_no_orphan() {
    let path = socket_path();
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "end::the_server_that_will_be_killed"])
        .args(["--ignored", "--nocapture"])
        .env(LINK, &path)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(server.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .find(|line| line.starts_with("serving "))
        .unwrap();
    let [_, pid, address] = said.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{said}");
    };
    let address: SocketAddr = address.parse().unwrap();
    let sfu = handle_on(pid.parse().unwrap());
    assert!(!is_free(address));

    server.kill().unwrap();
    server.wait().unwrap();

    assert!(has_ended(&sfu));
    assert!(is_free(address));
    std::fs::remove_file(path).unwrap();
}
