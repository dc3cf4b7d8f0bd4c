//! What has to be read from or changed in a session description beside what str0m does (RFC 8866, RFC 8829).

use crate::codec::Codec;

/// A media section of a client's offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// `audio`, `video` or `application`.
    pub kind: String,
    pub mid: String,
    /// The track id of its msid; LiveKit's clients put the `cid` of their AddTrack there.
    pub track_id: Option<String>,
    /// Whether the client sends on it.
    pub is_sending: bool,
    /// Whether the client would receive on it.
    pub is_receiving: bool,
    /// What simulcast layers it announces for sending, in its order.
    pub rids: Vec<String>,
    /// The codec that it names first, in whichever form.
    pub codec: Option<Codec>,
}

impl Section {
    /// Whether it carries the track that a client calls `cid`.
    pub(crate) fn sends(&self, cid: &str) -> bool {
        self.is_sending && self.track_id.as_deref() == Some(cid)
    }
}

/// What authenticates connectivity checks to a client (RFC 8839 section 5.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IceCredentials {
    pub ufrag: String,
    pub password: String,
}

/// The first credentials of a description; in a bundle all sections have the same.
pub(crate) fn ice_credentials(description: &str) -> Option<IceCredentials> {
    let attribute = |name: &str| description.lines().find_map(|line| line.strip_prefix(name));
    Some(IceCredentials {
        ufrag: attribute("a=ice-ufrag:")?.trim_end().to_owned(),
        password: attribute("a=ice-pwd:")?.trim_end().to_owned(),
    })
}

/// Whether a client leaves it to us who begins the handshake of DTLS (RFC 8842 section 5.1).
///
/// We begin then, as soon as there is a path: a browser answers a handshake sooner than it begins one.
pub(crate) fn leaves_handshake(description: &str) -> bool {
    let mut lines = description.lines();
    let setup = lines.find_map(|line| line.strip_prefix("a=setup:"));
    setup.is_some_and(|setup| setup.trim_end() == "actpass")
}

/// What the answer says about Opus in one media section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpusChoice {
    pub mid: String,
    pub dtx: bool,
    pub stereo: bool,
}

/// The media sections of a description, in order.
pub(crate) fn sections(description: &str) -> Vec<Section> {
    split_sections(description)
        .filter_map(|lines| read_section(&lines))
        .collect()
}

fn split_sections(description: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    for line in description.lines() {
        if line.starts_with("m=") {
            all.push(Vec::new());
        }
        if let Some(section) = all.last_mut() {
            section.push(line);
        }
    }
    all.into_iter()
}

fn read_section(lines: &[&str]) -> Option<Section> {
    let mut head = lines.first()?.strip_prefix("m=")?.split(' ');
    let kind = head.next()?.to_owned();
    let port = head.next()?;
    let attribute = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name));
    let has = |wanted: &str| lines.contains(&wanted);
    let is_in_use = (port != "0" || has("a=bundle-only")) && !has("a=inactive");
    let rids = lines
        .iter()
        .filter_map(|line| line.strip_prefix("a=rid:"))
        .filter_map(|value| value.split_once(' '))
        .filter(|(_, rest)| rest.starts_with("send"))
        .map(|(rid, _)| rid.to_owned());
    Some(Section {
        kind,
        mid: attribute("a=mid:")?.to_owned(),
        track_id: track_id(lines),
        is_sending: is_in_use && !has("a=recvonly"),
        is_receiving: is_in_use && !has("a=sendonly"),
        rids: rids.collect(),
        codec: head.nth(1).and_then(|format| codec_of(lines, format)),
    })
}

fn codec_of(lines: &[&str], format: &str) -> Option<Codec> {
    let name = lines.iter().find_map(|line| {
        let (of, map) = line.strip_prefix("a=rtpmap:")?.split_once(' ')?;
        (of == format).then(|| map.split('/').next())?
    })?;
    Codec::named(name)
}

fn track_id(lines: &[&str]) -> Option<String> {
    let of_section = lines.iter().find_map(|line| line.strip_prefix("a=msid:"));
    let of_source = || {
        lines
            .iter()
            .filter_map(|line| line.strip_prefix("a=ssrc:"))
            .find_map(|value| value.split_once(" msid:").map(|(_, msid)| msid))
    };
    let (_, track) = of_section.or_else(of_source)?.split_once(' ')?;
    Some(track.trim().to_owned())
}

/// Writes `usedtx` and `stereo` into the Opus parameters of the sections named, and takes them out of all others.
///
/// LiveKit's clients read both from the answer, section by section, while str0m has one set of parameters a session.
pub(crate) fn choose_opus(description: &str, choices: &[OpusChoice]) -> String {
    let mut shaped = String::with_capacity(description.len() + 64 * choices.len());
    let mut section: Vec<&str> = Vec::new();
    for line in description.lines() {
        if line.starts_with("m=") {
            write_section(&mut shaped, &section, choices);
            section.clear();
        }
        section.push(line);
    }
    write_section(&mut shaped, &section, choices);
    shaped
}

