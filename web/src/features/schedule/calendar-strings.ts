/** Words about the addresses at which other calendars read one's meetings. */

import { strings } from "@/i18n/strings";

export const calendarText = strings({
  id: {
    title: "Alamat kalender",
    line: "Tempel alamat ini di kalender Anda, supaya rapat Anda ikut tampil. Siapa pun yang punya alamatnya bisa membaca rapat Anda.",
    roomLine:
      "Tempel alamat ini di kalender, supaya rapat di ruang ini ikut tampil. Siapa pun yang punya alamatnya bisa membacanya.",
    create: "Buat alamat",
    creating: "Membuat",
    none: "Belum ada alamat.",
    all: "Semua rapat Anda",
    ofRoom: (code: string) => `Ruang ${code}`,
    made: (moment: string) => `Dibuat ${moment}`,
    shownOnce: "Salin sekarang: alamat ini hanya tampil sekali.",
    takeBack: "Tarik",
    takeBackOne: (name: string) => `Tarik alamat: ${name}`,
    takingBack: "Menarik",
  },
  en: {
    title: "Calendar address",
    line: "Paste this address into your calendar, so that it shows your meetings. Whoever has the address can read them.",
    roomLine:
      "Paste this address into a calendar, so that it shows the meetings in this room. Whoever has the address can read them.",
    create: "Make an address",
    creating: "Making",
    none: "There is no address yet.",
    all: "All your meetings",
    ofRoom: (code: string) => `Room ${code}`,
    made: (moment: string) => `Made ${moment}`,
    shownOnce: "Copy it now: this address is shown only once.",
    takeBack: "Take back",
    takeBackOne: (name: string) => `Take the address back: ${name}`,
    takingBack: "Taking back",
  },
});
