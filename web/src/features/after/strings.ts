/** Words of the pages after a meeting. */

import { strings } from "@/i18n/strings";

export const afterText = strings({
  id: {
    home: "Ke halaman depan",
    again: "Masuk lagi",
    untitled: "Rapat",
    leftTitle: (name: string) => `Sampai jumpa, ${name}`,
    leftGoesOn: (title: string) => `${title} masih berjalan tanpa Anda.`,
    leftEmpty: (title: string) => `${title} sekarang kosong. Tautannya tetap berlaku.`,
    leftLine: "Tautannya tetap berlaku.",
    removedTitle: "Anda dikeluarkan dari rapat",
    removedLine:
      "Tuan rumah menutup akses Anda ke rapat ini. Kalau ini keliru, hubungi orang yang mengundang.",
    endedTitle: "Rapat selesai",
    endedLine: (title: string) => `${title} sudah diakhiri untuk semua.`,
    endedUntitled: "Rapat ini sudah diakhiri untuk semua.",
    idleTitle: "Tidak ada yang datang lagi",
    idleLine:
      "Anda sendirian cukup lama, jadi kami tutup rapatnya di perangkat ini. Tautannya tetap berlaku.",
    movedTitle: "Rapat pindah ke perangkat lain",
    movedLine: "Kursi Anda sekarang dipakai di tab atau perangkat lain.",
    movedBack: "Pindahkan ke sini",
    testConnection: "Uji sambungan",
    failedTitle: "Sambungan terputus",
    failedLine: "Kami tidak berhasil menyambung lagi. Rapatnya mungkin masih berjalan.",
    refusedTitle: "Server belum mengizinkan Anda masuk",
    refusals: {
      "the token has expired": "Izin masuk ini sudah lewat waktunya.",
      "the token is not valid yet": "Izin masuk ini belum berlaku. Periksa jam perangkat ini.",
      "the token is not a JSON web token": "Izin masuk (token) ini rusak.",
      "the token's signature does not fit its API key":
        "Tanda tangan izin masuk (token) ini tidak cocok dengan server ini.",
      "the token names an API key that this server does not have":
        "Izin masuk (token) ini dari server lain.",
    },
  },
  en: {
    home: "To the front page",
    again: "Join again",
    untitled: "The meeting",
    leftTitle: (name: string) => `See you, ${name}`,
    leftGoesOn: (title: string) => `${title} goes on without you.`,
    leftEmpty: (title: string) => `${title} is empty now. The link stays valid.`,
    leftLine: "The link stays valid.",
    removedTitle: "You were removed from the meeting",
    removedLine:
      "The host closed your access to this meeting. If that is a mistake, contact the person who invited you.",
    endedTitle: "The meeting is over",
    endedLine: (title: string) => `${title} was ended for everyone.`,
    endedUntitled: "This meeting was ended for everyone.",
    idleTitle: "Nobody else came",
    idleLine:
      "You were alone for a while, so we closed the meeting on this device. The link stays valid.",
    movedTitle: "The meeting moved to another device",
    movedLine: "Your seat is now used in another tab or device.",
    movedBack: "Move it here",
    testConnection: "Test the connection",
    failedTitle: "The connection was lost",
    failedLine: "We could not connect again. The meeting may still be running.",
    refusedTitle: "The server did not let you in",
    refusals: {
      "the token has expired": "The token has expired.",
      "the token is not valid yet": "The token is not valid yet. Check this device’s clock.",
      "the token is not a JSON web token": "The token is not a JSON web token.",
      "the token's signature does not fit its API key":
        "The token’s signature does not fit its API key.",
      "the token names an API key that this server does not have":
        "The token names an API key that this server does not have.",
    },
  },
});
