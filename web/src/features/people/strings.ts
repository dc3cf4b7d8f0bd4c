/** Words of the list of people. */

import { strings } from "@/i18n/strings";

export const peopleText = strings({
  id: {
    inside: "Di dalam",
    you: "(Anda)",
    host: "Tuan rumah",
    invite: "Salin tautan",
    invited: "Tautan tersalin",
    microphoneOn: "mikrofon menyala",
    microphoneOff: "mikrofon mati",
    cameraOff: "kamera mati",
    menu: (name: string) => `Menu ${name}`,
    remove: "Keluarkan",
    removing: "Mengeluarkan",
    removeAsk: (name: string) => `Keluarkan ${name} dari rapat?`,
    removeLine: "Orang ini keluar dari rapat saat itu juga.",
    removeFailed: "Belum berhasil dikeluarkan. Coba lagi.",
    back: "Kembali",
  },
  en: {
    inside: "In the room",
    you: "(you)",
    host: "Host",
    invite: "Copy link",
    invited: "Link copied",
    microphoneOn: "microphone on",
    microphoneOff: "microphone off",
    cameraOff: "camera off",
    menu: (name: string) => `Menu for ${name}`,
    remove: "Remove",
    removing: "Removing",
    removeAsk: (name: string) => `Remove ${name} from the meeting?`,
    removeLine: "This person leaves the meeting at once.",
    removeFailed: "Not removed yet. Try again.",
    back: "Back",
  },
});
