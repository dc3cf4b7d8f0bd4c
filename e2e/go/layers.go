package main

import (
	"context"
	"io"
	"slices"
	"sync"

	"github.com/livekit/protocol/livekit"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

// Layers is a picture in three sizes by name, for the client to leave out whichever nobody looks at.
type Layers struct {
	mutex sync.Mutex
	all   []*layer
	sent  map[string]bool
	count int
}

// layer gives the client frames to send, and sees each that it sends as if to encrypt it.
type layer struct {
	lksdk.BaseSampleProvider
	name   string
	frames chan media.Sample
	layers *Layers
}

func (l *layer) NextSample(ctx context.Context) (media.Sample, error) {
	select {
	case frame := <-l.frames:
		return frame, nil
	case <-ctx.Done():
		return media.Sample{}, io.EOF
	}
}

func (l *layer) EncryptFrame(frame []byte) ([]byte, error) {
	l.layers.mutex.Lock()
	defer l.layers.mutex.Unlock()
	l.layers.sent[l.name] = true
	return frame, nil
}

// pass gives a frame to every layer, and tells now and then which of them have sent something.
func (l *Layers) pass(frame media.Sample) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, each := range l.all {
		select {
		case each.frames <- frame:
		default:
		}
	}
	if l.count++; l.count%flowing == 0 {
		names := []string{}
		for name := range l.sent {
			names = append(names, name)
		}
		slices.Sort(names)
		tell("sent", map[string]any{"layers": names})
		clear(l.sent)
	}
}

// publishLayers sends the picture that comes next back as three layers.
func (e *Echo) publishLayers() error {
	var layers []*layer
	var tracks []*lksdk.LocalTrack
	for quality, name := range []string{"q", "h", "f"} {
		each := &layer{name: name, frames: make(chan media.Sample, flowing), layers: e.layers}
		size := &livekit.VideoLayer{
			Quality: livekit.VideoQuality(quality), Width: 80 << quality, Height: 45 << quality,
		}
		track, err := lksdk.NewLocalTrack(
			webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000},
			lksdk.WithSimulcast("mirror", size), lksdk.WithRTCPHandler(e.hearReport), lksdk.WithFrameEncryptor(each),
		)
		if err != nil {
			return err
		}
		if err = track.StartWrite(each, nil); err != nil {
			return err
		}
		layers, tracks = append(layers, each), append(tracks, track)
	}
	options := &lksdk.TrackPublicationOptions{Name: "mirror", Source: livekit.TrackSource_CAMERA}
	publication, err := e.room.LocalParticipant.PublishSimulcastTrack(tracks, options)
	if err != nil {
		return err
	}
	e.mutex.Lock()
	e.publications = append(e.publications, publication)
	e.mutex.Unlock()
	e.layers.mutex.Lock()
	e.layers.all = layers
	e.layers.mutex.Unlock()
	return nil
}
