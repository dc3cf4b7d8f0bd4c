//! Offers and answers: what tracks come and go through.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use std::net::SocketAddr;

use harness::asking::sections;
use harness::{Lab, named};
use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::event::Event;
use jumpa_sfu_proto::{AddParticipant, AddTrack, Kind, RemoveTrack};
use str0m::media::{Direction, MediaKind, Mid};

#[test]
fn the_first_offer_has_the_data_channels_and_is_ice_lite() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    lab.run(500);
    let offer = &lab.clients[ada].offers[0];
    for line in [
        "a=ice-lite",
        "m=application",
        "a=group:BUNDLE",
        "a=setup:actpass",
        "10.0.0.1 7882 typ host",
    ] {
        assert!(offer.contains(line), "{line} is missing: {offer}");
    }
    let mut labels: Vec<_> = lab.clients[ada].subscriber.open.keys().cloned().collect();
    labels.sort();
    assert_eq!(labels, ["_lossy", "_reliable"]);
}

#[test]
fn who_comes_by_tcp_alone_is_told_of_no_other_way() {
    let tcp = SocketAddr::from(([10, 0, 0, 1], 7881));
    let mut lab = Lab::with(|config| config.tcp_candidates.push(tcp));
    let people = [
        lab.join("ada"),
        lab.join_as(AddParticipant {
            tcp_only: true,
            ..named("bob")
        }),
    ];
    lab.run(500);
    let ways = people.map(|client| {
        let offer = &lab.clients[client].offers[0];
        [
            "10.0.0.1 7882 typ host",
            "10.0.0.1 7881 typ host tcptype passive",
        ]
        .map(|way| offer.contains(way))
    });
    assert_eq!(ways, [[true, true], [false, true]]);
}

#[test]
fn where_the_client_offers_the_handshake_is_begun_by_us() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    for track in ["TR_mic", "TR_other"] {
        lab.publish_audio(ada, track);
        let answer = lab.clients[ada].answers.last().unwrap();
        assert!(answer.contains("a=setup:active\r\n"), "{answer}");
    }
}

#[test]
fn tracks_subscribed_together_come_in_one_offer() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.publish_audio(ada, "TR_mic");
    lab.publish_video(ada, "TR_camera");
    let before = lab.clients[bob].offers.len();
    for track in ["TR_mic", "TR_camera", "TR_mic"] {
        lab.command(Command::Subscribe(jumpa_sfu_proto::Subscribe {
            participant_sid: "PA_bob".to_owned(),
            track_sid: track.to_owned(),
        }));
    }
    lab.run(200);
    assert_eq!(lab.clients[bob].offers.len(), before + 1);
    assert_eq!(lab.clients[bob].subscriber.media.len(), 2);
}

#[test]
fn a_track_may_be_announced_after_its_offer() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    lab.offer(ada, |api| {
        api.add_media(
            MediaKind::Audio,
            Direction::SendOnly,
            Some("s".into()),
            Some("cid-TR_mic".into()),
            None,
        )
    });
    lab.run(100);
    lab.add_track(ada, "TR_mic", Kind::Audio, &[]);
    lab.run(10);
    assert!(
        lab.events
            .iter()
            .any(|event| matches!(event, Event::TrackNegotiated(t) if t.track_sid == "TR_mic"))
    );
}

fn offer_invented(lab: &mut Lab, client: usize, kind: MediaKind, name: &str) -> Mid {
    let name = Some(name.to_owned());
    lab.offer(client, |api| {
        api.add_media(kind, Direction::SendOnly, Some("{s}".into()), name, None)
    })
}

fn negotiated(lab: &Lab) -> Vec<(String, String)> {
    let told = lab.events.iter().filter_map(|event| match event {
        Event::TrackNegotiated(told) => Some((told.track_sid.clone(), told.mid.clone())),
        _ => None,
    });
    told.collect()
}

#[test]
fn tracks_of_a_browser_that_invents_their_names_are_told_apart_by_kind_and_order() {
    let mut lab = Lab::new();
    let fox = lab.join_from_firefox("fox");
    lab.add_track(fox, "TR_mic", Kind::Audio, &[]);
    lab.add_track(fox, "TR_camera", Kind::Video, &[]);
    let camera = offer_invented(&mut lab, fox, MediaKind::Video, "{1}");
    lab.run(100);
    let microphone = offer_invented(&mut lab, fox, MediaKind::Audio, "{2}");
    lab.run(100);
    lab.add_track(fox, "TR_screen", Kind::Video, &[]);
    lab.run(10);
    assert_eq!(negotiated(&lab).len(), 2);
    let screen = offer_invented(&mut lab, fox, MediaKind::Video, "{3}");
    lab.run(100);
    let by_mid = [
        ("TR_camera", camera),
        ("TR_mic", microphone),
        ("TR_screen", screen),
    ];
    let expected = by_mid.map(|(track, mid)| (track.to_owned(), mid.to_string()));
    assert_eq!(negotiated(&lab), expected);
}