fn write_section(shaped: &mut String, lines: &[&str], choices: &[OpusChoice]) {
    let mid = lines.iter().find_map(|line| line.strip_prefix("a=mid:"));
    let choice = choices
        .iter()
        .find(|choice| Some(choice.mid.as_str()) == mid);
    let format = opus_format(lines);
    for line in lines {
        match (
            format,
            line.strip_prefix("a=fmtp:").and_then(|v| v.split_once(' ')),
        ) {
            (Some(opus), Some((of, parameters))) if of == opus => {
                shaped.push_str("a=fmtp:");
                shaped.push_str(opus);
                shaped.push(' ');
                shaped.push_str(&opus_parameters(parameters, choice));
            }
            _ => shaped.push_str(line),
        }
        shaped.push_str("\r\n");
    }
}

fn opus_format<'a>(lines: &[&'a str]) -> Option<&'a str> {
    lines.iter().find_map(|line| {
        let (format, codec) = line.strip_prefix("a=rtpmap:")?.split_once(' ')?;
        codec
            .to_ascii_lowercase()
            .starts_with("opus/")
            .then_some(format)
    })
}

fn opus_parameters(parameters: &str, choice: Option<&OpusChoice>) -> String {
    const CHOSEN: [&str; 3] = ["usedtx=", "stereo=", "sprop-stereo="];
    let mut kept: Vec<&str> = parameters
        .split(';')
        .map(str::trim)
        .filter(|parameter| !CHOSEN.iter().any(|name| parameter.starts_with(name)))
        .collect();
    if choice.is_some_and(|choice| choice.dtx) {
        kept.push("usedtx=1");
    }
    if choice.is_some_and(|choice| choice.stereo) {
        kept.push("stereo=1");
    }
    kept.join(";")
}

#[cfg(test)]
mod tests {
    use super::{
        Codec, OpusChoice, Section, choose_opus, ice_credentials, leaves_handshake, sections,
    };

    const OFFER: &str = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\na=group:BUNDLE 0 1 2\r\n\
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=sendonly\r\na=msid:{s} {mic}\r\n\
        a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\na=sendonly\r\na=rid:q send\r\na=rid:h send\r\na=ssrc:5 msid:s camera\r\n\
        m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:3\r\na=sendonly\r\n";

    fn choice(mid: &str, dtx: bool, stereo: bool) -> OpusChoice {
        OpusChoice {
            mid: mid.to_owned(),
            dtx,
            stereo,
        }
    }

    #[test]
    fn a_section_tells_its_track_and_layers() {
        let all = sections(OFFER);
        assert_eq!(all.len(), 4);
        assert_eq!(
            all[2],
            Section {
                kind: "video".to_owned(),
                mid: "2".to_owned(),
                track_id: Some("camera".to_owned()),
                is_sending: true,
                is_receiving: false,
                rids: vec!["q".to_owned(), "h".to_owned()],
                codec: None,
            }
        );
        assert_eq!(all[1].codec, Some(Codec::Opus));
        assert_eq!(all[1].track_id.as_deref(), Some("{mic}"));
    }

    #[test]
    fn a_rejected_inactive_or_receiving_section_does_not_send() {
        assert!(!sections(OFFER)[3].is_sending);
        for direction in ["a=inactive", "a=recvonly"] {
            let offer = OFFER.replace("a=sendonly", direction);
            assert!(!sections(&offer)[1].is_sending, "{direction}");
        }
    }

    #[test]
    fn credentials_are_those_of_the_first_section() {
        let all = "v=0\r\nm=audio\r\na=ice-ufrag:ab+/\r\na=ice-pwd:secret\r\na=ice-ufrag:x\r\n";
        let credentials = ice_credentials(all).unwrap();
        assert_eq!(credentials.ufrag, "ab+/");
        assert_eq!(credentials.password, "secret");
        assert_eq!(ice_credentials("v=0\r\na=ice-ufrag:ab\r\n"), None);
    }

    #[test]
    fn only_who_could_do_both_leaves_the_handshake_to_us() {
        let described = |setup| format!("v=0\r\nm=audio\r\na=setup:{setup}\r\n");
        assert!(leaves_handshake(&described("actpass")));
        for setup in ["active", "passive", "actpassx", ""] {
            assert!(!leaves_handshake(&described(setup)), "{setup}");
        }
        assert!(!leaves_handshake("v=0\r\n"));
    }

    #[test]
    fn nonsense_has_no_sections() {
        for text in [
            "",
            "m=",
            "m=audio",
            "m=audio 9\r\na=msid:",
            "\r\n\r\n",
            "a=mid:1",
        ] {
            assert_eq!(sections(text), [], "{text:?}");
        }
    }

    #[test]
    fn only_the_section_that_asked_gets_the_opus_parameter() {
        let two = OFFER.replace("m=video 9", "m=audio 9").replace(
            "a=rid:q send\r\n",
            "a=rtpmap:111 OPUS/48000/2\r\na=fmtp:111 useinbandfec=1\r\n",
        );
        let shaped = choose_opus(&two, &[choice("2", true, true), choice("1", false, false)]);
        assert!(shaped.contains("a=fmtp:111 minptime=10;useinbandfec=1\r\n"));
        assert!(shaped.contains("a=fmtp:111 useinbandfec=1;usedtx=1;stereo=1\r\n"));
    }

    #[test]
    fn everything_else_stays_as_it_was() {
        let plain = OFFER.replace(";usedtx=1", "");
        assert_eq!(choose_opus(&plain, &[]), plain);
        assert_eq!(choose_opus(OFFER, &[]), plain);
        assert_eq!(choose_opus(&plain, &[choice("2", true, true)]), plain);
    }
}
