/** Words of pages that belong to no feature. */

import { strings } from "@/i18n/strings";

export const appText = strings({
  id: {
    home: "Ke halaman depan",
    notFound: "Halaman ini tidak ada",
    notFoundLine: "Alamatnya mungkin salah ketik, atau halamannya sudah pindah.",
    broken: "Ada yang tidak beres di halaman ini",
    brokenLine: "Muat ulang untuk melanjutkan. Kursi Anda di rapat tetap sama.",
    reload: "Muat ulang",
    partMissing: "Bagian ini belum bisa dimuat.",
    places: "Halaman",
    placeHome: "Beranda",
    placeContacts: "Kontak",
    placeSettings: "Pengaturan",
    signOut: "Keluar",
    signingOut: "Keluar",
    offline: "Sedang luring. Perubahan bisa disimpan begitu tersambung.",
    sessionEnded: "Sesi Anda di perangkat ini sudah berakhir.",
    signInAgain: "Masuk lagi",
    unreached: "Akun Anda belum bisa dibuka",
  },
  en: {
    home: "To the front page",
    notFound: "This page does not exist",
    notFoundLine: "The address may be mistyped, or the page has moved.",
    broken: "Something went wrong on this page",
    brokenLine: "Load it again to go on. Your seat in the meeting stays the same.",
    reload: "Load again",
    partMissing: "This part could not be loaded yet.",
    places: "Pages",
    placeHome: "Home",
    placeContacts: "Contacts",
    placeSettings: "Settings",
    signOut: "Sign out",
    signingOut: "Signing out",
    offline: "You are offline. Changes can be saved once you are connected.",
    sessionEnded: "Your session on this device has ended.",
    signInAgain: "Sign in again",
    unreached: "Your account cannot be opened yet",
  },
});
