//! Which payload formats a media section lists, and in which order (RFC 8866 section 5.14).
//!
//! str0m has one list of codecs for a connection and writes all of it into every section. Clients send what stands first,
//! and a long list in each of a hundred sections is slow to read.

/// Payload types for the section of a mid.
pub(crate) type Listed = (String, Vec<u8>);

/// Media, port and protocol.
const FIELDS_BEFORE_FORMATS: usize = 3;
/// Attributes that begin with a payload type.
const ABOUT_FORMATS: [&str; 3] = ["a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"];

/// Puts formats to the front of their section.
pub(crate) fn prefer(description: &str, firsts: &[Listed]) -> String {
    rewrite(description, firsts, |listed, firsts| {
        let mut ordered = firsts.to_vec();
        ordered.retain(|format| listed.contains(format));
        let others = listed.iter().filter(|format| !firsts.contains(format));
        ordered.extend(others);
        ordered
    })
}

/// Leaves a section no other formats than those named.
pub(crate) fn narrow(description: &str, kept: &[Listed]) -> String {
    rewrite(description, kept, |listed, kept| {
        let both = listed.iter().filter(|format| kept.contains(format));
        both.copied().collect()
    })
}

/// Gives sections a format that have none left, as one that its client has refused: a description may not be without.
pub(crate) fn complete(description: &str) -> String {
    let mut out = String::with_capacity(description.len());
    for line in description.split_inclusive('\n') {
        let text = line.trim_end();
        if text.starts_with("m=") && text.split_whitespace().count() == FIELDS_BEFORE_FORMATS {
            out.push_str(text);
            out.push_str(" 0\r\n");
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Leaves a header extension in the sections of these mids alone.
pub(crate) fn keep_extension(description: &str, uri: &str, mids: &[String]) -> String {
    let mut out = String::with_capacity(description.len());
    for section in sections(description) {
        let is_kept = mid_of(section).is_some_and(|mid| mids.iter().any(|kept| kept == mid));
        let is_it = |line: &str| line.starts_with("a=extmap:") && line.trim_end().ends_with(uri);
        let lines = section.split_inclusive('\n');
        out.extend(lines.filter(|line| is_kept || !is_it(line)));
    }
    out
}

fn rewrite(
    description: &str,
    named: &[Listed],
    choose: impl Fn(&[u8], &[u8]) -> Vec<u8>,
) -> String {
    let mut out = String::with_capacity(description.len());
    for section in sections(description) {
        let mid = mid_of(section);
        let formats = named.iter().find(|(of, _)| Some(of.as_str()) == mid);
        let head = section.lines().next().and_then(read_head);
        match formats.zip(head) {
            Some(((_, formats), (start, listed))) => {
                let chosen = choose(&listed, formats);
                write_section(&mut out, section, start, &listed, &chosen);
            }
            None => out.push_str(section),
        }
    }
    out
}

/// The session part and each section, with their line ends.
fn sections(description: &str) -> impl Iterator<Item = &str> {
    let starts = description.match_indices("\nm=").map(|(at, _)| at + 1);
    let mut ends = starts.chain([description.len()]);
    let mut from = 0;
    std::iter::from_fn(move || {
        let to = ends.next()?;
        let part = description.get(from..to);
        from = to;
        part
    })
}

fn mid_of(section: &str) -> Option<&str> {
    section.lines().find_map(|line| line.strip_prefix("a=mid:"))
}

/// What stands before the payload types, and these.
fn read_head(line: &str) -> Option<(&str, Vec<u8>)> {
    let media = line.strip_prefix("m=")?;
    let mut at = 0;
    for _ in 0..3 {
        at += media.get(at..)?.find(' ')? + 1;
    }
    let (start, formats) = line.split_at_checked("m=".len() + at)?;
    let formats: Result<Vec<u8>, _> = formats.split_whitespace().map(str::parse).collect();
    Some((start, formats.ok()?))
}

fn write_section(out: &mut String, section: &str, start: &str, listed: &[u8], chosen: &[u8]) {
    let is_gone = |line: &str| {
        let about = ABOUT_FORMATS
            .iter()
            .find_map(|name| line.strip_prefix(name));
        let format = about.and_then(|rest| rest.split(' ').next()?.parse().ok());
        format.is_some_and(|format: u8| listed.contains(&format) && !chosen.contains(&format))
    };
    out.push_str(start.trim_end());
    for format in chosen {
        out.push(' ');
        out.push_str(&format.to_string());
    }
    out.push_str("\r\n");
    for line in section.lines().skip(1).filter(|line| !is_gone(line)) {
        out.push_str(line);
        out.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::{complete, keep_extension, narrow, prefer};

    const OFFER: &str = "v=0\r\ns=-\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n\
        a=rtcp-fb:96 nack\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=rtpmap:98 VP9/90000\r\n\
        a=rtpmap:99 rtx/90000\r\na=fmtp:99 apt=98\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\n";

    fn listed(mid: &str, formats: &[u8]) -> Vec<(String, Vec<u8>)> {
        vec![(mid.to_owned(), formats.to_vec())]
    }

    #[test]
    fn the_formats_named_come_first_and_nothing_is_lost() {
        let text = prefer(OFFER, &listed("1", &[98, 99, 45]));
        assert!(text.contains("m=video 9 UDP/TLS/RTP/SAVPF 98 99 96 97\r\n"));
        assert_eq!(text.len(), OFFER.len());
        assert_eq!(prefer(&text, &listed("1", &[96, 97])), OFFER);
    }

    #[test]
    fn what_is_not_named_goes_with_all_that_was_said_of_it() {
        let text = narrow(OFFER, &listed("1", &[98, 99, 45]));
        assert!(
            text.contains(
                "m=video 9 UDP/TLS/RTP/SAVPF 98 99\r\na=mid:1\r\na=rtpmap:98 VP9/90000\r\n"
            )
        );
        assert!(!text.contains(":96 ") && !text.contains(":97 "));
        assert!(text.ends_with("m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\n"));
    }

    #[test]
    fn a_section_without_formats_gets_one() {
        let refused =
            "v=0\r\nm=video 0 UDP/TLS/RTP/SAVPF \r\na=mid:1\r\nm=video 0 UDP/TLS/RTP/SAVPF\r\n";
        let line = "m=video 0 UDP/TLS/RTP/SAVPF 0\r\n";
        assert_eq!(complete(refused), format!("v=0\r\n{line}a=mid:1\r\n{line}"));
        for text in [OFFER, "", "m=", "m=video"] {
            assert_eq!(complete(text), text);
        }
    }

    #[test]
    fn an_extension_stays_where_it_is_wanted() {
        let section = |mid: &str, extension: &str| {
            format!(
                "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:{mid}\r\na=extmap:4 other\r\n{extension}"
            )
        };
        let line = "a=extmap:8 uri:it\r\n";
        let both = format!("v=0\r\n{}{}", section("1", line), section("2", line));
        let kept = keep_extension(&both, "uri:it", &["2".to_owned()]);
        assert_eq!(
            kept,
            format!("v=0\r\n{}{}", section("1", ""), section("2", line))
        );
        for text in ["", "a=extmap:", "m=", "a=extmap:8 uri:it/more\r\n"] {
            assert_eq!(keep_extension(text, "uri:it", &[]), text);
        }
    }

    #[test]
    fn sections_that_are_not_named_or_have_no_formats_stay() {
        for named in [listed("7", &[1]), listed("0", &[1]), vec![]] {
            assert_eq!(narrow(OFFER, &named), OFFER);
            assert_eq!(prefer(OFFER, &named), OFFER);
        }
        for text in ["", "nonsense", "m=", "m=video 9\r\na=mid:1\r\n"] {
            assert_eq!(narrow(text, &listed("1", &[1])), text);
        }
    }
}
