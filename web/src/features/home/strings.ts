/** Words of the start page. */

import { strings } from "@/i18n/strings";

export const homeText = strings({
  id: {
    title: (name: string) => `Selamat datang, ${name}`,
    empty: "Tiga kursi sudah siap, satu untuk Anda",
    emptyLine: "Mulai sekarang dan bagikan tautannya, atau gabung dengan kode.",
    rooms: "Ruang Anda",
    untitled: "Rapat tanpa nama",
    roomLine: (moment: string, role: string) => `${moment} · ${role}`,
    host: "Anda tuan rumah",
    guest: "Anda pernah ikut",
    over: "Selesai",
    enter: "Masuk ruang",
    enterRoom: (title: string) => `Masuk ruang ${title}`,
    more: "Tampilkan lagi",
    loadingMore: "Memuat",
  },
  en: {
    title: (name: string) => `Welcome, ${name}`,
    empty: "Three seats are ready, one is yours",
    emptyLine: "Start now and share the link, or join with a code.",
    rooms: "Your rooms",
    untitled: "Meeting without a name",
    roomLine: (moment: string, role: string) => `${moment} · ${role}`,
    host: "You are the host",
    guest: "You were in it",
    over: "Over",
    enter: "Enter the room",
    enterRoom: (title: string) => `Enter the room ${title}`,
    more: "Show more",
    loadingMore: "Loading",
  },
});
