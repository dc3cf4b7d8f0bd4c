/** Words about what stands behind oneself. */

import { strings } from "@/i18n/strings";

export const backgroundText = strings({
  id: {
    title: "Latar",
    line: "Diganti di perangkat ini; gambar asli tidak dikirim.",
    cameraOff: "Terlihat begitu kamera Anda menyala.",
    names: {
      none: "Apa adanya",
      soft: "Buram ringan",
      strong: "Buram",
      porch: "Teras",
      shelf: "Rak buku",
      garden: "Taman",
    },
    behind: (name: string) => `Latar: ${name.toLowerCase()}`,
    loading: "Menyiapkan…",
    bare: "Latar belum bisa dipasang, jadi kamera tidak dinyalakan",
    failed: "Latar belum bisa diganti di perangkat ini",
    done: "Selesai",
  },
  en: {
    title: "Background",
    line: "Changed on this device; the original picture is not sent.",
    cameraOff: "Seen as soon as your camera is on.",
    names: {
      none: "As it is",
      soft: "Light blur",
      strong: "Blur",
      porch: "Porch",
      shelf: "Bookshelf",
      garden: "Garden",
    },
    behind: (name: string) => `Background: ${name.toLowerCase()}`,
    loading: "Preparing…",
    bare: "The background cannot be put in, so the camera stays off",
    failed: "The background cannot be changed on this device",
    done: "Done",
  },
});
