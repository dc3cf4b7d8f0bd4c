/** `<jumpa-meeting room="abc-defg-hij">`: a meeting on a page of another site, in a frame of this server. */

import type { Command, Device, Greeting, Happening, Settings } from "@/lib/embedding";

/** The server that served this script. */
const home = new URL(import.meta.url).origin;
/** What a meeting needs of the browser; the page around it gives it away. */
const ALLOWED =
  "camera; microphone; display-capture; fullscreen; autoplay; picture-in-picture; speaker-selection; screen-wake-lock; clipboard-write";
/** A frame that does not greet by then is not shown: the server was not told of this page. */
const GREETS_WITHIN_MS = 15_000;

/** One meeting; it begins when the element is put on the page, and ends when it is taken away. */
class JumpaMeeting extends HTMLElement {
  static readonly observedAttributes = ["room", "server"];
  private frame: HTMLIFrameElement | undefined;
  private port: MessagePort | undefined;
  private overdue = 0;

  connectedCallback(): void {
    addEventListener("message", this.greet);
    this.open();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.greet);
    this.shut();
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.frame !== undefined && before !== after) {
      this.open();
    }
  }

  /** Leaves; the element stays and says so. */
  leave(): void {
    this.ask({ type: "leave" });
  }

  setMicrophone(isOn: boolean): void {
    this.turn("microphone", isOn);
  }

  setCamera(isOn: boolean): void {
    this.turn("camera", isOn);
  }

  /** Browsers let a page ask for a screen only after a click on the meeting itself. */
  setShare(isOn: boolean): void {
    this.turn("share", isOn);
  }

  private get origin(): string {
    return new URL(this.getAttribute("server") ?? home, location.href).origin;
  }

  private open(): void {
    this.shut();
    const room = this.getAttribute("room") ?? "";
    const frame = document.createElement("iframe");
    frame.src = `${this.origin}/embed/${encodeURIComponent(room)}`;
    frame.allow = ALLOWED;
    frame.title = this.getAttribute("title") ?? "Jumpa";
    frame.style.cssText = "border:0;width:100%;height:100%;display:block";
    if (this.style.display === "") {
      this.style.display = "block";
    }
    this.frame = frame;
    this.append(frame);
    this.overdue = window.setTimeout(() => {
      const message = `${this.origin} does not let ${location.origin} show it (server.embedding_origins).`;
      this.tell({ type: "error", detail: { code: "not_allowed", message } });
    }, GREETS_WITHIN_MS);
  }

  private shut(): void {
    clearTimeout(this.overdue);
    this.port?.close();
    this.port = undefined;
    this.frame?.remove();
    this.frame = undefined;
  }

  /** Only our frame, and only while it shows the server, gets the settings. */
  private readonly greet = ({ source, origin, data }: MessageEvent<Partial<Greeting> | null>) => {
    const target = this.frame?.contentWindow;
    if (!target || source !== target || origin !== this.origin || data?.type !== "jumpa-ready") {
      return;
    }
    clearTimeout(this.overdue);
    this.port?.close();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (message: MessageEvent<Happening>) => this.tell(message.data);
    this.port = port1;
    target.postMessage(this.settings(), this.origin, [port2]);
  };

  private settings(): Settings {
    const name = this.getAttribute("name");
    const token = this.getAttribute("token");
    const language = this.getAttribute("language");
    return {
      type: "jumpa-settings",
      microphone: this.getAttribute("microphone") !== "off",
      camera: this.getAttribute("camera") !== "off",
      ...(name === null ? {} : { name }),
      ...(token === null ? {} : { token }),
      ...(language === null ? {} : { language }),
    };
  }

  private turn(device: Device, isOn: boolean): void {
    this.ask({ type: "turn", device, isOn });
  }

  private ask(command: Command): void {
    this.port?.postMessage(command);
  }

  private tell({ type, detail }: Happening): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

if (customElements.get("jumpa-meeting") === undefined) {
  customElements.define("jumpa-meeting", JumpaMeeting);
}
