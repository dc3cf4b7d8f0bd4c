package main

import (
	"fmt"
	"sync"

	"github.com/livekit/protocol/livekit"
	"github.com/pion/webrtc/v4"

	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/livekit/server-sdk-go/v2/e2ee"
	e2eetypes "github.com/livekit/server-sdk-go/v2/e2ee/types"
)

// keysOf makes the keys of a passphrase as all clients of LiveKit do.
func keysOf(passphrase string) (*e2ee.ExternalKeyProvider, error) {
	keys := e2ee.NewExternalKeyProvider()
	return keys, keys.SetKeyFromPassphrase(passphrase, 0)
}

// formatOf says how frames of a codec are encrypted.
func formatOf(mime string) (lksdk.Codec, error) {
	switch mime {
	case webrtc.MimeTypeOpus:
		return lksdk.CodecOpus, nil
	case webrtc.MimeTypeH264:
		return lksdk.CodecH264, nil
	default:
		return 0, fmt.Errorf("the client does not encrypt %s", mime)
	}
}

func (e *Echo) encryptor(mime string) (e2eetypes.FrameEncryptor, error) {
	format, err := formatOf(mime)
	if err != nil {
		return nil, err
	}
	return lksdk.NewFrameEncryptor(e.keys, format)
}

// frames says how the next frame of a track is sent back, decrypted where it is encrypted.
func (e *Echo) frames(track *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication) (func() error, error) {
	decryptor, err := e.decryptor(track.Codec().MimeType, pub)
	if err != nil {
		return nil, err
	}
	reader := e2ee.NewTrackDecryptor(track, decryptor)
	return func() error {
		frame, err := reader.ReadSample()
		if err != nil {
			return err
		}
		if e.layers != nil && track.Kind() == webrtc.RTPCodecTypeVideo {
			e.layers.pass(*frame)
		}
		if back := e.back(track.Codec().MimeType); back != nil {
			_ = back.WriteSample(*frame, nil)
		}
		return nil
	}, nil
}

func (e *Echo) decryptor(mime string, pub *lksdk.RemoteTrackPublication) (e2eetypes.FrameDecryptor, error) {
	if pub.TrackInfo().GetEncryption() == livekit.Encryption_NONE {
		return plain{}, nil
	}
	format, err := formatOf(mime)
	if err != nil {
		return nil, err
	}
	decryptor, err := lksdk.NewFrameDecryptor(e.keys, format, e.room.SifTrailer())
	if err != nil {
		return nil, err
	}
	return &lenient{decryptor: decryptor, sid: pub.SID()}, nil
}

// plain leaves frames as they are.
type plain struct{}

func (plain) DecryptFrame(frame []byte) ([]byte, error) { return frame, nil }

// lenient leaves out frames that its keys do not open, and tells of the first.
type lenient struct {
	decryptor e2eetypes.FrameDecryptor
	sid       string
	once      sync.Once
}

func (l *lenient) DecryptFrame(frame []byte) ([]byte, error) {
	opened, err := l.decryptor.DecryptFrame(frame)
	if err != nil {
		l.once.Do(func() { tell("locked", map[string]any{"sid": l.sid, "error": err.Error()}) })
		return nil, nil
	}
	return opened, nil
}