#[test]
fn a_section_of_another_name_serves_nobody_else_in_other_browsers() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    lab.add_track(ada, "TR_mic", Kind::Audio, &[]);
    offer_invented(&mut lab, ada, MediaKind::Audio, "{1}");
    lab.run(100);
    assert_eq!(negotiated(&lab), []);
}

#[test]
fn the_same_source_published_again_waits_for_its_own_section() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    let old = lab.publish_audio(ada, "TR_old");
    let again = AddTrack {
        participant_sid: "PA_ada".to_owned(),
        track_sid: "TR_new".to_owned(),
        cid: "cid-TR_old".to_owned(),
        ..AddTrack::default()
    };
    lab.command(Command::AddTrack(again));
    lab.command(Command::RemoveTrack(RemoveTrack {
        participant_sid: "PA_ada".to_owned(),
        track_sid: "TR_old".to_owned(),
    }));
    let new = lab.offer(ada, |api| {
        api.set_direction(old, Direction::Inactive);
        let names = (Some("s".to_owned()), Some("cid-TR_old".to_owned()));
        api.add_media(
            MediaKind::Audio,
            Direction::SendOnly,
            names.0,
            names.1,
            None,
        )
    });
    lab.run(100);
    let mids: Vec<_> = lab
        .events
        .iter()
        .filter_map(|event| match event {
            Event::TrackNegotiated(track) => Some((track.track_sid.as_str(), track.mid.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(
        mids,
        [("TR_old", old.to_string()), ("TR_new", new.to_string())]
    );
    assert!(
        !lab.events
            .iter()
            .any(|event| matches!(event, Event::TrackEnded(_)))
    );
}

#[test]
fn only_tracks_that_asked_get_dtx_and_stereo() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    for (track, dtx, stereo) in [("TR_speech", true, false), ("TR_music", false, true)] {
        lab.command(Command::AddTrack(AddTrack {
            participant_sid: "PA_ada".to_owned(),
            track_sid: track.to_owned(),
            cid: format!("cid-{track}"),
            dtx,
            stereo,
            ..AddTrack::default()
        }));
    }
    lab.offer(ada, |api| {
        for cid in ["cid-TR_speech", "cid-TR_music"] {
            api.add_media(
                MediaKind::Audio,
                Direction::SendOnly,
                Some("s".into()),
                Some(cid.into()),
                None,
            );
        }
    });
    lab.run(100);
    let answer = &lab.clients[ada].answers[0];
    let parameters: Vec<_> = answer
        .lines()
        .filter(|line| line.starts_with("a=fmtp:111"))
        .collect();
    assert_eq!(parameters.len(), 2, "{answer}");
    assert!(parameters[0].contains("usedtx=1") && !parameters[0].contains("stereo=1"));
    assert!(!parameters[1].contains("usedtx=1") && parameters[1].contains("stereo=1"));
}

#[test]
fn the_answer_accepts_the_layers_and_only_codecs_of_ours() {
    let mut lab = Lab::new();
    let ada = lab.join("ada");
    lab.publish_video(ada, "TR_camera");
    let answer = &lab.clients[ada].answers[0];
    assert!(answer.contains("a=simulcast:recv q;h;f"), "{answer}");
    for declined in [
        "H265",
        "PCMA",
        "G722",
        "profile-id=2",
        "42001f",
        "packetization-mode=0",
    ] {
        assert!(!answer.contains(declined), "{declined}: {answer}");
    }
    assert!(answer.contains("transport-wide-cc"), "{answer}");
}

#[test]
fn an_offer_that_stops_a_track_ends_it_for_everyone() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.offer(ada, |api| api.set_direction(mid, Direction::Inactive));
    lab.run(200);
    let ended = |event: &&Event| matches!(event, Event::TrackEnded(t) if t.track_sid == "TR_mic");
    assert_eq!(lab.events.iter().filter(ended).count(), 1);
    assert!(
        lab.clients[bob]
            .offers
            .last()
            .unwrap()
            .contains("m=audio 0 ")
    );
}

#[test]
fn a_track_that_is_wanted_again_comes_on_another_section_in_the_place_of_the_old() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    for round in 0..4 {
        lab.subscribe(bob, "TR_mic");
        lab.speak(ada, mid, 1 + round * 20, 10);
        assert_eq!(lab.heard(bob) as u64, 10 * (round + 1));
        let offer = lab.clients[bob].offers.last().unwrap();
        assert_eq!(sections(offer), 1, "{offer}");
        lab.unwant(bob, "TR_mic");
        lab.run(100);
        lab.speak(ada, mid, 11 + round * 20, 10);
    }
    assert_eq!(lab.heard(bob), 40);
    let media = &lab.clients[bob].subscriber.media;
    assert_eq!(media.len(), 4, "some clients see a track come anew only so");
}

