/** The list of devices of one kind, opened by the arrow of a control or by a tile. */

import { AudioLines } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { CaptureKind } from "@/features/join/capture";
import type { Preview } from "@/features/join/preview";
import { joinText } from "@/features/join/strings";
import type { DeviceView } from "@/media/device-list";
import { canFilterNoise, noiseChoice } from "@/media/noise-choice";
import { Menu, MenuCaption, MenuChoice, MenuLine, MenuRow, MenuSwitch } from "@/ui/Menu";

export type ListedKind = CaptureKind | "speaker";

interface Listed {
  devices: readonly DeviceView[];
  chosenId: string | undefined;
  fallback: string;
}

/** Devices of one kind, and the one in use: the track's own when the browser chose. */
export function listed(preview: Preview, kind: ListedKind): Listed {
  const text = joinText();
  const { microphones, cameras, speakers } = preview.lists.value;
  const choice = preview.choice.value;
  if (kind === "speaker") {
    return { devices: speakers, chosenId: choice.speakerId, fallback: text.defaultSpeaker };
  }
  const state = preview.state(kind).value;
  const used = state.status === "on" ? state.track.getSettings().deviceId : undefined;
  return kind === "microphone"
    ? {
        devices: microphones,
        chosenId: choice.microphoneId ?? used,
        fallback: text.defaultMicrophone,
      }
    : { devices: cameras, chosenId: choice.cameraId ?? used, fallback: text.defaultCamera };
}

/** Name of the device in use. */
export function deviceInUse(preview: Preview, kind: ListedKind): string {
  const { devices, chosenId, fallback } = listed(preview, kind);
  const device = devices.find((one) => one.id === chosenId) ?? devices[0];
  return device === undefined || device.name === "" ? fallback : device.name;
}

export interface DeviceMenuProps {
  preview: Preview;
  kind: ListedKind;
  side?: "above" | "below";
  buttonClass: string;
  face: ComponentChildren;
  /** True where the button shows the device in use, which its name then says too. */
  showsDevice?: boolean;
}

/** The button and its menu. */
export function DeviceMenu(props: DeviceMenuProps) {
  const { preview, kind, side = "above", buttonClass, face, showsDevice = false } = props;
  const text = joinText();
  const names = {
    microphone: { caption: text.microphones, label: text.chooseMicrophone },
    camera: { caption: text.cameras, label: text.chooseCamera },
    speaker: { caption: text.speakers, label: text.chooseSpeaker },
  }[kind];
  const label = showsDevice ? `${names.label}: ${deviceInUse(preview, kind)}` : names.label;
  const { devices, chosenId, fallback } = listed(preview, kind);
  const chosen = devices.some((one) => one.id === chosenId) ? chosenId : devices[0]?.id;
  return (
    <Menu label={label} side={side} buttonClass={buttonClass} face={face}>
      <MenuCaption>{names.caption}</MenuCaption>
      {devices.length === 0 && <MenuRow aria-disabled="true">{text.noDevice}</MenuRow>}
      {devices.map(({ id, name }) => (
        <MenuChoice key={id} isChosen={id === chosen} onClick={() => void preview.choose(kind, id)}>
          {name === "" ? fallback : name}
        </MenuChoice>
      ))}
      {kind === "microphone" && canFilterNoise && (
        <>
          <MenuLine />
          <MenuSwitch
            icon={<AudioLines size={18} strokeWidth={1.9} aria-hidden="true" />}
            isOn={noiseChoice.isOn}
            onClick={() => noiseChoice.turn(!noiseChoice.isOn)}
          >
            {text.noise}
          </MenuSwitch>
        </>
      )}
    </Menu>
  );
}
