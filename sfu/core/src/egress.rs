//! Sending media to one subscriber: the only place that knows who protects, retransmits and reports.

use std::sync::Arc;

use str0m::format::Codec;
use str0m::media::{Mid, Pt};
use str0m::rtp::{RtpWrite, Ssrc};

use crate::connection::Connection;
use crate::rewrite::Outgoing;

/// Where packets of one track go within a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    ssrc: Ssrc,
    payload_type: Pt,
    is_nackable: bool,
}

/// Payloads above this do not fit a datagram that the egress builds.
pub(crate) const MOST_PAYLOAD_BYTES: usize = 1500;

/// The line of a negotiated media section; `None` when the client did not accept a codec of ours.
pub(crate) fn line(connection: &mut Connection, mid: Mid) -> Option<Line> {
    let media = connection.rtc.media(mid)?;
    if media.stopped() || !media.direction().is_sending() {
        return None;
    }
    let wanted = if media.kind().is_audio() {
        Codec::Opus
    } else {
        Codec::Vp8
    };
    let accepted = media.remote_pts();
    let params = connection
        .rtc
        .codec_config()
        .find(|params| params.spec().codec == wanted && accepted.contains(&params.pt()))?;
    let (payload_type, is_nackable) = (params.pt(), params.resend().is_some());
    let ssrc = connection
        .rtc
        .direct_api()
        .stream_tx_by_mid(mid, None)?
        .ssrc();
    Some(Line {
        ssrc,
        payload_type,
        is_nackable,
    })
}

/// Queues one packet; it leaves when the connection is drained. False when the line has gone.
pub(crate) fn send(
    connection: &mut Connection,
    line: Line,
    packet: &Outgoing,
    marker: bool,
    payload: &Arc<[u8]>,
) -> bool {
    let mut direct = connection.rtc.direct_api();
    let Some(stream) = direct.stream_tx(&line.ssrc) else {
        return false;
    };
    let mut write = RtpWrite::new(
        line.payload_type,
        packet.sequence.into(),
        packet.timestamp,
        packet.captured,
        payload.clone(),
    )
    .marker(marker)
    .nackable(line.is_nackable);
    if let Some(patch) = packet.vp8_patch {
        write = write.vp8_patch(patch);
    }
    stream.write_rtp(write);
    true
}
