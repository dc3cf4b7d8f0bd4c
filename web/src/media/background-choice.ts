/** What may stand behind oneself; known without LiveKit's client, so that the page before a meeting stays light. */
import { KeptChoice } from "@/lib/kept-choice";
import type { Behind } from "./background";
import garden from "./backgrounds/garden.svg";
import porch from "./backgrounds/porch.svg";
import shelf from "./backgrounds/shelf.svg";

export type Background = "none" | "soft" | "strong" | "porch" | "shelf" | "garden";

/** Addresses of the pictures. */
export const PICTURES = { porch, shelf, garden };

/** Kept in this browser. */
export const backgroundChoice = new KeptChoice<Background>("jumpa.background", [
  "none",
  "soft",
  "strong",
  "porch",
  "shelf",
  "garden",
]);

/** Canvases that cannot blur cannot do any of it. */
export const canChangeBackground =
  typeof CanvasRenderingContext2D === "function" && "filter" in CanvasRenderingContext2D.prototype;

const SOFT_PIXELS = 8;
const STRONG_PIXELS = 20;

/** What to draw for a choice. */
export function behindOf(background: Exclude<Background, "none">): Behind {
  if (background === "soft" || background === "strong") {
    return { kind: "blur", pixels: background === "soft" ? SOFT_PIXELS : STRONG_PIXELS };
  }
  return { kind: "picture", address: PICTURES[background] };
}
