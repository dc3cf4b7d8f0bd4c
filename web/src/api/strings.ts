/** Words for what the server refuses. */

import { strings } from "@/i18n/strings";

export const failureText = strings({
  id: {
    codes: {
      unreachable: "Server belum menjawab. Coba lagi sebentar lagi.",
      room_not_found: "Kode ini belum ada. Coba periksa ejaannya.",
      room_ended: "Rapat ini sudah selesai.",
      title_too_long: "Nama rapat terlalu panjang. Pendekkan sedikit.",
      name_refused: "Nama ini tidak bisa dipakai. Coba tulis dengan huruf biasa.",
      room_full: "Ruang penuh. Coba lagi setelah seseorang keluar.",
      too_many_rooms:
        "Server ini sedang menjalankan rapat sebanyak yang ia mampu. Coba lagi nanti.",
      media_unavailable: "Suara dan video sedang dinyalakan ulang. Coba lagi sebentar lagi.",
      too_many_requests: "Terlalu banyak percobaan. Coba lagi sebentar lagi.",
    },
    refused: (reason: string) => `Server menolak: ${reason}`,
    noted: (id: string) => `Ada yang tidak beres di server. Sudah dicatat: ${id}.`,
    unknown: "Ada yang tidak beres di server. Coba lagi sebentar lagi.",
  },
  en: {
    codes: {
      unreachable: "The server is not answering. Try again in a moment.",
      room_not_found: "This code does not exist yet. Check the spelling.",
      room_ended: "This meeting is over.",
      title_too_long: "The meeting's name is too long. Shorten it a little.",
      name_refused: "This name cannot be used. Try plain letters.",
      room_full: "The room is full. Try again when someone has left.",
      too_many_rooms: "This server runs as many meetings as it can. Try again later.",
      media_unavailable: "Sound and video are restarting. Try again in a moment.",
      too_many_requests: "Too many attempts. Try again in a moment.",
    },
    refused: (reason: string) => `The server refused: ${reason}`,
    noted: (id: string) => `Something went wrong on the server. Noted as ${id}.`,
    unknown: "Something went wrong on the server. Try again in a moment.",
  },
});
