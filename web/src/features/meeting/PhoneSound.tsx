/** Rows of a phone's sheet about sound: the own level, a tone to hear, a filter for noise. */
import type { ReadonlySignal } from "@preact/signals";
import { AudioLines, Mic, Volume2 } from "lucide-preact";
import { canFilterNoise, noiseChoice } from "@/media/noise-choice";
import type { Session } from "@/media/session";
import { playTone } from "@/media/tone";
import { Switch } from "@/ui/Switch";
import { chosenSpeaker } from "./SoundMenu";
import { soundText } from "./sound-strings";
import { WideMeter } from "./WideMeter";

const ROW_ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

interface PhoneSoundProps {
  session: Session;
  level: ReadonlySignal<number>;
}

/** What the menu beside the microphone has on a large screen. */
export function PhoneSound({ session, level }: PhoneSoundProps) {
  const t = soundText();
  return (
    <>
      {session.own.microphone.state.value.isOn && (
        <div class="sheet-row">
          <Mic {...ROW_ICON} />
          <span class="grow">{t.level}</span>
          <WideMeter level={level.value} />
        </div>
      )}
      <button type="button" class="sheet-row" onClick={() => void playTone(chosenSpeaker(session))}>
        <Volume2 {...ROW_ICON} />
        {t.test}
      </button>
      {canFilterNoise && (
        <div class="sheet-switch">
          <AudioLines {...ROW_ICON} />
          <Switch
            label={t.noise}
            hint={t.noiseHint}
            isOn={noiseChoice.isOn}
            onTurn={(isOn) => void session.noise.turn(isOn)}
          />
        </div>
      )}
    </>
  );
}
