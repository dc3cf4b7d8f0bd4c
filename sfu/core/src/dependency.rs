//! AV1's dependency descriptor: which frames a receiver of each size needs (RTP Payload Format For AV1, appendix A).
//!
//! Only what a forwarder has to know is kept. The descriptor itself travels on as it came.

use std::sync::Arc;

use str0m::rtp::{Extension, ExtensionSerializer, ExtensionValues};

use crate::bits::Bits;
use crate::rewrite::Spatial;

/// Names the header extension in descriptions.
pub(crate) const URI: &str =
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";
/// Bytes that every descriptor has; longer ones say more.
const MANDATORY_BYTES: usize = 3;
/// Sizes that a subscriber may be limited to.
const CEILINGS: u8 = 8;
const MOST_TEMPLATES: usize = 64;
/// Template ids have six bits.
const IDS: u32 = 64;
/// Indication that a frame is no part of a decode target.
const NOT_PRESENT: u32 = 0;

/// A descriptor as it came with a packet.
#[derive(Debug, Clone)]
pub(crate) struct Dependency(pub Arc<[u8]>);

/// Lets str0m hand descriptors over unread.
#[derive(Debug)]
struct Carried;

impl ExtensionSerializer for Carried {
    fn write_to(&self, buffer: &mut [u8], values: &ExtensionValues) -> usize {
        let Some(Dependency(bytes)) = values.user_values.get::<Dependency>() else {
            return 0;
        };
        let Some(place) = buffer.get_mut(..bytes.len()) else {
            return 0;
        };
        place.copy_from_slice(bytes);
        bytes.len()
    }

    fn parse_value(&self, bytes: &[u8], values: &mut ExtensionValues) -> bool {
        values.user_values.set(Dependency(bytes.into()));
        true
    }

    fn is_video(&self) -> bool {
        true
    }

    fn is_audio(&self) -> bool {
        false
    }

    fn requires_two_byte_form(&self, _values: &ExtensionValues) -> bool {
        true
    }
}

/// As str0m negotiates it.
pub(crate) fn extension() -> Extension {
    Extension::with_serializer(URI, Carried)
}

/// What a packet's descriptor tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    pub spatial: Spatial,
    /// A receiver that has nothing can begin here.
    pub starts_keyframe: bool,
    /// Some receivers cannot go on with the sizes that are still sent before a keyframe comes.
    pub needs_keyframe: bool,
}

/// Reads the descriptors of one stream.
#[derive(Debug, Default)]
pub(crate) struct Dependencies {
    structure: Option<Structure>,
    /// The packet that brought it.
    since: u64,
}

impl Dependencies {
    /// `None` when the descriptor is malformed, or builds on one that has not come.
    pub(crate) fn read(&mut self, sequence: u64, bytes: &[u8]) -> Option<Frame> {
        let mut bits = Bits::new(bytes);
        let (starts, ends) = (bits.flag()?, bits.flag()?);
        let template = bits.number(6)?;
        let _frame_number = bits.number(16)?;
        let (mut is_key, mut is_broken) = (false, false);
        let mut own = None;
        if bytes.len() > MANDATORY_BYTES {
            let (has_structure, has_active) = (bits.flag()?, bits.flag()?);
            let (has_indications, _differences, _chains) =
                (bits.flag()?, bits.flag()?, bits.flag()?);
            is_key = has_structure;
            if has_structure {
                let structure = Structure::read(&mut bits)?;
                if self.structure.is_some() && sequence < self.since {
                    // Of a packet that was late: what is known is newer.
                    let frame = structure.frame(template, ends, None)?;
                    return Some(frame.beginning(starts));
                }
                self.structure = Some(structure);
                self.since = sequence;
            }
            let structure = self.structure.as_mut()?;
            if has_active {
                let active = bits.number(structure.target_count())?;
                is_broken = structure.activate(active);
            }
            if has_indications {
                own = Some(structure.read_indications(&mut bits)?);
            }
        }
        let structure = self.structure.as_ref()?;
        let frame = structure.frame(template, ends, own.as_deref())?;
        Some(Frame {
            needs_keyframe: is_broken,
            ..frame.beginning(starts && is_key)
        })
    }
}

