/** Words of the card with the person's own data. */

import { strings } from "@/i18n/strings";

export const dataText = strings({
  id: {
    title: "Data Anda",
    line: "Semua yang diketahui server ini tentang Anda dalam satu berkas ZIP: profil, rapat, pesan, berkas, dan pilihan Anda. Tanpa kata sandi dan rahasia lain.",
    ask: "Minta data saya",
    asking: "Meminta",
    waiting: "Sedang disiapkan. Anda diberi tahu kalau sudah siap, jadi halaman ini boleh ditutup.",
    takeBack: "Batalkan",
    takenBack: "Permintaan dibatalkan",
    ready: (size: string, moment: string) => `Siap: ${size}, bisa diunduh sampai ${moment}.`,
    download: "Unduh",
    downloading: "Mengunduh",
    remove: "Hapus berkas",
    removed: "Berkas dihapus",
    failed: "Berkasnya tidak bisa disiapkan. Coba minta lagi.",
  },
  en: {
    title: "Your data",
    line: "Everything that this server knows of you in one ZIP file: profile, meetings, messages, files, and what you chose. Without passwords and other secrets.",
    ask: "Ask for my data",
    asking: "Asking",
    waiting: "Being put together. You are told once it is ready, so you may leave this page.",
    takeBack: "Take back",
    takenBack: "Taken back",
    ready: (size: string, moment: string) => `Ready: ${size}, to be downloaded until ${moment}.`,
    download: "Download",
    downloading: "Downloading",
    remove: "Delete the file",
    removed: "File deleted",
    failed: "The file could not be put together. Ask for it again.",
  },
});
