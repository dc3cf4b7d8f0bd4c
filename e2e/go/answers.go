package main

import (
	"fmt"

	"github.com/livekit/protocol/livekit"

	lksdk "github.com/livekit/server-sdk-go/v2"
)

// answer says what is done with streams and calls that come in.
func answer(room *lksdk.Room) error {
	if err := room.RegisterTextStreamHandler("greetings", func(r *lksdk.TextStreamReader, from string) {
		tell("text", map[string]any{"text": r.ReadAll(), "from": from})
	}); err != nil {
		return err
	}
	if err := room.RegisterByteStreamHandler("files", func(r *lksdk.ByteStreamReader, from string) {
		returnFile(room.LocalParticipant, r, from)
	}); err != nil {
		return err
	}
	return room.RegisterRpcMethod("shout", func(call lksdk.RpcInvocationData) (string, error) {
		return call.Payload + "!", nil
	})
}

// returnFile sends a file back to whom it is from, under its own name and type.
func returnFile(me *lksdk.LocalParticipant, file *lksdk.ByteStreamReader, from string) {
	contents := file.ReadAll()
	tell("file", map[string]any{
		"name": file.Info.Name, "type": file.Info.MimeType, "size": len(contents), "from": from,
	})
	writer := me.StreamBytes(lksdk.StreamBytesOptions{
		Topic: file.Info.Topic, MimeType: file.Info.MimeType, FileName: file.Info.Name,
		TotalSize: uint64(len(contents)), DestinationIdentities: []string{from},
	})
	done := writer.Close
	writer.Write(contents, &done)
}

// subscribe says whether all that somebody publishes is wanted.
func subscribe(somebody *lksdk.RemoteParticipant, wanted bool) error {
	if somebody == nil {
		return fmt.Errorf("the participant is not there")
	}
	for _, publication := range somebody.TrackPublications() {
		if remote, ok := publication.(*lksdk.RemoteTrackPublication); ok {
			if err := remote.SetSubscribed(wanted); err != nil {
				return err
			}
		}
	}
	return nil
}

// askForSize wishes for a size of every picture of somebody.
func askForSize(somebody *lksdk.RemoteParticipant, quality livekit.VideoQuality) error {
	if somebody == nil {
		return fmt.Errorf("the participant is not there")
	}
	for _, publication := range somebody.TrackPublications() {
		if remote, ok := publication.(*lksdk.RemoteTrackPublication); ok && remote.Kind() == lksdk.TrackKindVideo {
			if err := remote.SetVideoQuality(quality); err != nil {
				return err
			}
		}
	}
	return nil
}
