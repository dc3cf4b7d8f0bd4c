/** Words of the start page. */

import { formatNumber, plural } from "@/i18n/format";
import { strings } from "@/i18n/strings";

export const homeText = strings({
  id: {
    title: (name: string) => `Selamat datang, ${name}`,
    begins: "Mulai pukul",
    beginsIn: "Mulai dalam",
    begun: "Sudah mulai",
    answers: (accepted: number, open: number) =>
      [
        ...(accepted > 0 ? [`${accepted} orang datang`] : []),
        ...(open > 0 ? [`${open} belum menjawab`] : []),
      ].join(", "),
    today: "Hari ini",
    openSchedule: "Buka jadwal",
    finished: "Baru selesai",
    yesterday: "Kemarin",
    came: (count: number) =>
      count === 0 ? "Tidak ada yang datang" : `${formatNumber(count)} orang datang`,
    files: (count: number) => `${formatNumber(count)} berkas`,
    nextLine: (moment: string, role: string) => `Berikutnya ${moment} · ${role}`,
    empty: "Tiga kursi sudah siap, satu untuk Anda",
    emptyLine:
      "Belum ada rapat. Mulai sekarang dan bagikan tautannya, atau pilih waktu yang cocok.",
    plan: "Jadwalkan",
    firstSteps: "Langkah pertama",
    tryDevices: "Coba kamera dan mikrofon",
    findColleague: "Cari satu rekan",
    connectCalendar: "Hubungkan kalender",
    done: "sudah",
    rooms: "Ruang Anda",
    untitled: "Rapat tanpa nama",
    roomLine: (moment: string, role: string) => `${moment} · ${role}`,
    host: "Anda tuan rumah",
    guest: "Anda pernah ikut",
    over: "Selesai",
    enter: "Masuk ruang",
    enterRoom: (title: string) => `Masuk ruang ${title}`,
    more: "Tampilkan lagi",
  },
  en: {
    title: (name: string) => `Welcome, ${name}`,
    begins: "Begins at",
    beginsIn: "Starts in",
    begun: "It has begun",
    answers: (accepted: number, open: number) =>
      [
        ...(accepted > 0 ? [`${accepted} ${plural(accepted, "person comes", "people come")}`] : []),
        ...(open > 0 ? [`${open} without an answer`] : []),
      ].join(", "),
    today: "Today",
    openSchedule: "Open the schedule",
    finished: "Just finished",
    yesterday: "Yesterday",
    came: (count: number) =>
      count === 0
        ? "Nobody came"
        : `${formatNumber(count)} ${plural(count, "person", "people")} came`,
    files: (count: number) => `${formatNumber(count)} ${plural(count, "file", "files")}`,
    nextLine: (moment: string, role: string) => `Next ${moment} · ${role}`,
    empty: "Three seats are ready, one is yours",
    emptyLine: "No meetings yet. Start one now and share the link, or pick a time that suits.",
    plan: "Plan ahead",
    firstSteps: "First steps",
    tryDevices: "Try camera and microphone",
    findColleague: "Find a colleague",
    connectCalendar: "Connect a calendar",
    done: "done",
    rooms: "Your rooms",
    untitled: "Meeting without a name",
    roomLine: (moment: string, role: string) => `${moment} · ${role}`,
    host: "You are the host",
    guest: "You were in it",
    over: "Over",
    enter: "Enter the room",
    enterRoom: (title: string) => `Enter the room ${title}`,
    more: "Show more",
  },
});
