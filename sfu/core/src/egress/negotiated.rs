//! What offer and answer have settled for one stream, read from str0m.

use str0m::media::Mid;
use str0m::rtp::Extension;

use crate::codec::Codec;
use crate::connection::Connection;
use crate::dependency;

/// What was negotiated for a stream.
#[derive(Debug, Clone)]
pub(super) struct Negotiated {
    pub mid: Mid,
    pub ssrc: u32,
    pub payload_type: u8,
    /// Of packets that repeat older ones; absent when the client does not accept them.
    pub redundant_type: Option<u8>,
    /// RTP clock in hertz.
    pub clock_rate: u32,
    /// Absent when the client has not accepted retransmission.
    pub repair: Option<Repair>,
    /// Identifier of the header extension that names the media section; absent when not accepted.
    pub mid_extension: Option<u8>,
    /// That of AV1's dependency descriptor.
    pub dependency_extension: Option<u8>,
}

/// The stream that carries retransmissions (RFC 4588).
#[derive(Debug, Clone, Copy)]
pub(super) struct Repair {
    pub ssrc: u32,
    pub payload_type: u8,
}

/// The SSRCs of a track and of its retransmissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sources {
    pub media: u32,
    pub repair: u32,
}

/// What is to be sent where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    pub mid: Mid,
    pub codec: Codec,
    /// Without them they are those that str0m has chosen.
    pub sources: Option<Sources>,
}

/// Reads what has been settled for a media section; `None` when the client did not accept the codec.
pub(super) fn read(connection: &mut Connection, asked: Asked) -> Option<Negotiated> {
    let Asked {
        mid,
        codec,
        sources,
    } = asked;
    let media = connection.rtc.media(mid)?;
    if media.stopped() || !media.direction().is_sending() {
        return None;
    }
    let accepted = media.remote_pts();
    let mid_extension = media.remote_extmap().id_of(Extension::RtpMid);
    let dependency_extension = media.remote_extmap().id_of(dependency::extension());
    let params = connection.rtc.codec_config().find(|params| {
        Codec::of(params.spec().codec) == Some(codec) && accepted.contains(&params.pt())
    })?;
    let redundant_type = params.red().map(|format| *format);
    let (payload_type, repair_type) = (*params.pt(), params.resend());
    let clock_rate = params.spec().clock_rate.get();
    let (ssrc, repair_ssrc) = match sources {
        Some(sources) => (sources.media, Some(sources.repair)),
        None => declared(connection, mid)?,
    };
    Some(Negotiated {
        mid,
        ssrc,
        payload_type,
        redundant_type,
        clock_rate,
        repair: repair_type
            .zip(repair_ssrc)
            .map(|(payload_type, ssrc)| Repair {
                ssrc,
                payload_type: *payload_type,
            }),
        mid_extension,
        dependency_extension: dependency_extension.filter(|_| codec.has_dependencies()),
    })
}

fn declared(connection: &mut Connection, mid: Mid) -> Option<(u32, Option<u32>)> {
    let mut direct = connection.rtc.direct_api();
    let stream = direct.stream_tx_by_mid(mid, None)?;
    Some((*stream.ssrc(), stream.rtx().map(|ssrc| *ssrc)))
}