#[test]
fn a_track_that_is_wanted_again_at_once_is_seen_to_end_and_to_come_anew() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    let before = lab.clients[bob].offers.len();
    for _ in 0..3 {
        lab.unwant(bob, "TR_mic");
        lab.want(bob, "TR_mic");
    }
    lab.run(300);
    lab.speak(ada, mid, 1, 10);
    let since = &lab.clients[bob].offers[before..];
    assert_eq!(since.len(), 1);
    assert!(since[0].contains("m=audio 0 "), "{}", since[0]);
    assert_eq!(since[0].matches("a=sendonly").count(), 1, "{}", since[0]);
    assert_eq!(lab.heard(bob), 10);
    assert!(lab.failures().is_empty());
}

#[test]
fn a_removed_track_stops_its_section() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.command(Command::RemoveTrack(RemoveTrack {
        participant_sid: "PA_ada".to_owned(),
        track_sid: "TR_mic".to_owned(),
    }));
    lab.run(100);
    lab.speak(ada, mid, 1, 5);
    assert!(lab.clients[bob].subscriber.packets.is_empty());
    assert!(
        lab.clients[bob]
            .offers
            .last()
            .unwrap()
            .contains("m=audio 0 ")
    );
    assert_eq!(lab.worker.status(lab.now).tracks, 0);
}

#[test]
fn sections_of_tracks_that_came_and_went_serve_later_ones() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    for round in 0..6 {
        let track = format!("TR_{round}");
        let mid = lab.publish_audio(ada, &track);
        lab.subscribe(bob, &track);
        lab.clients[bob].subscriber.packets.clear();
        lab.speak(ada, mid, 1, 5);
        assert_eq!(
            lab.clients[bob].subscriber.packets.len(),
            5,
            "round {round}"
        );
        let offer = lab.clients[bob].offers.last().unwrap();
        assert_eq!(
            offer.matches("m=audio").count(),
            1,
            "round {round}: {offer}"
        );
        lab.command(Command::RemoveTrack(RemoveTrack {
            participant_sid: "PA_ada".to_owned(),
            track_sid: track,
        }));
        lab.run(100);
    }
}

#[test]
fn a_section_between_others_is_used_again() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let eve = lab.join("eve");
    for track in ["TR_mic", "TR_screen"] {
        lab.publish_audio(ada, track);
        lab.subscribe(bob, track);
    }
    lab.publish_video(ada, "TR_camera");
    lab.subscribe(bob, "TR_camera");
    for round in 0..3 {
        lab.command(Command::RemoveTrack(RemoveTrack {
            participant_sid: "PA_ada".to_owned(),
            track_sid: if round == 0 {
                "TR_screen".to_owned()
            } else {
                format!("TR_{round}")
            },
        }));
        lab.run(100);
        let track = format!("TR_{}", round + 1);
        lab.publish_audio(ada, &track);
        lab.subscribe(bob, &track);
    }
    let mid = lab.publish_audio(eve, "TR_eve");
    lab.subscribe(bob, "TR_eve");
    assert_eq!(lab.failures(), []);
    lab.speak(eve, mid, 1, 5);
    assert_eq!(lab.clients[bob].subscriber.packets.len(), 5);
}

#[test]
fn no_second_offer_is_made_while_one_is_unanswered() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    lab.publish_audio(ada, "TR_mic");
    lab.publish_video(ada, "TR_camera");
    lab.clients[bob].is_mulish = true;
    let before = lab.clients[bob].offers.len();
    lab.subscribe(bob, "TR_mic");
    lab.subscribe(bob, "TR_camera");
    assert_eq!(lab.clients[bob].offers.len(), before + 1);
}
