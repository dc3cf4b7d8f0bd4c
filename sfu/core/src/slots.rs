//! Uses the media sections of stopped tracks again (RFC 8829 section 5.2.2), so that a long meeting does not grow them.
//!
//! str0m only appends sections. What the client sees is packed: a new section takes the place of a stopped one, and
//! in the client's answer the stopped one is put back where str0m expects it.

const BUNDLE: &str = "a=group:BUNDLE";

/// Which section of str0m stands at which place of the client's.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// By the client's order.
    slots: Vec<Slot>,
    /// Every section that str0m has, by its order.
    sections: Vec<Head>,
}

#[derive(Debug)]
struct Slot {
    head: Head,
    is_free: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    kind: String,
    mid: String,
}

impl Slots {
    /// The client has answered that this section is stopped.
    pub(crate) fn free(&mut self, mid: &str) {
        for slot in self.slots.iter_mut().filter(|slot| slot.head.mid == mid) {
            slot.is_free = true;
        }
    }

    /// An offer of str0m as the client is to see it.
    pub(crate) fn pack(&mut self, offer: &str) -> String {
        let (session, sections) = split(offer);
        for (head, _) in sections.iter().skip(self.sections.len()) {
            self.place(head.clone());
        }
        self.sections = sections.iter().map(|(head, _)| head.clone()).collect();
        let order: Vec<&Head> = self.slots.iter().map(|slot| &slot.head).collect();
        let mut packed = in_order(session, &order);
        for slot in &self.slots {
            let text = sections.iter().find(|(head, _)| *head == slot.head);
            packed.push_str(text.map_or("", |(_, text)| text));
        }
        packed
    }

    fn place(&mut self, head: Head) {
        let free = self
            .slots
            .iter_mut()
            .find(|slot| slot.is_free && slot.head.kind == head.kind);
        match free {
            Some(slot) => {
                *slot = Slot {
                    head,
                    is_free: false,
                }
            }
            None => self.slots.push(Slot {
                head,
                is_free: false,
            }),
        }
    }

    /// A client's answer as str0m is to see it. Sections that were never offered go to the end, for it to refuse.
    pub(crate) fn unpack(&self, answer: &str) -> String {
        let (session, mut sections) = split(answer);
        let order: Vec<&Head> = self.sections.iter().collect();
        let mut unpacked = in_order(session, &order);
        for head in &self.sections {
            match sections.iter().position(|(other, _)| other.mid == head.mid) {
                Some(index) => unpacked.push_str(sections.remove(index).1),
                None if self.slots.iter().all(|slot| slot.head != *head) => {
                    unpacked.push_str(&head.rejected());
                }
                None => {}
            }
        }
        for (_, text) in sections {
            unpacked.push_str(text);
        }
        unpacked
    }
}

impl Head {
    fn rejected(&self) -> String {
        let Self { kind, mid } = self;
        format!(
            "m={kind} 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=mid:{mid}\r\na=inactive\r\n"
        )
    }
}

/// The session part with its bundle group in the order of the sections, as str0m wants it.
fn in_order(session: &str, order: &[&Head]) -> String {
    let mut ordered = String::with_capacity(session.len());
    for line in session.split_inclusive('\n') {
        let Some(group) = line.trim_end().strip_prefix(BUNDLE) else {
            ordered.push_str(line);
            continue;
        };
        let mut mids: Vec<&str> = group.split_whitespace().collect();
        mids.sort_by_key(|mid| order.iter().position(|head| head.mid == *mid));
        ordered.push_str(BUNDLE);
        for mid in mids {
            ordered.push(' ');
            ordered.push_str(mid);
        }
        ordered.push_str("\r\n");
    }
    ordered
}

/// The session part of a description and its sections, each to its end.
fn split(description: &str) -> (&str, Vec<(Head, &str)>) {
    let mut starts: Vec<usize> = description
        .match_indices("\nm=")
        .map(|(index, _)| index + 1)
        .collect();
    starts.push(description.len());
    let first = starts.first().copied().unwrap_or(description.len());
    let sections = starts.windows(2).filter_map(|range| {
        let text = description.get(*range.first()?..*range.last()?)?;
        Some((head(text), text))
    });
    (
        description.get(..first).unwrap_or(description),
        sections.collect(),
    )
}

