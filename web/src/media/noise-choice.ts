/** Whether noise is taken out of the own voice; known without LiveKit's client. */
import { KeptSwitch } from "@/lib/kept-choice";

/** Kept in this browser. */
export const noiseChoice = new KeptSwitch("jumpa.noise-filter", "off");

/** Browsers without worklets have no such filter. */
export const canFilterNoise = typeof AudioWorkletNode === "function";
