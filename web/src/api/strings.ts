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
      room_locked: "Ruang ini dikunci tuan rumah. Minta dia membukanya.",
      room_password_missing: "Ruang ini memakai kata sandi. Isi kata sandinya untuk masuk.",
      room_password_wrong: "Ini bukan kata sandi ruang ini.",
      admission_denied: "Tuan rumah tidak membuka pintu kali ini.",
      banned: "Tuan rumah menutup akses Anda ke ruang ini.",
      waiting_room_full: "Sudah banyak yang menunggu. Coba lagi sebentar lagi.",
      refresh_token_refused: "Sesi Anda sudah berakhir. Masuk lagi.",
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
      room_locked: "The host locked this room. Ask them to open it.",
      room_password_missing: "This room has a password. Enter it to come in.",
      room_password_wrong: "This is not the password of this room.",
      admission_denied: "The host did not open the door this time.",
      banned: "The host closed your access to this room.",
      waiting_room_full: "Many people wait already. Try again in a moment.",
      refresh_token_refused: "Your session has ended. Sign in again.",
      too_many_rooms: "This server runs as many meetings as it can. Try again later.",
      media_unavailable: "Sound and video are restarting. Try again in a moment.",
      too_many_requests: "Too many attempts. Try again in a moment.",
    },
    refused: (reason: string) => `The server refused: ${reason}`,
    noted: (id: string) => `Something went wrong on the server. Noted as ${id}.`,
    unknown: "Something went wrong on the server. Try again in a moment.",
  },
});
