package main

import (
	"context"
	"errors"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	"github.com/twitchtv/twirp"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

// invite makes a token that says how its room is opened, and with which agent.
func invite(identity, room, agent string) error {
	_, key, secret := access()
	token, err := auth.NewAccessToken(key, secret).
		SetIdentity(identity).
		SetVideoGrant(&auth.VideoGrant{RoomJoin: true, Room: room}).
		SetRoomConfig(&livekit.RoomConfiguration{
			Metadata: "by a token",
			Agents:   []*livekit.RoomAgentDispatch{{AgentName: agent, Metadata: "by go"}},
		}).
		ToJWT()
	if err != nil {
		return err
	}
	tell("token", map[string]any{"token": token})
	return nil
}

// findOpened says how a room has been opened.
func findOpened(ctx context.Context, room string) error {
	listed, err := lksdk.NewRoomServiceClient(access()).ListRooms(ctx, &livekit.ListRoomsRequest{Names: []string{room}})
	if err != nil {
		return err
	}
	wishes, err := lksdk.NewAgentDispatchServiceClient(access()).ListDispatch(ctx, &livekit.ListAgentDispatchRequest{Room: room})
	if err != nil {
		return err
	}
	metadata, agents := []string{}, [][]string{}
	for _, each := range listed.Rooms {
		metadata = append(metadata, each.Metadata)
	}
	for _, wish := range wishes.AgentDispatches {
		agents = append(agents, []string{wish.AgentName, wish.Metadata})
	}
	tell("opened", map[string]any{"metadata": metadata, "agents": agents})
	return nil
}

// tryAbsent asks for what the server does not offer.
func tryAbsent(ctx context.Context, room string) {
	_, egress := lksdk.NewEgressClient(access()).StartRoomCompositeEgress(ctx, &livekit.RoomCompositeEgressRequest{RoomName: room})
	_, ingress := lksdk.NewIngressClient(access()).ListIngress(ctx, &livekit.ListIngressRequest{})
	_, sip := lksdk.NewSIPClient(access()).ListSIPInboundTrunk(ctx, &livekit.ListSIPInboundTrunkRequest{})
	codes := map[string]twirp.ErrorCode{}
	for name, err := range map[string]error{"egress": egress, "ingress": ingress, "sip": sip} {
		var failure twirp.Error
		if errors.As(err, &failure) {
			codes[name] = failure.Code()
		}
	}
	tell("absent", map[string]any{"codes": codes})
}
