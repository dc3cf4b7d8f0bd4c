/** The picture people will send, with the two controls on its lower edge. */

import type { ReadonlySignal } from "@preact/signals";
import { ChevronUp, Mic, MicOff, Video, VideoOff } from "lucide-preact";
import { BackgroundControl, BackgroundTag } from "@/features/join/BackgroundControl";
import { useBackdrop } from "@/features/join/backdrop";
import type { CaptureKind } from "@/features/join/capture";
import { DeviceMenu } from "@/features/join/DeviceMenu";
import { HelpView } from "@/features/join/Help";
import { helpFor } from "@/features/join/help";
import { Picture } from "@/features/join/Picture";
import type { CaptureState, Preview } from "@/features/join/preview";
import { joinText } from "@/features/join/strings";
import { readPlatform } from "@/lib/platform";
import { Avatar } from "@/ui/Avatar";
import { SplitBarButton } from "@/ui/BarButton";

interface PreviewViewProps {
  preview: Preview;
  level: ReadonlySignal<number>;
  name: string;
}

/** Picture, help or avatar; never empty. */
export function PreviewView({ preview, level, name }: PreviewViewProps) {
  const camera = preview.state("camera").value;
  const microphone = preview.state("microphone").value;
  const platform = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
  const help = camera.status === "on" ? undefined : helpFor(camera, microphone, platform);
  const picture = useBackdrop(camera.status === "on" ? camera.track : undefined);
  return (
    <div class="preview stage-focus">
      {picture.track !== undefined && <Picture track={picture.track} />}
      <BackgroundTag picture={picture} />
      {camera.status !== "on" && help === undefined && <Empty camera={camera} name={name} />}
      {help !== undefined && (
        <HelpView help={help} onRetry={() => void retry(preview, help.kinds)} />
      )}
      <div class="preview-controls">
        <Control preview={preview} kind="microphone" level={level} />
        <Control preview={preview} kind="camera" />
        <BackgroundControl picture={picture} />
      </div>
    </div>
  );
}

async function retry(preview: Preview, kinds: readonly CaptureKind[]): Promise<void> {
  for (const kind of kinds) {
    await preview.toggle(kind);
  }
}

function Empty({ camera, name }: { camera: CaptureState; name: string }) {
  const text = joinText();
  return (
    <div class="preview-empty">
      {name.trim() !== "" && <Avatar name={name} size={104} />}
      <span>{camera.status === "asking" ? text.asking : text.cameraIsOff}</span>
    </div>
  );
}

interface ControlProps {
  preview: Preview;
  kind: CaptureKind;
  level?: ReadonlySignal<number>;
}

function Control({ preview, kind, level }: ControlProps) {
  const text = joinText();
  const { status } = preview.state(kind).value;
  const isOn = status === "on" || status === "asking";
  const isCamera = kind === "camera";
  const labels = isCamera
    ? { on: text.cameraOff, off: text.cameraOn, failed: text.allowCamera }
    : { on: text.microphoneOff, off: text.microphoneOn, failed: text.allowMicrophone };
  const Icon = isCamera ? (isOn ? Video : VideoOff) : isOn ? Mic : MicOff;
  const state = status === "failed" ? "warned" : isOn ? "on" : "off";
  return (
    <SplitBarButton
      label={isOn ? labels.on : status === "failed" ? labels.failed : labels.off}
      shortcut={isCamera ? "E" : "D"}
      state={state}
      level={level?.value ?? undefined}
      busy={status === "asking"}
      onPress={() => void preview.toggle(kind)}
      more={
        <DeviceMenu
          preview={preview}
          kind={kind}
          buttonClass="bar-split-more"
          face={<ChevronUp size={16} strokeWidth={2} aria-hidden="true" />}
        />
      }
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
    </SplitBarButton>
  );
}
