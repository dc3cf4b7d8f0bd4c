/** Words of the landing page. */

import { strings } from "@/i18n/strings";

export const landingText = strings({
  id: {
    title: "Semua bisa jumpa.",
    lead: "Rapat video di rumah sendiri: di server sekolah, masjid, atau kantor Anda. Tamu cukup membuka tautan.",
    start: "Mulai rapat",
    starting: "Menyiapkan ruang",
    startNamed: "Mulai rapat dengan nama",
    nameTitle: "Beri nama rapat",
    nameLabel: "Nama rapat",
    nameHint: "Terlihat oleh semua yang membuka tautannya.",
    code: "Kode atau tautan rapat",
    join: "Gabung",
    signIn: "Masuk",
    you: "Anda",
    guests: "Tanpa akun untuk tamu",
    networks: "Kuat di jaringan lemah",
    data: "Data tetap di sini",
    codeMissing: "Isi kode atau tempel tautan rapat.",
    codeMalformed: "Kode rapat terlihat seperti abc-defg-hij.",
  },
  en: {
    title: "Everyone can meet.",
    lead: "Video meetings at home: on your school’s, mosque’s or office’s own server. Guests just open a link.",
    start: "Start a meeting",
    starting: "Preparing the room",
    startNamed: "Start a meeting with a name",
    nameTitle: "Name the meeting",
    nameLabel: "Meeting name",
    nameHint: "Everyone who opens the link sees it.",
    code: "Meeting code or link",
    join: "Join",
    signIn: "Sign in",
    you: "You",
    guests: "No account for guests",
    networks: "Holds on weak networks",
    data: "Data stays here",
    codeMissing: "Enter a code or paste a meeting link.",
    codeMalformed: "A meeting code looks like abc-defg-hij.",
  },
});
