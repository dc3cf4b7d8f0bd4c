//! A server that is killed leaves no media process behind. The test plays both: it starts itself once more as the server.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what the program does not do as told must fail the test"
)]

#[expect(dead_code, reason = "the other tests need the rest")]
#[path = "process/server.rs"]
mod server;

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

use jumpa_sfu_proto::AddParticipant;
use jumpa_sfu_proto::command::Command as Down;
use server::{Link, Server, Sfu, configure, handle_on, has_ended, is_free, socket_path};

const LINK: &str = "JUMPA_TEST_LINK";

fn main() {
    match std::env::var(LINK) {
        Ok(path) => serve(&path),
        Err(_) => a_killed_server_leaves_no_orphan(),
    }
}

/// The server that will be killed: it has a participant, and says where it serves.
fn serve(path: &str) {
    let listener = UnixListener::bind(path).unwrap();
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

fn a_killed_server_leaves_no_orphan() {
    let path = socket_path();
    let mut server = Command::new(std::env::current_exe().unwrap())
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
