/** Words about what stands behind oneself. */

import { strings } from "@/i18n/strings";

export const backgroundText = strings({
  id: {
    title: "Latar",
    line: "Diganti di perangkat ini; gambar asli tidak dikirim.",
    cameraOff: "Terlihat begitu kamera Anda menyala.",
    names: {
      none: "Apa adanya",
      soft: "Agak kabur",
      strong: "Kabur",
      porch: "Teras",
      shelf: "Rak buku",
      garden: "Taman",
    },
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
      soft: "Slight blur",
      strong: "Blur",
      porch: "Porch",
      shelf: "Bookshelf",
      garden: "Garden",
    },
    loading: "Preparing…",
    bare: "The background cannot be put in, so the camera stays off",
    failed: "The background cannot be changed on this device",
    done: "Done",
  },
});
