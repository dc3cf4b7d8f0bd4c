//! The codecs that tracks may have, what each is called, and how packets of it are read.

use jumpa_sfu_proto::Kind;
use str0m::format::{self, CodecConfig};

/// How a track is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    Opus,
    Pcmu,
    Vp8,
    Vp9,
    H264,
    Av1,
}

/// Constrained baseline at level 3.1 (RFC 6184 section 8.1), which every client can decode.
const H264_PROFILE: u32 = 0x0042_e01f;
/// Payload types that browsers use as well, for media and repair.
const H264_TYPES: (u8, u8) = (108, 109);

impl Codec {
    /// What str0m calls so; `None` for what tracks do not have.
    pub(crate) fn of(codec: format::Codec) -> Option<Self> {
        Some(match codec {
            format::Codec::Opus => Self::Opus,
            format::Codec::PCMU => Self::Pcmu,
            format::Codec::Vp8 => Self::Vp8,
            format::Codec::Vp9 => Self::Vp9,
            format::Codec::H264 => Self::H264,
            format::Codec::Av1 => Self::Av1,
            _ => return None,
        })
    }

    /// What clients call so, with or without the kind before it; `None` for what is not known.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let name = name.rsplit('/').next()?.to_ascii_lowercase();
        Some(match name.as_str() {
            "opus" | "red" => Self::Opus,
            "pcmu" => Self::Pcmu,
            "vp8" => Self::Vp8,
            "vp9" => Self::Vp9,
            "h264" => Self::H264,
            "av1" => Self::Av1,
            _ => return None,
        })
    }

    /// What a track has before more is known.
    pub(crate) fn usual(kind: Kind) -> Self {
        match kind {
            Kind::Audio => Self::Opus,
            Kind::Video => Self::Vp8,
        }
    }

    /// Its name in LiveKit's messages.
    pub(crate) fn mime_type(self) -> &'static str {
        match self {
            Self::Opus => "audio/opus",
            Self::Pcmu => "audio/PCMU",
            Self::Vp8 => "video/VP8",
            Self::Vp9 => "video/VP9",
            Self::H264 => "video/H264",
            Self::Av1 => "video/AV1",
        }
    }

    /// RTP clock in hertz (RFC 7587, RFC 3551 and the payload formats of video).
    pub(crate) fn clock_rate(self) -> u32 {
        match self {
            Self::Opus => 48_000,
            Self::Pcmu => 8000,
            Self::Vp8 | Self::Vp9 | Self::H264 | Self::Av1 => 90_000,
        }
    }

    /// Whether packets tell by a header extension on what they depend.
    pub(crate) fn has_dependencies(self) -> bool {
        self == Self::Av1
    }

    /// Whether one stream may carry several sizes.
    pub(crate) fn has_spatial_layers(self) -> bool {
        matches!(self, Self::Vp9 | Self::Av1)
    }
}

/// Lets str0m negotiate these codecs and no other: each kind has one form, so that descriptions stay small.
pub(crate) fn enable(config: &mut CodecConfig) {
    config.clear();
    config.enable_opus(true, true);
    config.enable_pcmu(true, false);
    config.enable_vp8(true);
    let (media, repair) = H264_TYPES;
    config.add_h264(media.into(), Some(repair.into()), true, H264_PROFILE);
    add_vp9(config);
    config.enable_av1(true);
}

/// The profile for eight bits only.
fn add_vp9(config: &mut CodecConfig) {
    let mut all = CodecConfig::empty();
    all.enable_vp9(true);
    let is_plain =
        |params: &&format::PayloadParams| params.spec().format.profile_id.is_none_or(|id| id == 0);
    if let Some(plain) = all.params().iter().find(is_plain) {
        let spec = plain.spec();
        config.add_config(
            plain.pt(),
            plain.resend(),
            spec.codec,
            spec.clock_rate,
            spec.channels,
            spec.format,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Codec, enable};
    use str0m::format::CodecConfig;

    #[test]
    fn names_are_known_with_and_without_the_kind() {
        for (name, codec) in [
            ("vp9", Codec::Vp9),
            ("video/VP9", Codec::Vp9),
            ("audio/red", Codec::Opus),
            ("video/H264", Codec::H264),
        ] {
            assert_eq!(Codec::named(name), Some(codec));
        }
        for name in ["", "/", "video/", "h265", "video/VP9/x"] {
            assert_eq!(Codec::named(name), None, "{name}");
        }
    }

    #[test]
    fn each_codec_is_negotiated_in_one_form() {
        let mut config = CodecConfig::empty();
        enable(&mut config);
        let mut codecs: Vec<_> = config
            .params()
            .iter()
            .map(|params| Codec::of(params.spec().codec).unwrap().mime_type())
            .collect();
        let count = codecs.len();
        codecs.dedup();
        assert_eq!((codecs.len(), count), (6, 6));
    }
}
