//! The sections of a connection for both directions: asked for, given to tracks, and used again.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use harness::asking::sections;
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::{Kind, RemoveTrack};
use str0m::media::{Direction, MediaKind, Mid};

#[test]
fn a_section_that_is_missing_is_asked_for_once() {
    let (mut lab, [ada, bob], mid) = Lab::pair(0, 1);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    assert_eq!(lab.brought(bob), ["TR_mic"]);
    assert_eq!(lab.heard(bob), 10);
}

#[test]
fn nothing_is_asked_while_an_offer_is_awaited() {
    let (mut lab, [ada, bob], _) = Lab::pair(0, 1);
    for index in 0..5 {
        lab.publish_audio(ada, &format!("TR_{index}"));
    }
    lab.clients[bob].is_mulish = true;
    for index in 0..5 {
        lab.subscribe(bob, &format!("TR_{index}"));
    }
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    // An offer that was on its way already is no reason to ask again.
    lab.offer_sections(bob, 0, 0);
    lab.run(300);
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    lab.clients[bob].is_mulish = false;
    lab.offer_sections(bob, 1, 0);
    lab.run(300);
    assert_eq!(lab.single(bob).asked, [(1, 0), (4, 0)]);
    assert_eq!(lab.brought(bob).len(), 5);
}

#[test]
fn a_client_that_does_not_follow_is_asked_again() {
    let (mut lab, [_, bob], _) = Lab::pair(0, 1);
    lab.clients[bob].is_mulish = true;
    lab.subscribe(bob, "TR_mic");
    lab.run(4000);
    assert_eq!(lab.single(bob).asked, [(1, 0)]);
    lab.run(2000);
    assert_eq!(lab.single(bob).asked, [(1, 0), (1, 0)]);
    assert!(lab.failures().is_empty());
}

#[test]
fn a_section_serves_one_track_after_another_and_is_idle_in_between() {
    let (mut lab, [ada, bob], _) = Lab::pair(1, 0);
    let mut first = 0;
    for index in 0..8 {
        let track = format!("TR_{index}");
        let mid = lab.publish_audio(ada, &track);
        lab.subscribe(bob, &track);
        assert_eq!(lab.brought(bob), [track.as_str()]);
        lab.speak(ada, mid, 1, 5);
        first += 5;
        assert_eq!(lab.heard(bob), first, "{track}");
        lab.command(Command::RemoveTrack(RemoveTrack {
            participant_sid: "PA_ada".to_owned(),
            track_sid: track,
        }));
        lab.run(300);
        assert!(lab.brought(bob).is_empty());
        assert!(
            lab.clients[bob]
                .answers
                .last()
                .unwrap()
                .contains("a=inactive")
        );
    }
    assert_eq!(sections(lab.clients[bob].answers.last().unwrap()), 1);
    assert!(lab.single(bob).asked.iter().all(|asked| *asked == (0, 0)));
}

#[test]
fn a_track_that_replaces_another_waits_for_the_section_to_have_been_idle() {
    let (mut lab, [ada, bob], _) = Lab::pair(1, 0);
    let second = lab.publish_audio(ada, "TR_second");
    lab.subscribe(bob, "TR_mic");
    let answers = lab.clients[bob].answers.len();
    lab.unwant(bob, "TR_mic");
    lab.want(bob, "TR_second");
    lab.run(300);
    lab.speak(ada, second, 1, 10);
    let since: Vec<_> = lab.clients[bob].answers[answers..].to_vec();
    assert_eq!(since.len(), 2);
    assert!(since[0].contains("a=inactive") && !since[0].contains("a=msid:PA_ada"));
    assert!(since[1].contains("TR_second"));
    assert_eq!(sections(&since[1]), 1);
    assert_eq!(lab.heard(bob), 10);
}

#[test]
fn a_track_that_is_wanted_again_goes_on() {
    let (mut lab, [ada, bob], mid) = Lab::pair(1, 0);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 10);
    lab.unwant(bob, "TR_mic");
    lab.run(300);
    lab.speak(ada, mid, 11, 10);
    assert_eq!(lab.heard(bob), 10);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 21, 10);
    assert_eq!(lab.heard(bob), 20);
}