impl Dependencies {
    /// The sizes in pixels that the latest keyframe told, from the smallest up.
    pub(crate) fn sizes(&self) -> &[(u32, u32)] {
        let structure = self.structure.as_ref();
        structure.map_or(&[], |structure| &structure.sizes)
    }
}

impl Frame {
    /// A keyframe has the smallest size first.
    fn beginning(self, is_key: bool) -> Self {
        Self {
            starts_keyframe: is_key && self.spatial.layer == 0,
            ..self
        }
    }
}

/// What an encoder does, from one keyframe to the next.
#[derive(Debug)]
struct Structure {
    /// The id of the first template.
    offset: u32,
    templates: Vec<Template>,
    /// Pixels of each size from the smallest up; empty when they are not told.
    sizes: Vec<(u32, u32)>,
    targets: Vec<Target>,
    /// The target that serves each ceiling.
    chosen: [usize; CEILINGS as usize],
    /// Ceilings whose frames all larger ones get as well, bit by bit.
    included: u8,
}

/// A kind of frame.
#[derive(Debug)]
struct Template {
    spatial: u8,
    temporal: u8,
    /// For each decode target.
    indications: Vec<u32>,
}

/// A part of the stream that can be decoded by itself.
#[derive(Debug, Clone, Copy, Default)]
struct Target {
    spatial: u8,
    temporal: u8,
    is_active: bool,
}

impl Structure {
    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        let offset = bits.number(6)?;
        let target_count = bits.number(5)? + 1;
        let mut templates = read_layers(bits)?;
        for template in &mut templates {
            template.indications = read_indications(bits, target_count)?;
        }
        skip_differences(bits, templates.len())?;
        skip_chains(bits, target_count, templates.len())?;
        let largest = templates.iter().map(|template| template.spatial).max()?;
        let sizes = read_sizes(bits, largest)?;
        let targets = (0..target_count as usize).map(|index| Target::of(&templates, index));
        let mut structure = Self {
            offset,
            targets: targets.collect(),
            templates,
            sizes,
            chosen: [0; CEILINGS as usize],
            included: 0,
        };
        structure.activate(u32::MAX >> (32 - target_count));
        Some(structure)
    }

    fn target_count(&self) -> u32 {
        u32::try_from(self.targets.len()).unwrap_or_default()
    }

    fn read_indications(&self, bits: &mut Bits<'_>) -> Option<Vec<u32>> {
        read_indications(bits, self.target_count())
    }

    /// Takes in which targets are sent at all: the first one stands in the lowest bit. True when some ceiling is served
    /// by a target from now on that builds on what the one before did not have.
    fn activate(&mut self, active: u32) -> bool {
        for (index, target) in self.targets.iter_mut().enumerate() {
            target.is_active = active >> index & 1 == 1;
        }
        let mut is_broken = false;
        for ceiling in 0..CEILINGS {
            let target = best(&self.targets, ceiling);
            let Some(chosen) = self.chosen.get_mut(usize::from(ceiling)) else {
                continue;
            };
            let before = std::mem::replace(chosen, target);
            is_broken |= !self.has_all_of(before, target);
        }
        self.included = self.find_included();
        is_broken
    }

    /// Whether all frames of a target are also those of a larger one.
    fn has_all_of(&self, larger: usize, smaller: usize) -> bool {
        let mut templates = self.templates.iter();
        templates.all(|template| !template.is_part(smaller) || template.is_part(larger))
    }

    fn find_included(&self) -> u8 {
        let serves = |(ceiling, target): (usize, &usize)| {
            let mut larger = self.chosen.iter().skip(ceiling);
            u8::from(larger.all(|larger| self.has_all_of(*larger, *target)))
        };
        let all = self.chosen.iter().enumerate().rev();
        all.fold(0, |mask, one| mask << 1 | serves(one))
    }

    /// Ceilings of which a frame with these indications is a part, bit by bit.
    fn needed_by(&self, indications: &[u32]) -> u8 {
        let targets = self.chosen.iter().rev();
        targets.fold(0, |all, target| {
            all << 1 | u8::from(is_part(indications, *target))
        })
    }

    fn frame(&self, id: u32, ends: bool, own: Option<&[u32]>) -> Option<Frame> {
        let index = (id + IDS - self.offset) % IDS;
        let template = self.templates.get(usize::try_from(index).ok()?)?;
        let indications = own.unwrap_or(&template.indications);
        Some(Frame {
            spatial: Spatial {
                layer: template.spatial,
                ends,
                needed_by: self.needed_by(indications),
                included: self.included,
            },
            starts_keyframe: false,
            needs_keyframe: false,
        })
    }
}

