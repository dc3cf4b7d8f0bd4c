/** How one wants to see the meeting; this browser remembers it. */
import { KeptChoice, KeptSwitch } from "@/lib/kept-choice";

export type Layout = "grid" | "speaker" | "sidebar";

/** All alike, the one who speaks large under a strip, or large beside one. */
export const layoutChoice = new KeptChoice<Layout>("jumpa.layout", ["grid", "speaker", "sidebar"]);

/** Whether one's own picture stands on the stage. */
export const selfView = new KeptSwitch("jumpa.self-view", "on");

export type DataMode = "full" | "saving" | "sound";

/** How much of the others one receives: all, one picture at a time, or none. */
export const dataMode = new KeptChoice<DataMode>("jumpa.data", ["full", "saving", "sound"]);

/** Whether reactions of others are said to those who listen to the page. */
export const spokenReactions = new KeptSwitch("jumpa.spoken.reactions", "off");

/** The layout after this one, round and round. */
export function nextLayout(): Layout {
  const { choices, now } = layoutChoice;
  return choices[(choices.indexOf(now.peek()) + 1) % choices.length] ?? "grid";
}
