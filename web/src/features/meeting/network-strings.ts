/** Words about the network: how good it is, what it carries, how to carry less. */

import { formatNumber, formatPercent } from "@/i18n/format";
import { strings } from "@/i18n/strings";

export const networkText = strings({
  id: {
    weak: "Jaringan lemah, suara diutamakan",
    soundOnly: "Suara saja",
    data: "Hemat kuota",
    modes: {
      full: "Semua video",
      saving: "Satu video sekaligus",
      sound: "Suara saja",
    },
    hints: {
      full: "Gambar semua orang di panggung.",
      saving: "Hanya yang sedang bicara terlihat bergerak; gambar Anda dikirim kecil.",
      sound: "Tidak ada gambar; kamera Anda mati.",
    },
    paused: "Video dijeda",
    done: "Selesai",
    statistics: "Statistik",
    sending: "Anda kirim",
    receiving: "Anda terima",
    quality: "Jaringan Anda",
    qualities: { good: "Baik", weak: "Lemah", lost: "Terputus" },
    roundTrip: "Bolak-balik ke server",
    milliseconds: (count: number) => `${formatNumber(count)} milidetik`,
    total: "Jumlah",
    hourly: (megabytes: number) => `sekitar ${formatNumber(megabytes)} MB per jam`,
    kilobits: (count: number) => `${formatNumber(count)} kbit/dtk`,
    lost: (share: number) => `hilang ${formatPercent(share)}`,
    frames: (count: number) => `${formatNumber(count)} gambar/dtk`,
    carried: {
      voice: "Suara",
      camera: "Kamera",
      screen: "Layar",
      screenSound: "Suara layar",
    },
    measuring: "Sedang mengukur…",
  },
  en: {
    weak: "Weak network, sound comes first",
    soundOnly: "Sound only",
    data: "Save data",
    modes: {
      full: "All video",
      saving: "One video at a time",
      sound: "Sound only",
    },
    hints: {
      full: "The pictures of everyone on the stage.",
      saving: "Only whoever speaks is seen moving; your own picture is sent small.",
      sound: "No pictures; your camera is off.",
    },
    paused: "Video paused",
    done: "Done",
    statistics: "Statistics",
    sending: "You send",
    receiving: "You receive",
    quality: "Your network",
    qualities: { good: "Good", weak: "Weak", lost: "Lost" },
    roundTrip: "To the server and back",
    milliseconds: (count: number) => `${formatNumber(count)} milliseconds`,
    total: "Total",
    hourly: (megabytes: number) => `about ${formatNumber(megabytes)} MB an hour`,
    kilobits: (count: number) => `${formatNumber(count)} kbit/s`,
    lost: (share: number) => `${formatPercent(share)} lost`,
    frames: (count: number) => `${formatNumber(count)} pictures/s`,
    carried: {
      voice: "Voice",
      camera: "Camera",
      screen: "Screen",
      screenSound: "Sound of the screen",
    },
    measuring: "Measuring…",
  },
});
