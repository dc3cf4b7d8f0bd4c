//! A client comes back on a new signal connection: its media connections stay and find a new way.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use std::net::SocketAddr;

use harness::Lab;
use harness::asking::tea;
use jumpa_sfu_proto::SubscriberAnswer;
use jumpa_sfu_proto::command::Command;
use str0m::change::SdpOffer;
use str0m::media::Mid;

fn ufrag(sdp: &str) -> &str {
    sdp.lines()
        .find_map(|line| line.strip_prefix("a=ice-ufrag:"))
        .unwrap()
}

/// One who speaks and one who hears it.
fn talk() -> (Lab, [usize; 2], Mid) {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    (lab, [ada, bob], mid)
}

#[test]
fn a_receiver_gets_new_credentials_and_misses_nothing() {
    let (mut lab, [ada, bob], mid) = talk();
    let before = lab.clients[bob].offers.len();
    lab.restart(bob);
    lab.speak(ada, mid, 11, 20);
    let offers = &lab.clients[bob].offers;
    assert_eq!(offers.len(), before + 1);
    assert_ne!(ufrag(&offers[before]), ufrag(&offers[before - 1]));
    assert_eq!(lab.heard(bob), 30);
    lab.run(20_000);
    lab.speak(ada, mid, 31, 10);
    assert_eq!(lab.heard(bob), 40);
    assert!(lab.failures().is_empty());
}

#[test]
fn a_receiver_is_found_at_its_new_address() {
    let (mut lab, [ada, bob], mid) = talk();
    let inside = lab.clients[bob].subscriber.address;
    lab.move_to(inside, SocketAddr::from(([203, 0, 113, 9], 40_000)));
    lab.restart(bob);
    lab.run(300);
    lab.speak(ada, mid, 11, 10);
    assert_eq!(lab.heard(bob), 20);
}

#[test]
fn data_goes_on_in_both_directions() {
    let (mut lab, [ada, bob], _) = talk();
    for client in [ada, bob] {
        lab.open_channels(client);
        lab.restart(client);
        lab.offer(client, |api| api.ice_restart(true));
    }
    lab.run(500);
    let packet = tea();
    for (sender, receiver) in [(ada, bob), (bob, ada)] {
        let before = lab.clients[receiver].subscriber.messages.len();
        lab.send(sender, "_reliable", &packet);
        lab.run(300);
        assert_eq!(lab.clients[receiver].subscriber.messages.len() - before, 1);
    }
}

#[test]
fn a_sender_that_restarts_goes_on_under_new_credentials() {
    let (mut lab, [ada, bob], mid) = talk();
    let first = ufrag(lab.clients[ada].answers.last().unwrap()).to_owned();
    lab.offer(ada, |api| api.ice_restart(true));
    lab.run(300);
    assert_ne!(ufrag(lab.clients[ada].answers.last().unwrap()), first);
    lab.speak(ada, mid, 11, 10);
    assert_eq!(lab.heard(bob), 20);
    assert!(lab.failures().is_empty());
}

#[test]
fn an_offer_that_was_missed_comes_again_before_the_restart() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.run(500);
    lab.clients[bob].is_mulish = true;
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    let missed = lab.clients[bob].offers.last().unwrap().clone();
    lab.clients[bob].is_mulish = false;
    let before = lab.clients[bob].offers.len();
    lab.restart(bob);
    lab.run(300);
    let offers = &lab.clients[bob].offers;
    assert_eq!(offers.len(), before + 2);
    assert_eq!(offers[before], missed);
    assert_ne!(ufrag(&offers[before + 1]), ufrag(&missed));
    lab.speak(ada, mid, 1, 10);
    assert_eq!(lab.heard(bob), 10);
}

#[test]
fn an_answer_that_was_lost_may_be_given_again() {
    let (mut lab, [ada, bob], _) = talk();
    lab.clients[bob].is_mulish = true;
    let second = lab.publish_audio(ada, "TR_second");
    lab.subscribe(bob, "TR_second");
    // The client took the offer in; its answer went down with the signal connection.
    let offer = lab.clients[bob].offers.last().unwrap().clone();
    let parsed = SdpOffer::from_sdp_string(&offer).unwrap();
    let peer = &mut lab.clients[bob].subscriber;
    let lost = peer.rtc.sdp_api().accept_offer(parsed).unwrap();
    lab.clients[bob].is_mulish = false;
    lab.restart(bob);
    lab.run(300);
    lab.command(Command::SubscriberAnswer(SubscriberAnswer {
        participant_sid: lab.clients[bob].sid.clone(),
        id: 0,
        sdp: lost.to_sdp_string(),
    }));
    lab.run(300);
    let before = lab.heard(bob);
    lab.speak(ada, second, 1, 10);
    assert_eq!(lab.heard(bob) - before, 10);
    assert!(lab.failures().is_empty());
}

#[test]
fn many_restarts_in_a_row_leave_one_connection() {
    let (mut lab, [ada, bob], mid) = talk();
    for _ in 0..20 {
        lab.restart(bob);
        lab.restart(bob);
        lab.run(7);
    }
    lab.run(500);
    lab.speak(ada, mid, 11, 10);
    assert_eq!(lab.heard(bob), 20);
    assert!(lab.failures().is_empty());
}

#[test]
fn who_restarts_before_the_first_answer_still_connects() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    lab.restart(ada);
    lab.run(3000);
    assert!(lab.clients[ada].subscriber.is_connected);
}
