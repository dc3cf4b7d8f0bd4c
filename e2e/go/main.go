// A participant made with LiveKit's Go client: it does what lines on its input say and tells what happens.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/livekit/protocol/livekit"
	"github.com/pion/webrtc/v4"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

// Wish is one line of the input.
type Wish struct {
	Do         string            `json:"do"`
	Text       string            `json:"text"`
	Topic      string            `json:"topic"`
	Codec      string            `json:"codec"`
	Backup     string            `json:"backup"`
	Room       string            `json:"room"`
	Identity   string            `json:"identity"`
	Method     string            `json:"method"`
	Encrypted  bool              `json:"encrypted"`
	Muted      bool              `json:"muted"`
	Wanted     bool              `json:"wanted"`
	Scenario   int               `json:"scenario"`
	Quality    int               `json:"quality"`
	Attributes map[string]string `json:"attributes"`
}

var out sync.Mutex

func tell(event string, facts map[string]any) {
	line := map[string]any{"event": event}
	for name, value := range facts {
		line[name] = value
	}
	encoded, _ := json.Marshal(line)
	out.Lock()
	defer out.Unlock()
	fmt.Println(string(encoded))
}

func main() {
	if os.Args[1] == "webhooks" {
		takeWebhooks()
		return
	}
	url, token := os.Args[1], os.Args[2]
	echo := &Echo{askKeyframes: map[string]func(){}}
	room := lksdk.NewRoom(callbacks(echo))
	echo.room = room
	options, err := optionsOf(os.Args[3:], echo)
	if err != nil {
		tell("failed", map[string]any{"error": err.Error()})
	}
	if err := answer(room); err != nil {
		tell("failed", map[string]any{"error": err.Error()})
	}
	if err := room.JoinWithToken(url, token, options...); err != nil {
		tell("refused", map[string]any{"error": err.Error()})
		os.Exit(1)
	}
	tell("joined", map[string]any{"sid": room.LocalParticipant.SID(), "others": len(room.GetRemoteParticipants())})
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var wish Wish
		if err := json.Unmarshal(lines.Bytes(), &wish); err != nil {
			tell("failed", map[string]any{"error": err.Error()})
			continue
		}
		if err := follow(room, echo, wish); err != nil {
			tell("failed", map[string]any{"do": wish.Do, "error": err.Error()})
		}
	}
	room.Disconnect()
}

// optionsOf says how to join: over one connection, with layers, with VP8 alone, with a key.
func optionsOf(words []string, echo *Echo) ([]lksdk.ConnectOption, error) {
	var options []lksdk.ConnectOption
	for _, word := range words {
		switch word {
		case "single":
			options = append(options, lksdk.WithSinglePeerConnection())
		case "layers":
			echo.layers = &Layers{sent: map[string]bool{}}
		case "vp8":
			codecs := []livekit.Codec{{Mime: webrtc.MimeTypeOpus}, {Mime: webrtc.MimeTypeVP8}}
			options = append(options, lksdk.WithCodecs(codecs))
		}
		if passphrase, is := strings.CutPrefix(word, "key="); is {
			keys, err := keysOf(passphrase)
			if err != nil {
				return nil, err
			}
			echo.keys = keys
			options = append(options, lksdk.WithDataEncryption(&lksdk.EncryptionOptions{KeyProvider: keys}))
		}
	}
	return options, nil
}

func follow(room *lksdk.Room, echo *Echo, wish Wish) error {
	me := room.LocalParticipant
	switch wish.Do {
	case "echo":
		return echo.publish(wish)
	case "publish layers":
		return echo.publishLayers()
	case "mute":
		echo.mute(wish.Muted)
	case "unpublish":
		return echo.unpublish()
	case "data":
		to := []string{}
		if wish.Identity != "" {
			to = append(to, wish.Identity)
		}
		return me.PublishDataPacket(
			&lksdk.UserDataPacket{Payload: []byte(wish.Text), Topic: wish.Topic},
			lksdk.WithDataPublishReliable(true), lksdk.WithDataPublishDestination(to),
		)
	case "text":
		me.SendText(wish.Text, lksdk.StreamTextOptions{Topic: wish.Topic})
	case "call":
		go func() {
			answer, err := me.PerformRpc(lksdk.PerformRpcParams{
				DestinationIdentity: wish.Identity, Method: wish.Method, Payload: wish.Text,
			})
			if err != nil {
				tell("answer", map[string]any{"error": err.Error()})
				return
			}
			tell("answer", map[string]any{"text": *answer})
		}()
	case "attributes":
		me.SetAttributes(wish.Attributes)
	case "permit":
		me.SetSubscriptionPermission(&livekit.SubscriptionPermission{AllParticipants: wish.Text == "all"})
	case "subscribe":
		return subscribe(room.GetParticipantByIdentity(wish.Identity), wish.Wanted)
	case "size":
		return askForSize(room.GetParticipantByIdentity(wish.Identity), livekit.VideoQuality(wish.Quality))
	case "simulate":
		room.Simulate(lksdk.SimulateScenario(wish.Scenario))
	case "api":
		return askService(context.Background(), wish.Text, room.Name())
	case "rooms":
		return keepRooms(context.Background(), wish.Text)
	case "dispatch":
		return dispatch(context.Background(), wish.Text, room.Name())
	case "invite":
		return invite(wish.Identity, wish.Room, wish.Text)
	case "find opened":
		return findOpened(context.Background(), wish.Room)
	case "try absent":
		tryAbsent(context.Background(), room.Name())
	case "mute theirs":
		return muteTheirs(context.Background(), wish, room.Name())
	default:
		return fmt.Errorf("nobody knows how to %q", wish.Do)
	}
	return nil
}
