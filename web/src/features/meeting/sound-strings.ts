/** Words about the own voice and what one hears. */

import { strings } from "@/i18n/strings";

export const soundText = strings({
  id: {
    test: "Coba speaker",
    noise: "Redam bising",
    talking: "Anda bicara, mikrofon mati",
    turnOn: "Nyalakan",
    holding: "Mikrofon menyala selama spasi ditahan",
    hold: "Bicara selama ditahan",
    space: "Spasi",
    ownScreen: "Anda membagikan rapat ini sendiri",
    stopIt: "Berhenti berbagi",
  },
  en: {
    test: "Test the speaker",
    noise: "Reduce noise",
    talking: "You are talking, microphone is off",
    turnOn: "Turn on",
    holding: "Microphone on while space is held",
    hold: "Talk while held",
    space: "Space",
    ownScreen: "You are sharing this meeting itself",
    stopIt: "Stop sharing",
  },
});
