/** Words about the own voice and what one hears. */

import { strings } from "@/i18n/strings";

export const soundText = strings({
  id: {
    level: "Suara Anda",
    test: "Coba speaker",
    noise: "Redam bising",
    noiseHint: "Kipas, hujan, motor lewat",
    talking: "Anda bicara, mikrofon mati",
    turnOn: "Nyalakan",
    holding: "Mikrofon menyala selama spasi ditahan",
    ownScreen: "Anda membagikan rapat ini sendiri",
    stopIt: "Berhenti berbagi",
    nextCamera: "Ganti kamera",
    done: "Selesai",
    chimes: "Bunyi",
    spokenReactions: "Bacakan reaksi",
    spokenReactionsHint: "Untuk pembaca layar: siapa memberi reaksi apa.",
    settings: "Pengaturan",
    chimeNames: {
      knock: "Ada yang menunggu di luar",
      hand: "Tangan terangkat",
      message: "Pesan baru",
      join: "Ada yang masuk",
    },
    chimeHints: {
      knock: "Untuk tuan rumah dan tuan rumah bersama.",
      hand: "Untuk tuan rumah dan tuan rumah bersama.",
      message: "Saat obrolan berisi pesan baru dari orang lain.",
      join: "Hanya dalam rapat sampai sepuluh orang.",
    },
  },
  en: {
    level: "Your voice",
    test: "Test the speaker",
    noise: "Reduce noise",
    noiseHint: "Fans, rain, motorbikes",
    talking: "You are talking, microphone is off",
    turnOn: "Turn on",
    holding: "Microphone on while space is held",
    ownScreen: "You are sharing this meeting itself",
    stopIt: "Stop sharing",
    nextCamera: "Switch camera",
    done: "Done",
    chimes: "Sounds",
    spokenReactions: "Read reactions aloud",
    spokenReactionsHint: "For screen readers: who reacts, and how.",
    settings: "Settings",
    chimeNames: {
      knock: "Somebody waits outside",
      hand: "Raised hand",
      message: "New message",
      join: "Somebody comes in",
    },
    chimeHints: {
      knock: "For hosts and co-hosts.",
      hand: "For hosts and co-hosts.",
      message: "When others write in the chat.",
      join: "Only in meetings of up to ten people.",
    },
  },
});
