/** Words that belong to parts used everywhere. */

import { strings } from "@/i18n/strings";

export const uiText = strings({
  id: {
    home: "Jumpa, ke halaman depan",
    otherLanguage: "English",
    language: "Bahasa",
    theme: "Tampilan",
    themes: { system: "Ikut perangkat", light: "Terang", dark: "Gelap" },
    cancel: "Batal",
    close: "Tutup",
    retry: "Coba lagi",
    showPassword: "Tampilkan kata sandi",
    hidePassword: "Sembunyikan kata sandi",
    loading: "Memuat",
  },
  en: {
    home: "Jumpa, to the front page",
    otherLanguage: "Bahasa Indonesia",
    language: "Language",
    theme: "Appearance",
    themes: { system: "Same as the device", light: "Light", dark: "Dark" },
    cancel: "Cancel",
    close: "Close",
    retry: "Try again",
    showPassword: "Show password",
    hidePassword: "Hide password",
    loading: "Loading",
  },
});
