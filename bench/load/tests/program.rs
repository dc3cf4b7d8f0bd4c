//! The program itself, against servers that misbehave.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at what it did not expect, in its helpers too"
)]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Command, Output};
use std::thread;

use livekit_protocol::signal_response::Message as Response;
use livekit_protocol::{LeaveRequest, SignalResponse};
use prost::Message as _;
use serde_json::Value;
use tungstenite::Message;

fn load(port: u16) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jumpa-load"))
        .args([
            "--url",
            &format!("ws://127.0.0.1:{port}"),
            "--api-key",
            "key=secret",
        ])
        .args(["--video-publishers", "1", "--subscribers", "1"])
        .args(["--warmup", "0.1", "--seconds", "0.1"])
        .output()
        .unwrap()
}

/// The reasons that the result gives for failed joins.
fn failures(output: &Output) -> Vec<String> {
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["joins"]["failed"], 2);
    assert_eq!(result["packets"]["delivered"], 0);
    assert_eq!(result["server"]["cpu_us_per_packet"], Value::Null);
    serde_json::from_value(result["joins"]["failures"].clone()).unwrap()
}

/// Serves both participants with `serve`, each on a thread of its own.
fn server(serve: fn(TcpStream)) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            thread::spawn(move || serve(stream.unwrap()));
        }
    });
    port
}

/// The request with its headers.
fn request(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
        text.push(byte[0]);
    }
    String::from_utf8(text).unwrap()
}

fn repeat_the_token(mut stream: TcpStream) {
    let request = request(&mut stream);
    let token = request
        .split("Bearer ")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap();
    let body = format!("invalid token: {token}");
    let head = format!(
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
}

fn send_garbage(stream: TcpStream) {
    let mut socket = tungstenite::accept(stream).unwrap();
    socket.send(Message::Binary(vec![0xff; 64].into())).unwrap();
    let _ = socket.read();
}

fn send_away(stream: TcpStream) {
    let mut socket = tungstenite::accept(stream).unwrap();
    let leave = SignalResponse {
        message: Some(Response::Leave(LeaveRequest::default())),
    };
    socket
        .send(Message::Binary(leave.encode_to_vec().into()))
        .unwrap();
    let _ = socket.read();
}

#[test]
fn a_server_that_is_not_there_is_a_failed_join() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert!(
        failures(&load(port))
            .iter()
            .all(|reason| reason.contains("refused"))
    );
}

#[test]
fn a_refusal_keeps_its_reason_and_loses_the_token() {
    for reason in failures(&load(server(repeat_the_token))) {
        assert!(
            reason.contains("401") && reason.contains("invalid token: …"),
            "{reason}"
        );
        assert!(!reason.contains("eyJ"), "{reason}");
    }
}

#[test]
fn frames_that_are_not_protobuf_fail_the_participant() {
    let failures = failures(&load(server(send_garbage)));
    assert!(
        failures
            .iter()
            .all(|reason| reason.contains("unreadable frame")),
        "{failures:?}"
    );
}

#[test]
fn being_told_to_leave_fails_the_participant() {
    let failures = failures(&load(server(send_away)));
    assert!(
        failures
            .iter()
            .all(|reason| reason.contains("told to leave")),
        "{failures:?}"
    );
}

#[test]
fn a_wrong_command_line_is_explained_and_fails() {
    let output = Command::new(env!("CARGO_BIN_EXE_jumpa-load"))
        .arg("--colour")
        .arg("red")
        .output();
    let output = output.unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("--colour"));
}
