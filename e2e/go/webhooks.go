package main

import (
	"io"
	"net"
	"net/http"
	"os"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/webhook"
)

// takeWebhooks tells each event that the secret vouches for, until the input ends.
func takeWebhooks() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tell("failed", map[string]any{"error": err.Error()})
		return
	}
	tell("listening", map[string]any{"port": listener.Addr().(*net.TCPAddr).Port})
	_, key, secret := access()
	keys := auth.NewSimpleKeyProvider(key, secret)
	go http.Serve(listener, http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		event, err := webhook.ReceiveWebhookEvent(request, keys)
		if err != nil {
			tell("forged", map[string]any{"error": err.Error()})
			http.Error(response, err.Error(), http.StatusUnauthorized)
			return
		}
		tell("webhook", map[string]any{
			"name": event.GetEvent(), "room": event.GetRoom().GetName(),
			"identity": event.GetParticipant().GetIdentity(), "track": event.GetTrack().GetSid(),
		})
	}))
	_, _ = io.Copy(io.Discard, os.Stdin)
}
