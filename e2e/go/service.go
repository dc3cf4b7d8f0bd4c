package main

import (
	"context"
	"os"

	"github.com/livekit/protocol/livekit"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

// askService says to the server API whatever a back end says, in the room of the participant.
func askService(ctx context.Context, identity, room string) error {
	url, key, secret := os.Getenv("LIVEKIT_URL"), os.Getenv("LIVEKIT_API_KEY"), os.Getenv("LIVEKIT_API_SECRET")
	rooms := lksdk.NewRoomServiceClient(url, key, secret)
	listed, err := rooms.ListRooms(ctx, &livekit.ListRoomsRequest{Names: []string{room}})
	if err != nil {
		return err
	}
	people, err := rooms.ListParticipants(ctx, &livekit.ListParticipantsRequest{Room: room})
	if err != nil {
		return err
	}
	changed, err := rooms.UpdateParticipant(ctx, &livekit.UpdateParticipantRequest{
		Room: room, Identity: identity, Attributes: map[string]string{"by": "go"},
	})
	if err != nil {
		return err
	}
	updated, err := rooms.UpdateRoomMetadata(ctx, &livekit.UpdateRoomMetadataRequest{Room: room, Metadata: "from go"})
	if err != nil {
		return err
	}
	if _, err = rooms.SendData(ctx, &livekit.SendDataRequest{Room: room, Data: []byte("from the service")}); err != nil {
		return err
	}
	if _, err = rooms.RemoveParticipant(ctx, &livekit.RoomParticipantIdentity{Room: room, Identity: identity}); err != nil {
		return err
	}
	_, absent := rooms.GetParticipant(ctx, &livekit.RoomParticipantIdentity{Room: room, Identity: "nobody"})
	tell("service", map[string]any{
		"rooms": len(listed.Rooms), "people": len(people.Participants), "attributes": changed.Attributes,
		"metadata": updated.Metadata, "absent": absent != nil,
	})
	return nil
}
