/** The three devices below the picture, each with its sign of life. */

import type { ReadonlySignal } from "@preact/signals";
import { ChevronDown, Mic, TriangleAlert, Video, Volume2 } from "lucide-preact";
import { useState } from "preact/hooks";
import type { CaptureKind } from "@/features/join/capture";
import { DeviceMenu, deviceInUse } from "@/features/join/DeviceMenu";
import { tileTitle } from "@/features/join/help";
import type { Preview } from "@/features/join/preview";
import { useSilence } from "@/features/join/silence";
import { joinText } from "@/features/join/strings";
import { classes } from "@/lib/class";
import { playTone } from "@/media/tone";
import { LevelMeter } from "@/ui/LevelMeter";

interface DeviceTilesProps {
  preview: Preview;
  level: ReadonlySignal<number>;
}

/** Microphone with its level, camera, and speaker with a test tone. */
export function DeviceTiles({ preview, level }: DeviceTilesProps) {
  const isSilent = useSilence(level, preview.state("microphone").value.status === "on");
  return (
    <>
      <div class="devices">
        <CaptureTile preview={preview} kind="microphone" level={level} />
        <CaptureTile preview={preview} kind="camera" />
        <SpeakerTile preview={preview} />
      </div>
      <p class="device-hint" role="status">
        {isSilent && joinText().silent}
      </p>
    </>
  );
}

interface CaptureTileProps {
  preview: Preview;
  kind: CaptureKind;
  level?: ReadonlySignal<number>;
}

function CaptureTile({ preview, kind, level }: CaptureTileProps) {
  const state = preview.state(kind).value;
  const isFailed = state.status === "failed";
  const isCamera = kind === "camera";
  const Icon = isFailed ? TriangleAlert : isCamera ? Video : Mic;
  const face = (
    <>
      <Icon size={18} strokeWidth={1.9} aria-hidden="true" />
      <span class="grow truncate">
        {isFailed ? tileTitle(kind, state.failure) : deviceInUse(preview, kind)}
      </span>
      {level === undefined && !isFailed && (
        <ChevronDown size={16} strokeWidth={2} aria-hidden="true" />
      )}
      {level !== undefined && !isFailed && <Meter level={level} />}
    </>
  );
  return (
    <div class={classes("device", isCamera && "device-camera", isFailed && "device-warned")}>
      {isFailed ? (
        <button type="button" class="device-button" onClick={() => void preview.toggle(kind)}>
          {face}
        </button>
      ) : (
        <DeviceMenu
          preview={preview}
          kind={kind}
          side="below"
          buttonClass="device-button"
          showsDevice
          face={face}
        />
      )}
    </div>
  );
}

function Meter({ level }: { level: ReadonlySignal<number> }) {
  return <LevelMeter level={level.value} />;
}

function SpeakerTile({ preview }: { preview: Preview }) {
  const text = joinText();
  const [isPlaying, setPlaying] = useState(false);
  const play = async () => {
    setPlaying(true);
    await playTone(preview.choice.value.speakerId);
    setPlaying(false);
  };
  const name = (
    <>
      <Volume2 size={18} strokeWidth={1.9} aria-hidden="true" />
      <span class="grow truncate">{deviceInUse(preview, "speaker")}</span>
    </>
  );
  return (
    <div class="device">
      {preview.lists.value.speakers.length > 1 ? (
        <DeviceMenu
          preview={preview}
          kind="speaker"
          side="below"
          buttonClass="device-button"
          showsDevice
          face={name}
        />
      ) : (
        <span class="device-button device-fixed">{name}</span>
      )}
      <button
        type="button"
        class="device-test"
        aria-label={isPlaying ? text.testing : text.testLabel}
        disabled={isPlaying}
        onClick={() => void play()}
      >
        {text.test}
      </button>
    </div>
  );
}