impl Template {
    fn is_part(&self, target: usize) -> bool {
        is_part(&self.indications, target)
    }
}

fn is_part(indications: &[u32], target: usize) -> bool {
    let indication = indications.get(target);
    indication.is_some_and(|indication| *indication != NOT_PRESENT)
}

impl Target {
    /// The layers of a target are those of its frames.
    fn of(templates: &[Template], index: usize) -> Self {
        let parts = || templates.iter().filter(|template| template.is_part(index));
        Self {
            spatial: parts().map(|part| part.spatial).max().unwrap_or_default(),
            temporal: parts().map(|part| part.temporal).max().unwrap_or_default(),
            is_active: true,
        }
    }
}

/// The largest target up to a ceiling, with all its frames; the smallest when all are larger.
fn best(targets: &[Target], ceiling: u8) -> usize {
    let active = || {
        let all = targets.iter().enumerate();
        all.filter(|(_, target)| target.is_active)
    };
    let rank = |(_, target): &(usize, &Target)| (target.spatial, target.temporal);
    let fitting = active().filter(|(_, target)| target.spatial <= ceiling);
    fitting
        .max_by_key(rank)
        .or_else(|| active().min_by_key(rank))
        .map_or(0, |(index, _)| index)
}

fn read_layers(bits: &mut Bits<'_>) -> Option<Vec<Template>> {
    let (mut spatial, mut temporal) = (0, 0);
    let mut templates = Vec::new();
    loop {
        templates.push(Template {
            spatial,
            temporal,
            indications: Vec::new(),
        });
        match bits.number(2)? {
            0 => {}
            1 => temporal += 1,
            2 => (spatial, temporal) = (spatial + 1, 0),
            _ => return Some(templates),
        }
        if templates.len() >= MOST_TEMPLATES {
            return None;
        }
    }
}

fn read_indications(bits: &mut Bits<'_>, targets: u32) -> Option<Vec<u32>> {
    (0..targets).map(|_| bits.number(2)).collect()
}

/// `max_render_width_minus_1` and `max_render_height_minus_1` of each size, if they are there.
fn read_sizes(bits: &mut Bits<'_>, largest: u8) -> Option<Vec<(u32, u32)>> {
    if !bits.flag()? {
        return Some(Vec::new());
    }
    (0..=largest)
        .map(|_| Some((bits.number(16)? + 1, bits.number(16)? + 1)))
        .collect()
}

fn skip_differences(bits: &mut Bits<'_>, templates: usize) -> Option<()> {
    for _ in 0..templates {
        while bits.flag()? {
            bits.number(4)?;
        }
    }
    Some(())
}

fn skip_chains(bits: &mut Bits<'_>, targets: u32, templates: usize) -> Option<()> {
    let chains = bits.one_of(targets + 1)?;
    if chains == 0 {
        return Some(());
    }
    for _ in 0..targets {
        bits.one_of(chains)?;
    }
    for _ in 0..templates * chains as usize {
        bits.number(4)?;
    }
    Some(())
}

#[cfg(test)]
mod tests;
