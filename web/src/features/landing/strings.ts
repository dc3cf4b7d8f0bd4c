/** Words of the landing page. */

import { strings } from "@/i18n/strings";

export const landingText = strings({
  id: {
    title: "Semua bisa jumpa.",
    lead: "Rapat video di rumah sendiri: di server sekolah, masjid, atau kantor Anda. Tamu cukup membuka tautan.",
    start: "Mulai rapat",
    starting: "Menyiapkan ruang",
    code: "Kode atau tautan rapat",
    join: "Gabung",
    you: "Anda",
    guests: "Tanpa akun untuk tamu",
    networks: "Kuat di jaringan lemah",
    data: "Data tetap di sini",
    malformed: "Kode rapat terlihat seperti abcd-efgh-hij.",
  },
  en: {
    title: "Everyone can meet.",
    lead: "Video meetings at home: on your school’s, mosque’s or office’s own server. Guests just open a link.",
    start: "Start a meeting",
    starting: "Preparing the room",
    code: "Meeting code or link",
    join: "Join",
    you: "You",
    guests: "No account for guests",
    networks: "Holds on weak networks",
    data: "Data stays here",
    malformed: "A meeting code looks like abcd-efgh-hij.",
  },
});
