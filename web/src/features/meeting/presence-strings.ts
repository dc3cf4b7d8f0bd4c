/** Words about being there: alone, held back, with another device. */

import { strings } from "@/i18n/strings";

export const presenceText = strings({
  id: {
    stillThere: "Anda masih di sana?",
    leavingIn: (seconds: string) =>
      `Hanya Anda di rapat ini. Kami keluarkan dalam ${seconds} detik, dan tautannya tetap berlaku.`,
    leavingSoon: (seconds: string) => `Keluar dari rapat dalam ${seconds} detik`,
    stay: "Tetap di sini",
    leaveNow: "Keluar sekarang",
    mayNow: {
      speak: "Anda boleh bicara sekarang",
      show: "Anda boleh menyalakan kamera sekarang",
      share: "Anda boleh berbagi layar sekarang",
      chat: "Anda boleh menulis sekarang",
      react: "Anda boleh mengirim reaksi sekarang",
    },
    mayNot: {
      speak: "Mikrofon Anda ditahan sampai tuan rumah membukanya",
      show: "Kamera Anda ditahan sampai tuan rumah membukanya",
      share: "Berbagi layar ditahan dulu",
      chat: "Obrolan ditahan dulu",
      react: "Reaksi ditahan dulu",
    },
    turnOn: "Nyalakan",
    renamed: (before: string, now: string) => `${before} sekarang bernama ${now}`,
    switched: (device: string) => `Pindah ke ${device}`,
    large: "Rapat besar: Anda masuk tanpa suara",
    waitingTitle: (count: string) => `${count} menunggu`,
  },
  en: {
    stillThere: "Are you still there?",
    leavingIn: (seconds: string) =>
      `Only you are in this meeting. You will leave in ${seconds} seconds, and the link stays valid.`,
    leavingSoon: (seconds: string) => `Leaving the meeting in ${seconds} seconds`,
    stay: "Stay here",
    leaveNow: "Leave now",
    mayNow: {
      speak: "You may speak now",
      show: "You may turn on your camera now",
      share: "You may share your screen now",
      chat: "You may write now",
      react: "You may send reactions now",
    },
    mayNot: {
      speak: "Your microphone is held back until the host opens it",
      show: "Your camera is held back until the host opens it",
      share: "Sharing screens is held back for now",
      chat: "Writing is held back for now",
      react: "Reactions are held back for now",
    },
    turnOn: "Turn on",
    renamed: (before: string, now: string) => `${before} is now called ${now}`,
    switched: (device: string) => `Switched to ${device}`,
    large: "Large meeting: you joined muted",
    waitingTitle: (count: string) => `${count} waiting`,
  },
});
