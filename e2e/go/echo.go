package main

import (
	"sync"

	"github.com/livekit/protocol/livekit"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

// flowing is how many packets show that a track flows and has not merely begun.
const flowing = 30

// Echo sends back what it receives, packet by packet: a tone and a picture that come back have been there.
type Echo struct {
	mutex        sync.Mutex
	tracks       map[webrtc.RTPCodecType]*lksdk.LocalTrack
	publications []*lksdk.LocalTrackPublication
	askKeyframe  func()
}

func (e *Echo) publish(me *lksdk.LocalParticipant, asScreen bool) error {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.tracks, e.publications = map[webrtc.RTPCodecType]*lksdk.LocalTrack{}, nil
	heard, seen := livekit.TrackSource_MICROPHONE, livekit.TrackSource_CAMERA
	if asScreen {
		heard, seen = livekit.TrackSource_SCREEN_SHARE_AUDIO, livekit.TrackSource_SCREEN_SHARE
	}
	audio, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2,
	})
	if err != nil {
		return err
	}
	video, err := lksdk.NewLocalTrack(
		webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000},
		lksdk.WithRTCPHandler(e.hearReport),
	)
	if err != nil {
		return err
	}
	for _, each := range []struct {
		track   *lksdk.LocalTrack
		options lksdk.TrackPublicationOptions
	}{
		{audio, lksdk.TrackPublicationOptions{Name: "echo", Source: heard}},
		{video, lksdk.TrackPublicationOptions{Name: "mirror", Source: seen, VideoWidth: 320, VideoHeight: 180}},
	} {
		publication, err := me.PublishTrack(each.track, &each.options)
		if err != nil {
			return err
		}
		e.tracks[each.track.Kind()] = each.track
		e.publications = append(e.publications, publication)
		tell("published", map[string]any{"sid": publication.SID(), "kind": each.track.Kind().String()})
	}
	return nil
}

// hearReport passes a wish for a keyframe on to whoever makes the picture.
func (e *Echo) hearReport(packet rtcp.Packet) {
	if _, ok := packet.(*rtcp.PictureLossIndication); !ok {
		return
	}
	e.mutex.Lock()
	ask := e.askKeyframe
	e.mutex.Unlock()
	if ask != nil {
		ask()
	}
}

func (e *Echo) read(track *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication, from *lksdk.RemoteParticipant) {
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		e.mutex.Lock()
		e.askKeyframe = func() { from.WritePLI(track.SSRC()) }
		e.mutex.Unlock()
	}
	for count := 1; ; count++ {
		packet, _, err := track.ReadRTP()
		if err != nil {
			tell("ended", map[string]any{"sid": pub.SID()})
			return
		}
		if count == flowing {
			tell("flows", map[string]any{"sid": pub.SID(), "source": pub.Source().String()})
		}
		e.mutex.Lock()
		back := e.tracks[track.Kind()]
		e.mutex.Unlock()
		if back != nil && len(packet.Payload) > 0 {
			packet.Header.Extension = false
			packet.Header.Extensions = nil
			_ = back.WriteRTP(packet, nil)
		}
	}
}

func (e *Echo) mute(muted bool) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for _, publication := range e.publications {
		publication.SetMuted(muted)
	}
}

func (e *Echo) unpublish(me *lksdk.LocalParticipant) error {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for _, publication := range e.publications {
		if err := me.UnpublishTrack(publication.SID()); err != nil {
			return err
		}
	}
	e.publications, e.tracks = nil, nil
	return nil
}
