/** The settings with which we connect: layered VP8, Opus that pauses in silence, and pictures no larger than their element. */
import { LogLevel, Room, ScreenSharePresets, setLogLevel, VideoPresets } from "livekit-client";

export interface DeviceIds {
  microphoneId?: string;
  cameraId?: string;
  speakerId?: string;
}

// What livekit-client tells at its lower levels is of no use to people and names rooms.
setLogLevel(LogLevel.warn);

/** A room that is not connected yet. */
export function createRoom(devices: DeviceIds): Room {
  return new Room({
    // Nobody is in sooner over one connection (docs/decisions/0041); the server speaks for one as well.
    singlePeerConnection: false,
    adaptiveStream: true,
    dynacast: true,
    audioCaptureDefaults: {
      ...(devices.microphoneId === undefined ? {} : { deviceId: devices.microphoneId }),
    },
    videoCaptureDefaults: {
      resolution: VideoPresets.h720.resolution,
      ...(devices.cameraId === undefined ? {} : { deviceId: devices.cameraId }),
    },
    audioOutput: { ...(devices.speakerId === undefined ? {} : { deviceId: devices.speakerId }) },
    publishDefaults: {
      videoCodec: "vp8",
      backupCodec: false,
      simulcast: true,
      videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
      // Text on a shared screen stays readable also in the smaller layer.
      screenShareSimulcastLayers: [ScreenSharePresets.h720fps15],
      dtx: true,
      red: false,
    },
  });
}
