//! Sender reports tell subscribers the same time line as the packets do.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod harness;

use harness::Lab;
use harness::camera::Camera;
use std::time::Instant;

/// RTP time that a client's sender reports name, and when they came.
fn reports(lab: &Lab, client: usize) -> Vec<(Instant, u64)> {
    let events = lab.clients[client].subscriber.events.iter();
    let reports = events.filter_map(|event| match event {
        str0m::Event::SenderFeedback(report) => {
            Some((report.received_at, report.sender_info.rtp_time.numer()))
        }
        _ => None,
    });
    reports.collect()
}

/// Every report and every packet lie on one line, within 80 ms.
fn assert_one_line(lab: &Lab, client: usize, clock_rate: f64) {
    let reports = reports(lab, client);
    assert!(reports.len() >= 2, "{} reports", reports.len());
    for (at, packet) in &lab.clients[client].subscriber.packets {
        for (reported_at, time) in &reports {
            let elapsed = if at > reported_at {
                (*at - *reported_at).as_secs_f64()
            } else {
                -(*reported_at - *at).as_secs_f64()
            };
            let named = i32::from_ne_bytes(
                packet
                    .header
                    .timestamp
                    .wrapping_sub(u32::try_from(*time & 0xffff_ffff).unwrap())
                    .to_ne_bytes(),
            );
            let off = f64::from(named) / clock_rate - elapsed;
            assert!(off.abs() < 0.08, "{off} s");
        }
    }
}

#[test]
fn reports_before_the_first_packet_and_after_it_agree() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_audio(ada, "TR_mic");
    lab.subscribe(bob, "TR_mic");
    lab.run(6000);
    lab.speak(ada, mid, 1, 300);
    assert_one_line(&lab, bob, 48_000.0);
}

#[test]
fn a_pause_does_not_bend_the_line() {
    let mut lab = Lab::new();
    let (ada, bob) = (lab.join("ada"), lab.join("bob"));
    let mid = lab.publish_video(ada, "TR_camera");
    let mut camera = Camera::new(ada, mid);
    lab.subscribe(bob, "TR_camera");
    camera.film(&mut lab, 60);
    lab.run(3000);
    camera.film(&mut lab, 60);
    assert_one_line(&lab, bob, 90_000.0);
}
