/** Tells the page around this frame what happens in the meeting, and does what it asks. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { Embedder } from "@/lib/embedder";
import type { Device } from "@/lib/embedding";
import type { ParticipantView } from "@/media/participants";
import type { Session } from "@/media/session";

interface Inside {
  session: Session;
  self: ReadonlySignal<ParticipantView | undefined>;
}

const DEVICES: readonly Device[] = ["microphone", "camera", "share"];

/** Until the returned function is called. */
export function serveEmbedder({ session, self }: Inside, embedder: Embedder): () => void {
  let isInside = false;
  const stops = [
    embedder.listen((command) => {
      if (command.type === "leave") {
        void session.leave();
      } else {
        void session.own.turn(command.device, command.isOn);
      }
    }),
    session.listen((event) => {
      if (event.kind === "joined" || event.kind === "left") {
        const { kind, identity, name } = event;
        embedder.tell({ type: `participant-${kind}`, detail: { identity, name } });
      } else if (event.kind === "problem") {
        const { device, problem } = event;
        embedder.tell({ type: "error", detail: { code: `${device}_${problem}`, message: "" } });
      } else if (event.kind === "closed") {
        embedder.tell({ type: "left", detail: { reason: event.reason } });
      }
    }),
    effect(() => {
      const me = self.value;
      if (!isInside && me !== undefined && session.connection.value === "connected") {
        isInside = true;
        embedder.tell({ type: "joined", detail: { identity: me.identity, name: me.name } });
      }
    }),
    ...DEVICES.map((device) => {
      let told = false;
      return effect(() => {
        const { isOn } = session.own[device].state.value;
        if (isOn !== told) {
          told = isOn;
          embedder.tell({ type: "device-changed", detail: { device, isOn } });
        }
      });
    }),
  ];
  return () => {
    for (const stop of stops) {
      stop();
    }
  };
}
