/** The page around this one, when a meeting is shown in a frame: its settings, its commands, and telling it. */

import type { Command, Greeting, Happening, Settings } from "@/lib/embedding";

/** The other end of the channel. */
export interface Embedder {
  settings: Settings;
  tell: (happening: Happening) => void;
  /** Calls back for every command until the returned function is called. */
  listen: (onCommand: (command: Command) => void) => () => void;
}

const DEVICES: ReadonlySet<unknown> = new Set(["microphone", "camera", "share"]);

/** Greets whoever shows this page and resolves once they answer; never, when nobody does.
 *
 * The browser shows it only on pages that the server allows (frame-ancestors), so whoever answers may. */
export function meetEmbedder(here: Window): Promise<Embedder> {
  return new Promise((resolve) => {
    const answer = ({ source, data, ports }: MessageEvent<unknown>) => {
      const [port] = ports;
      if (source !== here.parent || port === undefined || !isSettings(data)) {
        return;
      }
      here.removeEventListener("message", answer);
      resolve(speakOver(port, data));
    };
    here.addEventListener("message", answer);
    const greeting: Greeting = { type: "jumpa-ready" };
    here.parent.postMessage(greeting, "*");
  });
}

function speakOver(port: MessagePort, settings: Settings): Embedder {
  return {
    settings,
    tell: (happening) => port.postMessage(happening),
    listen(onCommand) {
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (isCommand(data)) {
          onCommand(data);
        }
      };
      return () => {
        port.onmessage = null;
      };
    },
  };
}

const isText = (value: unknown): boolean => value === undefined || typeof value === "string";

function isSettings(said: unknown): said is Settings {
  if (typeof said !== "object" || said === null) {
    return false;
  }
  const { type, name, token, language, microphone, camera } = said as Record<string, unknown>;
  const areFlags = typeof microphone === "boolean" && typeof camera === "boolean";
  return type === "jumpa-settings" && areFlags && [name, token, language].every(isText);
}

function isCommand(said: unknown): said is Command {
  if (typeof said !== "object" || said === null) {
    return false;
  }
  const { type, device, isOn } = said as Record<string, unknown>;
  return type === "leave" || (type === "turn" && DEVICES.has(device) && typeof isOn === "boolean");
}
