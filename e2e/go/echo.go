package main

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/livekit/protocol/livekit"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/livekit/server-sdk-go/v2/e2ee"
)

// flowing is how many packets or frames show that a track flows and has not merely begun.
const flowing = 30

// Echo sends back what it receives: a tone and a picture that come back have been there.
type Echo struct {
	room         *lksdk.Room
	keys         *e2ee.ExternalKeyProvider // nil where nothing is encrypted
	layers       *Layers                   // nil where the picture has one size
	mutex        sync.Mutex
	tracks       map[string]*lksdk.LocalTrack // by codec
	publications []*lksdk.LocalTrackPublication
	askKeyframes map[string]func() // by codec
}

// publish sends back what comes in the codecs of the wish.
func (e *Echo) publish(wish Wish) error {
	heard, seen := livekit.TrackSource_MICROPHONE, livekit.TrackSource_CAMERA
	if wish.Text == "screen" {
		heard, seen = livekit.TrackSource_SCREEN_SHARE_AUDIO, livekit.TrackSource_SCREEN_SHARE
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.tracks, e.publications = map[string]*lksdk.LocalTrack{}, nil
	voice, err := e.newTrack(webrtc.MimeTypeOpus, wish.Encrypted)
	if err != nil {
		return err
	}
	options := lksdk.TrackPublicationOptions{Name: "echo", Source: heard}
	if err = e.publishTrack(voice, options, wish.Encrypted); err != nil {
		return err
	}
	picture, err := e.newTrack("video/"+cmp.Or(wish.Codec, "VP8"), wish.Encrypted)
	if err != nil {
		return err
	}
	var more []lksdk.LocalTrackPublishOption
	if wish.Backup != "" {
		backup, err := e.newTrack("video/"+wish.Backup, false)
		if err != nil {
			return err
		}
		more = append(more, lksdk.WithBackupCodec(backup))
	}
	options = lksdk.TrackPublicationOptions{Name: "mirror", Source: seen, VideoWidth: 320, VideoHeight: 180}
	return e.publishTrack(picture, options, wish.Encrypted, more...)
}

// newTrack makes a track that sends back what comes in this codec.
func (e *Echo) newTrack(mime string, encrypted bool) (*lksdk.LocalTrack, error) {
	codec := webrtc.RTPCodecCapability{MimeType: mime, ClockRate: 90000}
	if mime == webrtc.MimeTypeOpus {
		codec.ClockRate, codec.Channels = 48000, 2
	}
	options := []lksdk.LocalTrackOptions{lksdk.WithRTCPHandler(e.hearReport)}
	if encrypted {
		encryptor, err := e.encryptor(mime)
		if err != nil {
			return nil, err
		}
		options = append(options, lksdk.WithFrameEncryptor(encryptor))
	}
	track, err := lksdk.NewLocalTrack(codec, options...)
	if err == nil {
		e.tracks[mime] = track
	}
	return track, err
}

func (e *Echo) publishTrack(
	track *lksdk.LocalTrack, options lksdk.TrackPublicationOptions, encrypted bool, more ...lksdk.LocalTrackPublishOption,
) error {
	if encrypted {
		options.Encryption = livekit.Encryption_GCM
	}
	publication, err := e.room.LocalParticipant.PublishTrack(track, &options, more...)
	if err != nil {
		return err
	}
	e.publications = append(e.publications, publication)
	tell("published", map[string]any{"sid": publication.SID(), "kind": track.Kind().String()})
	return nil
}

// hearReport passes a wish for a keyframe on to whoever makes the picture.
func (e *Echo) hearReport(packet rtcp.Packet) {
	if _, ok := packet.(*rtcp.PictureLossIndication); !ok {
		return
	}
	e.mutex.Lock()
	asks := slices.Collect(maps.Values(e.askKeyframes))
	e.mutex.Unlock()
	for _, ask := range asks {
		ask()
	}
}

// askKeyframe asks over whichever connection there is; the client's own WritePLI needs one for receiving alone.
func (e *Echo) askKeyframe(track *webrtc.TrackRemote) {
	connection := e.room.LocalParticipant.GetSubscriberPeerConnection()
	if connection == nil {
		connection = e.room.LocalParticipant.GetPublisherPeerConnection()
	}
	_ = connection.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(track.SSRC())}})
}

// read sends back what a track brings: packet by packet, or frame by frame where there are keys or layers.
func (e *Echo) read(track *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication) {
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		e.mutex.Lock()
		e.askKeyframes[track.Codec().MimeType] = func() { e.askKeyframe(track) }
		e.mutex.Unlock()
	}
	pass := e.packets(track)
	if e.keys != nil || e.layers != nil {
		var err error
		if pass, err = e.frames(track, pub); err != nil {
			tell("failed", map[string]any{"error": err.Error()})
			return
		}
	}
	for count := 1; ; count++ {
		if err := pass(); err != nil {
			tell("ended", map[string]any{"sid": pub.SID()})
			return
		}
		if count == flowing {
			tell("flows", map[string]any{"sid": pub.SID(), "source": pub.Source().String()})
		}
	}
}

// packets says how the next packet of a track is sent back. Empty ones, which only probe the way, leave no gap.
func (e *Echo) packets(track *webrtc.TrackRemote) func() error {
	var empty uint16
	return func() error {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return err
		}
		if len(packet.Payload) == 0 {
			empty++
			return nil
		}
		if back := e.back(track.Codec().MimeType); back != nil {
			packet.Header.SequenceNumber -= empty
			packet.Header.Extension = false
			packet.Header.Extensions = nil
			_ = back.WriteRTP(packet, nil)
		}
		return nil
	}
}

func (e *Echo) back(mime string) *lksdk.LocalTrack {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return e.tracks[mime]
}

func (e *Echo) mute(muted bool) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for _, publication := range e.publications {
		publication.SetMuted(muted)
	}
}

func (e *Echo) unpublish() error {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for _, publication := range e.publications {
		if err := e.room.LocalParticipant.UnpublishTrack(publication.SID()); err != nil {
			return err
		}
	}
	e.publications, e.tracks = nil, nil
	return nil
}
