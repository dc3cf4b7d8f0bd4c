import { afterEach, describe, expect, it, vi } from "vitest";
import { meetEmbedder } from "@/lib/embedder";
import type { Command, Happening } from "@/lib/embedding";

const SETTINGS = { type: "jumpa-settings", microphone: true, camera: false };

function frame() {
  const around = { postMessage: vi.fn() };
  const heard = new Set<(event: MessageEvent) => void>();
  const here = {
    parent: around,
    addEventListener: (_: string, listener: (event: MessageEvent) => void) => heard.add(listener),
    removeEventListener: (_: string, listener: (event: MessageEvent) => void) =>
      heard.delete(listener),
  };
  const say = (source: unknown, data: unknown, ports: unknown[]) => {
    for (const listener of heard) {
      listener({ source, data, ports } as unknown as MessageEvent);
    }
  };
  return { around, heard, say, here: here as unknown as Window };
}

describe("meeting the page around", () => {
  const channels: MessageChannel[] = [];
  const channel = () => {
    const opened = new MessageChannel();
    channels.push(opened);
    return opened;
  };
  afterEach(() => {
    for (const { port1, port2 } of channels.splice(0)) {
      port1.close();
      port2.close();
    }
  });

  it("greets whoever is there with nothing to hide", () => {
    const { around, here } = frame();
    void meetEmbedder(here);
    expect(around.postMessage).toHaveBeenCalledWith({ type: "jumpa-ready" }, "*");
  });

  it("hears its parent alone, and only settings that are whole", async () => {
    const { around, heard, say, here } = frame();
    const met = meetEmbedder(here);
    const { port2 } = channel();
    say({}, SETTINGS, [port2]);
    say(around, SETTINGS, []);
    say(around, null, [port2]);
    say(around, "jumpa-settings", [port2]);
    say(around, { ...SETTINGS, token: 7 }, [port2]);
    say(around, { ...SETTINGS, camera: "on" }, [port2]);
    expect(heard.size).toBe(1);
    say(around, { ...SETTINGS, token: "t" }, [port2]);
    expect((await met).settings.token).toBe("t");
    expect(heard.size).toBe(0);
  });

  it("tells what happens and does what is asked, until told to stop", async () => {
    const { around, say, here } = frame();
    const met = meetEmbedder(here);
    const { port1, port2 } = channel();
    say(around, SETTINGS, [port2]);
    const embedder = await met;
    const told = new Promise<Happening>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
    embedder.tell({ type: "left", detail: { reason: "left" } });
    expect(await told).toEqual({ type: "left", detail: { reason: "left" } });

    const commands: Command[] = [];
    const asked = new Promise<void>((resolve) => {
      embedder.listen((command) => {
        commands.push(command);
        if (command.type === "leave") {
          resolve();
        }
      });
    });
    for (const command of [
      null,
      { type: "turn", device: "door", isOn: true },
      { type: "turn", device: "camera", isOn: 1 },
      { type: "turn", device: "camera", isOn: true },
      { type: "leave" },
    ]) {
      port1.postMessage(command);
    }
    await asked;
    expect(commands).toEqual([{ type: "turn", device: "camera", isOn: true }, { type: "leave" }]);
  });
});
