//! The result of a run as JSON.

use std::time::Duration;

use serde::Serialize;

use crate::accounting::{Window, milliseconds, quantile};
use crate::arguments::Arguments;
use crate::processes::Usage;

/// Everything that one run found out.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) label: String,
    pub(crate) scenario: Scenario,
    pub(crate) joins: Joins,
    pub(crate) packets: Packets,
    pub(crate) delay_us: Delay,
    pub(crate) server: Server,
    pub(crate) generator: Generator,
    pub(crate) window_s: f64,
}

/// What was asked for.
#[derive(Debug, Serialize)]
pub(crate) struct Scenario {
    rooms: u16,
    video_publishers: u16,
    audio_publishers: u16,
    subscribers: u16,
    publishers_listen: bool,
}

/// How joining went. A participant that was lost later counts as failed too.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Joins {
    attempted: usize,
    failed: usize,
    failures: Vec<String>,
    /// From the start of connecting until both peer connections stood.
    join_ms: Spread,
    /// From the start of connecting until the first media packet.
    first_media_ms: Spread,
    /// Every listener had the best layer of every publisher before the warm-up began.
    pub(crate) all_media_before_warmup: bool,
}

/// Two quantiles; absent when nothing was measured.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Spread {
    p50: Option<f64>,
    p95: Option<f64>,
}

/// Packets of the measured window.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Packets {
    /// Best layer and audio, by all publishers.
    sent: u64,
    /// What listeners should get of these.
    expected: u64,
    delivered: u64,
    /// Delivered, but not of the best layer.
    lower_layer: u64,
    /// Gaps in the server's outgoing sequence numbers at first sending.
    pub(crate) lost: u64,
    /// Of the lost ones, those that came by retransmission.
    pub(crate) recovered: u64,
}

/// From the publisher's write to the kernel's receive time at the listener, microseconds.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Delay {
    p50: Option<u32>,
    p95: Option<u32>,
    p99: Option<u32>,
    max: Option<u32>,
}

/// The server's process tree over the measured window.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Server {
    cpu_s: Option<f64>,
    cpu_us_per_packet: Option<f64>,
    peak_resident_bytes: Option<u64>,
    processes: Option<u32>,
}

/// Whether the generator itself kept pace.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Generator {
    cpu_s: f64,
    /// CPU that neither the server nor the generator used: above a few per cent of a core, figures are inflated.
    others_cpu_s: f64,
    longest_turn_ms: f64,
}

impl Scenario {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        Self {
            rooms: arguments.rooms,
            video_publishers: arguments.video_publishers,
            audio_publishers: arguments.audio_publishers,
            subscribers: arguments.subscribers,
            publishers_listen: arguments.publishers_listen,
        }
    }
}

impl Joins {
    pub(crate) fn new(
        attempted: usize,
        failures: Vec<String>,
        joins: &[Duration],
        first_media: &[Duration],
    ) -> Self {
        Self {
            attempted,
            failed: failures.len(),
            failures,
            join_ms: Spread::new(joins),
            first_media_ms: Spread::new(first_media),
            all_media_before_warmup: false,
        }
    }
}

impl Spread {
    fn new(durations: &[Duration]) -> Self {
        let mut ascending = durations.to_vec();
        ascending.sort_unstable();
        let at = |percent| quantile(&ascending, percent).map(milliseconds);
        Self {
            p50: at(50),
            p95: at(95),
        }
    }
}

impl Packets {
    pub(crate) fn new(window: &Window, lost: u64, recovered: u64) -> Self {
        Self {
            sent: window.sent,
            expected: window.expected,
            delivered: window.delivered,
            lower_layer: window.lower_layer,
            lost,
            recovered,
        }
    }
}

impl Delay {
    pub(crate) fn new(window: &mut Window) -> Self {
        let ascending = window.delays_us();
        let at = |percent| quantile(ascending, percent);
        Self {
            p50: at(50),
            p95: at(95),
            p99: at(99),
            max: at(100),
        }
    }
}

impl Server {
    /// `before` and `after` are the ends of the window; `delivered` are packets in it.
    pub(crate) fn new(before: Usage, after: Usage, delivered: u64) -> Self {
        let cpu_s = after.cpu.saturating_sub(before.cpu).as_secs_f64();
        let delivered = u32::try_from(delivered)
            .ok()
            .filter(|delivered| *delivered > 0);
        Self {
            cpu_s: Some(cpu_s),
            cpu_us_per_packet: delivered.map(|delivered| cpu_s * 1e6 / f64::from(delivered)),
            peak_resident_bytes: Some(after.peak_resident_bytes),
            processes: Some(after.processes),
        }
    }
}

impl Generator {
    /// `machine_busy` is what the whole machine used over the window.
    pub(crate) fn new(
        own: (Usage, Usage),
        server: (Usage, Usage),
        machine_busy: Duration,
        longest_turn: Duration,
    ) -> Self {
        let spent = |(before, after): (Usage, Usage)| after.cpu.saturating_sub(before.cpu);
        let others = machine_busy
            .saturating_sub(spent(own))
            .saturating_sub(spent(server));
        Self {
            cpu_s: spent(own).as_secs_f64(),
            others_cpu_s: others.as_secs_f64(),
            longest_turn_ms: milliseconds(longest_turn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(cpu_ms: u64) -> Usage {
        Usage {
            cpu: Duration::from_millis(cpu_ms),
            ..Usage::default()
        }
    }

    #[test]
    fn cpu_per_packet_is_of_the_window_alone() {
        let server = Server::new(usage(500), usage(1_500), 100_000);
        assert_eq!(server.cpu_us_per_packet, Some(10.0));
    }

    #[test]
    fn others_are_what_neither_server_nor_generator_used() {
        let (own, server) = ((usage(0), usage(200)), (usage(100), usage(400)));
        let busy = Duration::from_millis(600);
        let generator = Generator::new(own, server, busy, Duration::ZERO);
        assert!((generator.others_cpu_s - 0.1).abs() < 1e-9);
    }

    #[test]
    fn nothing_delivered_gives_no_figure() {
        assert_eq!(Server::new(usage(0), usage(10), 0).cpu_us_per_packet, None);
        assert_eq!(Spread::new(&[]).p50, None);
    }

    #[test]
    fn a_server_that_restarted_gives_no_negative_time() {
        assert_eq!(Server::new(usage(500), usage(100), 1).cpu_s, Some(0.0));
    }
}
