//! Packets of any codec: who sends them, byte by byte, and who receives them.

use jumpa_sfu_proto::command::Command;
use jumpa_sfu_proto::{AddTrack, Kind, Layer, SetTrackSettings};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Pt};
use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite};

use super::Lab;

/// One who publishes with this codec and one who receives it.
pub(crate) fn call(codec: &str, kind: Kind, sizes: &[(u32, u32)]) -> (Lab, [usize; 2], Mid) {
    let mut lab = Lab::new();
    let people = [lab.join("ada"), lab.join("bob")];
    lab.run(300);
    let mid = publish(&mut lab, people, codec, kind, sizes);
    (lab, people, mid)
}

/// The first of two publishes with this codec and the second receives it.
pub(crate) fn publish(
    lab: &mut Lab,
    [ada, bob]: [usize; 2],
    codec: &str,
    kind: Kind,
    sizes: &[(u32, u32)],
) -> Mid {
    let layers = sizes.iter().map(|(width, height)| Layer {
        width: *width,
        height: *height,
        rid: format!("{width}"),
    });
    lab.command(Command::AddTrack(AddTrack {
        participant_sid: lab.clients[ada].sid.clone(),
        track_sid: "TR_it".into(),
        cid: "cid-TR_it".into(),
        kind: kind.into(),
        stream: "camera".into(),
        codec: codec.into(),
        layers: layers.collect(),
        ..AddTrack::default()
    }));
    let media = match kind {
        Kind::Audio => MediaKind::Audio,
        Kind::Video => MediaKind::Video,
    };
    let mid = lab.offer(ada, |api| {
        let cid = Some("cid-TR_it".into());
        api.add_media(media, Direction::SendOnly, Some("s".into()), cid, None)
    });
    lab.run(300);
    lab.subscribe(bob, "TR_it");
    mid
}

/// The payload type of a codec that an offer of this client has agreed on.
pub(crate) fn format(lab: &mut Lab, client: usize, codec: Codec) -> Pt {
    let config = lab.clients[client].publisher.rtc.codec_config();
    let params = config.params().iter();
    let mut of_codec = params.filter(|params| params.spec().codec == codec);
    // Of H.264 there are several; ours is the one that was agreed on.
    let is_ours = |params: &&str0m::format::PayloadParams| {
        codec != Codec::H264
            || params.spec().format.profile_level_id == Some(0x0042_e01f)
                && params.spec().format.packetization_mode == Some(1)
    };
    of_codec.find(is_ours).unwrap().pt()
}

/// Writes packets on a section.
pub(crate) struct Sender {
    pub(crate) mid: Mid,
    pub(crate) format: Pt,
    pub(crate) sequence: u64,
    pub(crate) timestamp: u32,
    /// Header extensions of the next packets.
    pub(crate) extensions: ExtensionValues,
}

impl Sender {
    /// Nothing has been sent.
    pub(crate) fn new(lab: &mut Lab, client: usize, mid: Mid, codec: Codec) -> Self {
        Self {
            mid,
            format: format(lab, client, codec),
            sequence: 0,
            timestamp: 0,
            extensions: ExtensionValues::default(),
        }
    }

    /// The next packet, of a new picture when `starts`.
    pub(crate) fn send(
        &mut self,
        lab: &mut Lab,
        client: usize,
        payload: &[u8],
        starts: bool,
        marker: bool,
    ) {
        self.sequence += 1;
        self.timestamp += if starts { 3000 } else { 0 };
        let (now, peer) = (lab.now, &mut lab.clients[client].publisher);
        let mut direct = peer.rtc.direct_api();
        let stream = direct.stream_tx_by_mid(self.mid, None).unwrap();
        let (sequence, timestamp) = (self.sequence.into(), self.timestamp);
        let packet = RtpWrite::new(self.format, sequence, timestamp, now, payload).marker(marker);
        stream.write_rtp(packet.ext_vals(self.extensions.clone()));
        lab.wake(client);
        lab.run(5);
    }
}

/// What has come to a client.
pub(crate) fn received(lab: &Lab, client: usize) -> Vec<&RtpPacket> {
    let packets = &lab.clients[client].subscriber.packets;
    packets.iter().map(|(_, packet)| packet).collect()
}

/// Asks for a quality of `TR_it`.
pub(crate) fn ask(lab: &mut Lab, client: usize, quality: u32) {
    lab.command(Command::SetTrackSettings(SetTrackSettings {
        participant_sid: lab.clients[client].sid.clone(),
        track_sid: "TR_it".into(),
        quality: Some(quality),
        ..SetTrackSettings::default()
    }));
}

/// Shows `TR_it` in an element of so many pixels.
pub(crate) fn ask_size(lab: &mut Lab, client: usize, (width, height): (u32, u32)) {
    lab.command(Command::SetTrackSettings(SetTrackSettings {
        participant_sid: lab.clients[client].sid.clone(),
        track_sid: "TR_it".into(),
        width,
        height,
        ..SetTrackSettings::default()
    }));
}