#[test]
fn a_track_that_is_wanted_again_at_once_is_seen_to_end_and_to_come_anew() {
    let (mut lab, [ada, bob], mid) = Lab::pair(1, 0);
    lab.subscribe(bob, "TR_mic");
    let before = lab.clients[bob].answers.len();
    lab.unwant(bob, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.run(300);
    lab.speak(ada, mid, 1, 10);
    let since = &lab.clients[bob].answers[before..];
    assert!(since[0].contains("a=inactive"), "{}", since[0]);
    assert!(!since[0].contains("TR_mic"), "{}", since[0]);
    assert!(since.last().unwrap().contains("TR_mic"));
    assert_eq!(lab.heard(bob), 10);
}

#[test]
fn wishes_that_change_all_the_time_end_as_they_were_said_last() {
    let (mut lab, [ada, bob], _) = Lab::pair(1, 1);
    let mids: Vec<Mid> = (0..6)
        .map(|index| lab.publish_audio(ada, &format!("TR_{index}")))
        .collect();
    for round in 0_usize..60 {
        let track = format!("TR_{}", round * 7 % 6);
        if round % 3 == 1 {
            lab.unwant(bob, &track);
        } else {
            lab.want(bob, &track);
        }
        lab.run(u64::try_from(round % 4).unwrap());
    }
    for index in 0..6 {
        let track = format!("TR_{index}");
        if index < 3 {
            lab.want(bob, &track);
        } else {
            lab.unwant(bob, &track);
        }
    }
    lab.run(500);
    assert_eq!(lab.brought(bob), ["TR_0", "TR_1", "TR_2"]);
    let before = lab.heard(bob);
    for (index, mid) in mids.iter().enumerate() {
        lab.speak(ada, *mid, 1, 5);
        let now = lab.heard(bob) - before;
        assert_eq!(now, 5 * (index + 1).min(3));
    }
    assert!(sections(lab.clients[bob].answers.last().unwrap()) <= 8);
}

#[test]
fn sixty_tracks_come_to_a_client_that_had_no_section() {
    let mut lab = Lab::new();
    let bob = lab.join_single("bob");
    lab.open_channels(bob);
    let mut last = None;
    for name in ["ada", "eve", "ian"] {
        let speaker = lab.join(name);
        for index in 0..20 {
            let track = format!("TR_{name}{index}");
            last = Some((speaker, lab.publish_audio(speaker, &track)));
            lab.want(bob, &track);
        }
    }
    lab.run(1000);
    assert_eq!(lab.brought(bob).len(), 60);
    assert_eq!(sections(lab.clients[bob].answers.last().unwrap()), 60);
    let (speaker, mid) = last.unwrap();
    lab.speak(speaker, mid, 1, 5);
    assert_eq!(lab.heard(bob), 5);
}

#[test]
fn a_section_that_the_client_takes_away_is_replaced() {
    let (mut lab, [ada, bob], mid) = Lab::pair(2, 0);
    lab.subscribe(bob, "TR_mic");
    lab.speak(ada, mid, 1, 5);
    let serving = lab.single(bob).brought.keys().next().unwrap().clone();
    let gone = Mid::from(serving.as_str());
    lab.withdraw(bob, gone);
    lab.run(300);
    lab.speak(ada, mid, 6, 5);
    assert_eq!(lab.brought(bob), ["TR_mic"]);
    assert!(!lab.single(bob).brought.contains_key(&serving));
    assert_eq!(lab.heard(bob), 10);
}

#[test]
fn a_section_for_both_directions_serves_when_no_other_does() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join_single("bob"));
    let spoken = lab.publish_audio(ada, "TR_mic");
    lab.add_track(bob, "TR_bob", Kind::Audio, &[]);
    lab.want(bob, "TR_mic");
    let shared = lab.offer(bob, |api| {
        let (stream, cid) = (Some("stream".into()), Some("cid-TR_bob".into()));
        api.add_media(MediaKind::Audio, Direction::SendRecv, stream, cid, None)
    });
    lab.run(500);
    lab.subscribe(ada, "TR_bob");
    lab.speak(ada, spoken, 1, 10);
    lab.speak(bob, shared, 1, 10);
    assert_eq!(lab.heard(bob), 10);
    assert_eq!(lab.clients[ada].subscriber.packets.len(), 10);
}

#[test]
fn who_has_many_sections_is_asked_less_often() {
    let (mut lab, [ada, bob], _) = Lab::pair(60, 0);
    for index in 0..4 {
        lab.publish_audio(ada, &format!("TR_{index}"));
    }
    for index in 0..4 {
        lab.want(bob, &format!("TR_{index}"));
        lab.run(50);
    }
    assert_eq!(lab.single(bob).asked.len(), 1);
    lab.run(400);
    assert_eq!(lab.single(bob).asked.len(), 2);
    assert_eq!(lab.brought(bob).len(), 4);
}
