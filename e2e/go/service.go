package main

import (
	"context"
	"os"

	"github.com/livekit/protocol/livekit"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

// access is how a back end reaches the server.
func access() (url, key, secret string) {
	return os.Getenv("LIVEKIT_URL"), os.Getenv("LIVEKIT_API_KEY"), os.Getenv("LIVEKIT_API_SECRET")
}

// askService says to the server API whatever a back end says, in the room of the participant.
func askService(ctx context.Context, identity, room string) error {
	rooms := lksdk.NewRoomServiceClient(access())
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

// keepRooms creates a room, finds it in the list and deletes it.
func keepRooms(ctx context.Context, name string) error {
	rooms := lksdk.NewRoomServiceClient(access())
	made, err := rooms.CreateRoom(ctx, &livekit.CreateRoomRequest{Name: name, Metadata: "made by go"})
	if err != nil {
		return err
	}
	wanted := &livekit.ListRoomsRequest{Names: []string{name}}
	listed, err := rooms.ListRooms(ctx, wanted)
	if err != nil {
		return err
	}
	if _, err = rooms.DeleteRoom(ctx, &livekit.DeleteRoomRequest{Room: name}); err != nil {
		return err
	}
	left, err := rooms.ListRooms(ctx, wanted)
	if err != nil {
		return err
	}
	tell("rooms", map[string]any{
		"sid": made.Sid, "metadata": made.Metadata, "listed": sidsOf(listed), "left": sidsOf(left),
	})
	return nil
}

func sidsOf(rooms *livekit.ListRoomsResponse) []string {
	sids := []string{}
	for _, room := range rooms.Rooms {
		sids = append(sids, room.Sid)
	}
	return sids
}

// dispatch asks for an agent, finds the wish in the list and takes it back.
func dispatch(ctx context.Context, agent, room string) error {
	agents := lksdk.NewAgentDispatchServiceClient(access())
	made, err := agents.CreateDispatch(ctx, &livekit.CreateAgentDispatchRequest{AgentName: agent, Room: room, Metadata: "by go"})
	if err != nil {
		return err
	}
	found, err := agents.GetDispatch(ctx, made.Id, room)
	if err != nil {
		return err
	}
	if _, err = agents.DeleteDispatch(ctx, &livekit.DeleteAgentDispatchRequest{DispatchId: made.Id, Room: room}); err != nil {
		return err
	}
	left, err := agents.GetDispatch(ctx, made.Id, room)
	if err != nil {
		return err
	}
	tell("dispatch", map[string]any{
		"agent": found.GetAgentName(), "metadata": found.GetMetadata(), "isLeft": left != nil,
	})
	return nil
}

// muteTheirs mutes a track as a moderator does.
func muteTheirs(ctx context.Context, wish Wish, room string) error {
	rooms := lksdk.NewRoomServiceClient(access())
	muted, err := rooms.MutePublishedTrack(ctx, &livekit.MuteRoomTrackRequest{
		Room: room, Identity: wish.Identity, TrackSid: wish.Text, Muted: true,
	})
	if err != nil {
		return err
	}
	tell("muted theirs", map[string]any{"sid": muted.Track.Sid, "muted": muted.Track.Muted})
	return nil
}
