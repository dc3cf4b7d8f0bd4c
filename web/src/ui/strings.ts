/** Words that belong to parts used everywhere. */

import { strings } from "@/i18n/strings";

/** Their own names, the same in every language. */
const FACES = {
  atkinson: "Atkinson Hyperlegible",
  lexend: "Lexend",
  opendyslexic: "OpenDyslexic",
};

export const uiText = strings({
  id: {
    home: "Jumpa, ke halaman depan",
    otherLanguage: "English",
    language: "Bahasa",
    theme: "Tampilan",
    themes: { system: "Ikut perangkat", light: "Terang", dark: "Gelap" },
    typeface: "Jenis huruf",
    typefaceHint: "Sebagian orang lebih mudah membaca huruf lain. Berlaku di browser ini.",
    typefaces: { usual: "Biasa", ...FACES },
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
    typeface: "Typeface",
    typefaceHint: "Some people read other letters more easily. Counts in this browser.",
    typefaces: { usual: "Usual", ...FACES },
    cancel: "Cancel",
    close: "Close",
    retry: "Try again",
    showPassword: "Show password",
    hidePassword: "Hide password",
    loading: "Loading",
  },
});
