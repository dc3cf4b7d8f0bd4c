// A participant made with LiveKit's Go client: it does what lines on its input say and tells what happens.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
)

// Wish is one line of the input.
type Wish struct {
	Do         string            `json:"do"`
	Text       string            `json:"text"`
	Topic      string            `json:"topic"`
	Identity   string            `json:"identity"`
	Method     string            `json:"method"`
	Muted      bool              `json:"muted"`
	Wanted     bool              `json:"wanted"`
	Scenario   int               `json:"scenario"`
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
	echo := &Echo{}
	room := lksdk.NewRoom(callbacks(echo))
	var options []lksdk.ConnectOption
	if len(os.Args) > 3 && os.Args[3] == "single" {
		options = append(options, lksdk.WithSinglePeerConnection())
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

func follow(room *lksdk.Room, echo *Echo, wish Wish) error {
	me := room.LocalParticipant
	switch wish.Do {
	case "echo":
		return echo.publish(me, wish.Text == "screen")
	case "mute":
		echo.mute(wish.Muted)
	case "unpublish":
		return echo.unpublish(me)
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
	case "simulate":
		room.Simulate(lksdk.SimulateScenario(wish.Scenario))
	case "api":
		return askService(context.Background(), wish.Text, room.Name())
	case "rooms":
		return keepRooms(context.Background(), wish.Text)
	case "dispatch":
		return dispatch(context.Background(), wish.Text, room.Name())
	case "mute theirs":
		return muteTheirs(context.Background(), wish, room.Name())
	default:
		return fmt.Errorf("nobody knows how to %q", wish.Do)
	}
	return nil
}
