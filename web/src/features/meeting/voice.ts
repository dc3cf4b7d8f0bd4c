/** The own voice: a hint when one talks while muted, and talking by a held key. */
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { hasSingleKeys, shortcutKeys } from "@/lib/shortcut-keys";
import { watchMutedVoice } from "@/media/muted-voice";
import { type Acting, selfOf } from "./acting";
import { useHoldToTalk } from "./hold-to-talk";
import { soundText } from "./sound-strings";

/** Says that the microphone is off to someone who talks into it; once for each time it is off. */
function useMutedHint({ session, state }: Acting): void {
  useEffect(() => {
    let stopWatching = (): void => undefined;
    const stop = effect(() => {
      const { isOn } = session.own.microphone.state.value;
      stopWatching();
      stopWatching = () => undefined;
      const track = isOn ? undefined : session.own.microphoneTrack();
      if (track === undefined || track.readyState === "ended") {
        state.news.retract("talking");
        return;
      }
      stopWatching = watchMutedVoice(track, () => {
        if (selfOf(session)?.rights.speak !== false) {
          state.news.tell({
            kind: "talking",
            text: soundText().talking,
            tone: "plain",
            action: {
              label: soundText().turnOn,
              run: () => void session.own.turn("microphone", true),
            },
          });
        }
      });
    });
    return () => {
      stop();
      stopWatching();
    };
  }, [session, state]);
}

/** Both, for one meeting. */
export function useOwnVoice(acting: Acting): void {
  const { session, announcer } = acting;
  useMutedHint(acting);
  useHoldToTalk({
    otherKey: () => (hasSingleKeys.isOn ? shortcutKeys.now.peek().talk : ""),
    mayTalk: () => {
      const isConnected = session.connection.peek() === "connected";
      const isMuted = !session.own.microphone.state.peek().isOn;
      return isConnected && isMuted && selfOf(session)?.rights.speak === true;
    },
    onTalk: (isTalking) => {
      void session.own.turn("microphone", isTalking);
      if (isTalking) {
        announcer.say(soundText().holding);
      }
    },
  });
}
