/** The devices one speaks into and hears from, with a sign of life of each. */
import type { ReadonlySignal } from "@preact/signals";
import { AudioLines, ChevronUp, Volume2 } from "lucide-preact";
import { canFilterNoise, noiseChoice } from "@/media/noise-choice";
import type { Session } from "@/media/session";
import { playTone } from "@/media/tone";
import { Menu, MenuLine, MenuRow, MenuSwitch } from "@/ui/Menu";
import { DeviceRows } from "./DeviceRows";
import { SettingsRow } from "./SettingsRow";
import { soundText } from "./sound-strings";
import { meetingText } from "./strings";
import { WideMeter } from "./WideMeter";

const ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

interface SoundMenuProps {
  session: Session;
  level: ReadonlySignal<number>;
}

/** The speaker that was chosen, if one was. */
export function chosenSpeaker(session: Session): string | undefined {
  const id = session.devices.active.peek().audiooutput;
  return id === "default" ? undefined : id;
}

/** The menu beside the microphone. */
export function SoundMenu({ session, level }: SoundMenuProps) {
  const t = soundText();
  const isHeard = session.own.microphone.state.value.isOn;
  return (
    <Menu
      label={meetingText().soundDevices}
      side="above"
      buttonClass="bar-split-more"
      face={<ChevronUp size={16} strokeWidth={2} aria-hidden="true" />}
      onOpen={() => void session.devices.refresh()}
    >
      <DeviceRows
        session={session}
        kind="audioinput"
        underChosen={isHeard && <WideMeter level={level.value} />}
      />
      <MenuLine />
      {session.canChooseSpeaker && <DeviceRows session={session} kind="audiooutput" />}
      <MenuRow icon={<Volume2 {...ICON} />} onClick={() => void playTone(chosenSpeaker(session))}>
        {t.test}
      </MenuRow>
      {canFilterNoise && (
        <>
          <MenuLine />
          <MenuSwitch
            icon={<AudioLines {...ICON} />}
            isOn={noiseChoice.isOn}
            onClick={() => void session.noise.turn(!noiseChoice.isOn)}
          >
            {t.noise}
          </MenuSwitch>
        </>
      )}
      <SettingsRow />
    </Menu>
  );
}
