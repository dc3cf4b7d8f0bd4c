/** Words of the question how the meeting was. */

import { strings } from "@/i18n/strings";

export const ratingText = strings({
  id: {
    question: "Suara dan gambarnya bagus?",
    good: "Bagus",
    bad: "Kurang bagus",
    thanks: "Terima kasih.",
    thanksComment: "Terima kasih, komentar Anda terkirim.",
    open: "Tulis komentar",
    comment: "Komentar (tidak wajib)",
    readers: "Dibaca administrator server ini, tanpa nama Anda.",
    send: "Kirim",
    closed: "Penilaian untuk rapat ini tidak bisa disimpan lagi.",
    unreadable: "Komentar ini tidak bisa dipakai. Coba tulis dengan huruf biasa.",
  },
  en: {
    question: "Were sound and picture good?",
    good: "Good",
    bad: "Not so good",
    thanks: "Thank you.",
    thanksComment: "Thank you, your comment was sent.",
    open: "Write a comment",
    comment: "Comment (optional)",
    readers: "Administrators of this server read it, without your name.",
    send: "Send",
    closed: "This meeting can no longer be rated.",
    unreadable: "This comment cannot be used. Try plain letters.",
  },
});
