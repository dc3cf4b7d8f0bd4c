//! The first frame: what is accepted, and what is refused with which word.

use std::net::{SocketAddr, UdpSocket};

use crate::server::{Server, configure, is_free};
use jumpa_sfu_proto::command::Command as Down;
use jumpa_sfu_proto::{Configure, Ping, Version};

fn refused(first: Down) -> (String, String) {
    let mut server = Server::start();
    server.link.send(first);
    let failed = server.link.failed();
    let (status, log) = server.sfu.ended();
    assert_eq!(status.code(), Some(1));
    assert!(server.link.receive().is_none());
    assert!(log.contains(&failed.message), "{log}");
    (failed.code, failed.message)
}

fn refused_configure(configure: Configure) -> (String, String) {
    refused(Down::Configure(configure))
}

#[test]
fn ready_names_version_and_addresses() {
    let mut server = Server::start();
    server.link.send(Down::Configure(configure()));
    let ready = server.link.ready();
    assert_eq!(ready.version, Version::Current as u32);
    assert_eq!(ready.build, env!("CARGO_PKG_VERSION"));
    let [address] = ready.addresses.as_slice() else {
        panic!("{:?}", ready.addresses);
    };
    let address: SocketAddr = address.parse().unwrap();
    assert!(address.ip().is_loopback() && address.port() > 0);
    assert!(!is_free(address));
}

#[test]
fn every_media_address_is_announced_in_order() {
    let mut server = Server::start();
    server.link.send(Down::Configure(Configure {
        media_addresses: vec!["203.0.113.7".into(), "2001:db8::7".into()],
        bind_address: String::new(),
        ..configure()
    }));
    let ready = server.link.ready();
    let [four, six] = ready.addresses.as_slice() else {
        panic!("{:?}", ready.addresses);
    };
    assert!(four.starts_with("203.0.113.7:") && six.starts_with("[2001:db8::7]:"));
}

#[test]
fn a_foreign_version_says_what_to_rebuild() {
    let (code, message) = refused_configure(Configure {
        version: 99,
        ..configure()
    });
    assert_eq!(code, "version_mismatch");
    assert!(message.contains("99") && message.contains("make build"));
}

#[test]
fn the_first_command_has_to_be_configure() {
    let (code, _) = refused(Down::Ping(Ping { nonce: 1 }));
    assert_eq!(code, "protocol");
}

#[test]
fn a_port_in_use_is_named() {
    let other = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let (code, message) = refused_configure(Configure {
        udp_port: port.into(),
        ..configure()
    });
    assert_eq!(code, "port_in_use");
    assert!(message.contains(&format!("127.0.0.1:{port}")));
}

#[test]
fn addresses_that_cannot_be_are_refused() {
    let bad = |change: fn(&mut Configure)| {
        let mut configure = configure();
        change(&mut configure);
        refused_configure(configure).0
    };
    assert_eq!(bad(|c| c.media_addresses.clear()), "bad_address");
    assert_eq!(
        bad(|c| c.media_addresses = vec!["example.org".into()]),
        "bad_address"
    );
    assert_eq!(
        bad(|c| c.bind_address = "203.0.113.7".into()),
        "bad_address"
    );
    assert_eq!(bad(|c| c.bind_address = "nonsense".into()), "bad_address");
    assert_eq!(
        bad(|c| c.media_addresses = vec!["0.0.0.0".into()]),
        "bad_address"
    );
    assert_eq!(
        bad(|c| c.media_addresses = vec!["127.0.0.1".into(), "ff02::1".into()]),
        "bad_address"
    );
    assert_eq!(bad(|c| c.udp_port = 65_536), "bad_address");
    assert_eq!(bad(|c| c.udp_port = u32::MAX), "bad_address");
}

#[test]
fn garbage_instead_of_configure_is_a_failure_of_the_protocol() {
    let mut server = Server::start();
    server.link.send_frame(&[0xff; 40]);
    assert_eq!(server.link.failed().code, "protocol");
    assert_eq!(server.sfu.ended().0.code(), Some(1));
}