fn head(section: &str) -> Head {
    let kind = section.trim_start_matches("m=").split(' ').next();
    let mid = section.lines().find_map(|line| line.strip_prefix("a=mid:"));
    Head {
        kind: kind.unwrap_or_default().to_owned(),
        mid: mid.unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Slots;

    fn description(sections: &[&str]) -> String {
        let mut text = "v=0\r\ns=-\r\n".to_owned();
        for section in sections {
            let (kind, mid) = section.split_once(' ').unwrap();
            text.push_str(
                &[
                    "m=",
                    kind,
                    " 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:",
                    mid,
                    "\r\n",
                ]
                .concat(),
            );
        }
        text
    }

    fn mids(description: &str) -> Vec<&str> {
        description
            .lines()
            .filter_map(|line| line.strip_prefix("a=mid:"))
            .collect()
    }

    #[test]
    fn while_nothing_is_stopped_nothing_changes() {
        let mut slots = Slots::default();
        let offer = description(&["application 0", "audio a", "video b"]);
        assert_eq!(slots.pack(&offer), offer);
        assert_eq!(slots.unpack(&offer), offer);
    }

    #[test]
    fn a_new_section_takes_the_place_of_a_stopped_one_of_its_kind() {
        let mut slots = Slots::default();
        slots.pack(&description(&[
            "application 0",
            "audio a",
            "video b",
            "audio c",
        ]));
        slots.free("b");
        slots.free("c");
        let offer = description(&[
            "application 0",
            "audio a",
            "video b",
            "audio c",
            "audio d",
            "audio e",
        ]);
        assert_eq!(mids(&slots.pack(&offer)), ["0", "a", "b", "d", "e"]);
    }

    #[test]
    fn an_answer_is_put_back_in_order_with_what_was_replaced_rejected() {
        let mut slots = Slots::default();
        slots.pack(&description(&["application 0", "audio a", "video b"]));
        slots.free("a");
        let packed = slots.pack(&description(&[
            "application 0",
            "audio a",
            "video b",
            "audio c",
        ]));
        assert_eq!(mids(&packed), ["0", "c", "b"]);
        let unpacked = slots.unpack(&packed);
        assert_eq!(mids(&unpacked), ["0", "a", "b", "c"]);
        assert!(
            unpacked.contains("m=audio 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=mid:a\r\n")
        );
    }

    #[test]
    fn the_bundle_group_follows_the_sections_in_both_directions() {
        let mut slots = Slots::default();
        let first = description(&["application 0", "video a", "audio b"]);
        slots.pack(&first);
        slots.free("a");
        let second = description(&["application 0", "video a", "audio b", "video c"]);
        let offer = second.replacen("s=-", "s=-\r\na=group:BUNDLE 0 b c", 1);
        let packed = slots.pack(&offer);
        assert!(packed.contains("a=group:BUNDLE 0 c b\r\n"), "{packed}");
        let unpacked = slots.unpack(&packed);
        assert!(unpacked.contains("a=group:BUNDLE 0 b c\r\n"), "{unpacked}");
    }

    #[test]
    fn a_place_serves_any_number_of_tracks_in_turn() {
        let mut slots = Slots::default();
        let mut all = vec!["application 0".to_owned()];
        for index in 0..50 {
            all.push(format!("audio t{index}"));
            let sections: Vec<&str> = all.iter().map(String::as_str).collect();
            let packed = slots.pack(&description(&sections));
            assert_eq!(mids(&packed), ["0".to_owned(), format!("t{index}")]);
            assert_eq!(mids(&slots.unpack(&packed)).len(), all.len());
            slots.free(&format!("t{index}"));
        }
    }

    #[test]
    fn sections_that_were_never_offered_are_left_for_str0m_to_refuse() {
        let mut slots = Slots::default();
        slots.pack(&description(&["application 0"]));
        let answer = description(&["application 0", "audio x"]);
        assert_eq!(mids(&slots.unpack(&answer)), ["0", "x"]);
        assert_eq!(slots.unpack("nonsense"), "nonsense");
    }
}
