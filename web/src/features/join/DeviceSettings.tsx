/** The devices of meetings, outside of one: tried here, and kept for the next. */

import "@/features/join/join.css";
import "@/features/join/device-settings.css";
import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { browserCapture } from "@/features/join/capture";
import { type ListedKind, listed } from "@/features/join/DeviceMenu";
import { deviceText } from "@/features/join/device-strings";
import { keepDevices, keptDevices } from "@/features/join/kept";
import { useLevel } from "@/features/join/level";
import { PreviewView } from "@/features/join/PreviewView";
import { Preview } from "@/features/join/preview";
import { useSilence } from "@/features/join/silence";
import { joinText } from "@/features/join/strings";
import { readPlatform } from "@/lib/platform";
import { canFilterNoise, noiseChoice } from "@/media/noise-choice";
import { playTone } from "@/media/tone";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { LevelMeter } from "@/ui/LevelMeter";
import { Switch } from "@/ui/Switch";

/** Cameras light up only for those who gave leave before; everybody else presses for it. */
async function isAllowed(): Promise<boolean> {
  try {
    const names = ["camera", "microphone"] as PermissionName[];
    const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return states.every(({ state }) => state === "granted");
  } catch {
    // Some browsers do not tell about these permissions.
    return false;
  }
}

interface Trial {
  preview: Preview;
  /** Asks for the devices that are wanted; undefined once that was done, or where none is. */
  begin: (() => void) | undefined;
}

function useTrial(): Trial {
  const [hasBegun, setBegun] = useState(false);
  const preview = useMemo(() => {
    const { system } = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
    return new Preview(browserCapture(), system, keptDevices());
  }, []);
  const begin = () => {
    setBegun(true);
    keepDevices(preview.choice.peek());
    void preview.begin();
  };
  useEffect(() => {
    let isOver = false;
    void isAllowed().then((may) => {
      if (may && !isOver) {
        begin();
      }
    });
    const before = preview.choice.peek();
    const stop = effect(() => {
      // Whoever only looks at the page has tried and chosen nothing.
      if (preview.choice.value !== before) {
        keepDevices(preview.choice.value);
      }
    });
    return () => {
      isOver = true;
      stop();
      preview.end();
    };
  }, [preview]);
  const { camera, microphone } = preview.choice.value;
  return { preview, begin: hasBegun || !(camera || microphone) ? undefined : begin };
}

/** The cards; `name` stands where there is no picture. */
export function DeviceSettings({ name }: { name: string }) {
  const text = deviceText();
  const { preview, begin } = useTrial();
  const level = useLevel(preview.state("microphone").value);
  return (
    <>
      <section class="card device-card device-picture" aria-label={text.camera}>
        <PreviewView preview={preview} level={level} name={name} />
        <div class="device-fields">
          {begin !== undefined && (
            <div class="device-ready">
              <Button kind="primary" onClick={begin}>
                {text.ready}
              </Button>
              <p class="field-hint">{text.readyLine}</p>
            </div>
          )}
          <DeviceChoice preview={preview} kind="camera" label={text.camera} />
          <Switch
            label={text.cameraOnJoin}
            hint={text.onJoinHint}
            isOn={preview.choice.value.camera}
            onTurn={(isOn) => preview.want({ camera: isOn })}
          />
        </div>
      </section>
      <div class="device-pair">
        <MicrophoneCard preview={preview} level={level} />
        <SpeakerCard preview={preview} />
      </div>
    </>
  );
}

interface DeviceChoiceProps {
  preview: Preview;
  kind: ListedKind;
  label: string;
  hint?: string;
}

function DeviceChoice({ preview, kind, label, hint }: DeviceChoiceProps) {
  const { devices, chosenId, fallback } = listed(preview, kind);
  const options = devices.map(({ id, name }) => [id, name === "" ? fallback : name] as const);
  return (
    <Choice
      label={label}
      {...(hint !== undefined && { hint })}
      value={devices.some(({ id }) => id === chosenId) ? (chosenId ?? "") : (devices[0]?.id ?? "")}
      options={options.length > 0 ? options : [["", fallback]]}
      onValue={(id) => id !== "" && void preview.choose(kind, id)}
    />
  );
}

interface MicrophoneCardProps {
  preview: Preview;
  level: ReadonlySignal<number>;
}

function MicrophoneCard({ preview, level }: MicrophoneCardProps) {
  const text = deviceText();
  const isOn = preview.state("microphone").value.status === "on";
  const isSilent = useSilence(level, isOn);
  const said = isSilent ? joinText().silent : text.speak;
  return (
    <section class="card device-card" aria-label={text.microphone}>
      <DeviceChoice preview={preview} kind="microphone" label={text.microphone} />
      <Meter level={level} />
      <p class="field-hint" role="status">
        {isOn ? said : text.microphoneIsOff}
      </p>
      <Switch
        label={text.microphoneOnJoin}
        hint={text.onJoinHint}
        isOn={preview.choice.value.microphone}
        onTurn={(wanted) => preview.want({ microphone: wanted })}
      />
      {canFilterNoise && (
        <Switch
          label={joinText().noise}
          hint={text.noiseHint}
          isOn={noiseChoice.isOn}
          onTurn={(wanted) => noiseChoice.turn(wanted)}
        />
      )}
    </section>
  );
}

function Meter({ level }: { level: ReadonlySignal<number> }) {
  return <LevelMeter level={level.value} bars={24} />;
}

function SpeakerCard({ preview }: { preview: Preview }) {
  const text = deviceText();
  const [isPlaying, setPlaying] = useState(false);
  const play = async () => {
    setPlaying(true);
    await playTone(preview.choice.value.speakerId).finally(() => setPlaying(false));
  };
  return (
    <section class="card device-card" aria-label={text.speaker}>
      <DeviceChoice preview={preview} kind="speaker" label={text.speaker} hint={text.speakerHint} />
      <div>
        <Button busy={isPlaying && joinText().testing} onClick={() => void play()}>
          {text.playTone}
        </Button>
      </div>
    </section>
  );
}
