/** Words of the chat. */

import { strings } from "@/i18n/strings";

export const chatText = strings({
  id: {
    messages: "Pesan",
    write: "Tulis pesan",
    send: "Kirim",
    sending: "Sedang dikirim",
    unsent: "Belum terkirim",
    retry: "Coba lagi",
    you: "Anda",
    empty: "Belum ada pesan",
    kept: "Pesan terlihat oleh yang ada di dalam dan tidak disimpan.",
  },
  en: {
    messages: "Messages",
    write: "Write a message",
    send: "Send",
    sending: "Being sent",
    unsent: "Not sent yet",
    retry: "Try again",
    you: "You",
    empty: "No messages yet",
    kept: "Messages are seen by everyone inside and are not kept.",
  },
});
