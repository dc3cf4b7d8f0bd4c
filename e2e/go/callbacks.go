package main

import (
	"github.com/pion/webrtc/v4"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

func callbacks(echo *Echo) *lksdk.RoomCallback {
	return &lksdk.RoomCallback{
		OnParticipantConnected: func(p *lksdk.RemoteParticipant) {
			tell("came", map[string]any{"identity": p.Identity()})
		},
		OnParticipantDisconnected: func(p *lksdk.RemoteParticipant) {
			tell("went", map[string]any{"identity": p.Identity()})
		},
		OnReconnecting: func() { tell("reconnecting", nil) },
		OnReconnected:  func() { tell("reconnected", nil) },
		OnDisconnectedWithReason: func(reason lksdk.DisconnectionReason) {
			tell("disconnected", map[string]any{"reason": string(reason)})
		},
		OnRoomMetadataChanged: func(metadata string) {
			tell("room metadata", map[string]any{"text": metadata})
		},
		ParticipantCallback: lksdk.ParticipantCallback{
			OnTrackSubscribed: func(track *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication, p *lksdk.RemoteParticipant) {
				tell("subscribed", map[string]any{
					"from": p.Identity(), "kind": track.Kind().String(), "sid": pub.SID(),
					"mime": track.Codec().MimeType, "published": pub.MimeType(),
				})
				go echo.read(track, pub)
			},
			OnTrackUnsubscribed: func(_ *webrtc.TrackRemote, pub *lksdk.RemoteTrackPublication, p *lksdk.RemoteParticipant) {
				tell("unsubscribed", map[string]any{"from": p.Identity(), "sid": pub.SID()})
			},
			OnLocalTrackUnpublished: func(pub *lksdk.LocalTrackPublication, _ *lksdk.LocalParticipant) {
				tell("unpublished", map[string]any{"sid": pub.SID()})
			},
			OnTrackMuted: func(pub lksdk.TrackPublication, p lksdk.Participant) {
				tell("muted", map[string]any{"identity": p.Identity(), "sid": pub.SID()})
			},
			OnTrackUnmuted: func(pub lksdk.TrackPublication, p lksdk.Participant) {
				tell("unmuted", map[string]any{"identity": p.Identity(), "sid": pub.SID()})
			},
			OnAttributesChanged: func(changed map[string]string, p lksdk.Participant) {
				tell("attributes", map[string]any{"identity": p.Identity(), "changed": changed})
			},
			OnDataPacket: func(data lksdk.DataPacket, params lksdk.DataReceiveParams) {
				if user, ok := data.(*lksdk.UserDataPacket); ok {
					tell("data", map[string]any{"text": string(user.Payload), "topic": user.Topic, "from": params.SenderIdentity})
				}
			},
		},
	}
}
