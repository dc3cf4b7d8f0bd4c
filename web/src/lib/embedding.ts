/** What a meeting in a frame and the page around it say to each other: types alone, which both sides share. */

/** The frame's first word, to whoever shows it; it says nothing that others must not know. */
export interface Greeting {
  type: "jumpa-ready";
}

/** The answer, with one end of the channel on which everything else is said. */
export interface Settings {
  type: "jumpa-settings";
  name?: string;
  /** LiveKit access token for the room, made with an API key of the server. */
  token?: string;
  language?: string;
  microphone: boolean;
  camera: boolean;
}

export type Device = "microphone" | "camera" | "share";

/** What the page asks of the meeting. */
export type Command = { type: "leave" } | { type: "turn"; device: Device; isOn: boolean };

interface Person {
  identity: string;
  name: string;
}

/** What the meeting tells the page: names of the events there, and their details. */
export interface Happenings {
  joined: Person;
  left: { reason: string };
  "participant-joined": Person;
  "participant-left": Person;
  "device-changed": { device: Device; isOn: boolean };
  error: { code: string; message: string };
}

export type Happening = {
  [Name in keyof Happenings]: { type: Name; detail: Happenings[Name] };
}[keyof Happenings];
