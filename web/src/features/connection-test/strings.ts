/** Words of the connection test. */

import type { Finding, FindingCode } from "@/features/connection-test/steps";
import { formatNumber, formatPercent } from "@/i18n/format";
import { strings } from "@/i18n/strings";

export const testText = strings({
  id: {
    title: "Uji sambungan",
    lead: "Setengah menit untuk tahu apakah rapat akan lancar dari perangkat dan jaringan ini. Browser menanyakan izin kamera dan mikrofon; tidak ada yang melihat atau mendengar Anda.",
    start: "Mulai",
    again: "Coba lagi",
    running: "Sedang dicoba",
    copy: "Salin laporan",
    copied: "Laporan tersalin",
    notCopied: "Browser menahan papan klip. Unduh saja laporannya.",
    save: "Unduh laporan",
    fileName: "uji-sambungan.txt",
    about:
      "Laporan memuat hasil di atas, nama browser dan jam; tanpa alamat jaringan dan tanpa nama.",
    list: "Yang dicoba",
    all: {
      good: "Semua siap untuk rapat",
      weak: "Rapat bisa diikuti, dengan catatan",
      failed: "Rapat belum bisa diikuti dari sini",
    },
    steps: {
      server: "Server",
      socket: "Pesan (WebSocket)",
      udp: "Suara dan gambar (UDP)",
      sound: "Mengirim suara",
      picture: "Mengirim gambar",
      speed: "Kecepatan",
      reconnect: "Menyambung lagi",
      tcp: "Jalan cadangan (TCP)",
    },
    states: {
      waiting: "belum dicoba",
      running: "sedang dicoba",
      good: "beres",
      weak: "ada catatan",
      failed: "tidak berhasil",
      skipped: "tidak dicoba",
    },
    milliseconds: (count: number) => `${formatNumber(count)} ms`,
    upTo: (megabits: number) => `sampai ${formatNumber(megabits)} Mbit per detik`,
    roundTrip: (count: number) => `bolak-balik ${formatNumber(count)} ms`,
    lost: (share: number) => `hilang ${formatPercent(share)}`,
    ways: {
      host: "langsung dari perangkat ini",
      srflx: "lewat penerjemah alamat (NAT)",
      prflx: "lewat penerjemah alamat (NAT)",
      relay: "lewat perantara",
    },
    problems: {
      denied: "belum diizinkan",
      missing: "tidak ditemukan",
      taken: "sedang dipakai aplikasi lain",
      failed: "tidak mau menyala",
    },
    said: {
      answered: "Menjawab.",
      silent: "Server tidak menjawab.",
      busy: "Terlalu banyak percobaan dari jaringan ini.",
      refused: "Server menolak percobaan ini.",
      open: "Terbuka.",
      shut: "Tidak terbuka.",
      direct: "Tersambung.",
      onlyTcp: "Jaringan ini menahan UDP, jadi suara dan gambar lewat TCP.",
      noMedia: "Suara dan gambar tidak sampai ke server.",
      soundSent: "Suara mikrofon Anda sampai.",
      pictureSent: "Gambar kamera Anda sampai.",
      soundMade: "Nada pengganti sampai, tetapi mikrofon",
      pictureMade: "Gambar pengganti sampai, tetapi kamera",
      notReceived: "Server tidak menerimanya.",
      wide: "Cukup untuk gambar tajam.",
      middling: "Cukup untuk gambar kecil.",
      narrow: "Sempit atau tersendat.",
      unmeasured: "Lancar. Browser ini tidak menyebut lebarnya.",
      back: "Putus sebentar tidak mengeluarkan Anda.",
      notBack: "Tidak tersambung lagi dengan sendirinya.",
      tcpWorks: "Tersedia.",
      tcpFails: "Tidak tersambung lewat TCP.",
      nothingWorks: "Ini juga tidak tersambung.",
    },
    advice: {
      silent: "Periksa apakah perangkat ini tersambung ke internet, lalu coba lagi.",
      busy: "Tunggu satu menit, lalu coba lagi.",
      refused: "Kirim laporan ini kepada pengelola server.",
      shut: "Sering kali karena proxy atau antivirus yang menahan WebSocket. Coba jaringan lain, atau minta pengelola jaringan mengizinkannya untuk alamat ini.",
      onlyTcp:
        "Rapat tetap berjalan, tetapi lebih mudah tersendat. Minta pengelola jaringan mengizinkan UDP ke server ini.",
      noMedia:
        "Coba jaringan lain, misalnya ponsel, atau minta pengelola jaringan mengizinkan UDP dan TCP ke server ini.",
      soundMade: "Izinkan atau sambungkan mikrofon supaya orang lain mendengar Anda.",
      pictureMade: "Izinkan atau sambungkan kamera kalau Anda ingin terlihat.",
      notReceived: "Coba lagi. Kalau tetap begini, kirim laporan ini kepada pengelola server.",
      narrow: "Mendekatlah ke router Wi-Fi, hentikan unduhan lain, atau gabung dengan suara saja.",
      notBack: "Kalau putus saat rapat, muat ulang halaman; kursi Anda tetap sama.",
      tcpFails:
        "Tidak apa-apa selama UDP tersambung. Di jaringan yang menahan UDP, server ini tidak terjangkau.",
      nothingWorks: "Coba jaringan lain.",
    },
  },
  en: {
    title: "Connection test",
    lead: "Half a minute to learn whether a meeting will run well from this device and network. The browser asks for camera and microphone; nobody sees or hears you.",
    start: "Start",
    again: "Try again",
    running: "Trying",
    copy: "Copy report",
    copied: "Report copied",
    notCopied: "The browser holds the clipboard back. Download the report instead.",
    save: "Download report",
    fileName: "connection-test.txt",
    about:
      "The report has the results above, the name of the browser and the time; no network addresses and no names.",
    list: "What is tried",
    all: {
      good: "All is ready for a meeting",
      weak: "You can take part, with a note",
      failed: "You cannot take part from here yet",
    },
    steps: {
      server: "Server",
      socket: "Messages (WebSocket)",
      udp: "Sound and picture (UDP)",
      sound: "Sending sound",
      picture: "Sending a picture",
      speed: "Speed",
      reconnect: "Reconnecting",
      tcp: "In reserve (TCP)",
    },
    states: {
      waiting: "not tried yet",
      running: "trying",
      good: "fine",
      weak: "with a note",
      failed: "did not work",
      skipped: "not tried",
    },
    milliseconds: (count: number) => `${formatNumber(count)} ms`,
    upTo: (megabits: number) => `up to ${formatNumber(megabits)} Mbit a second`,
    roundTrip: (count: number) => `there and back ${formatNumber(count)} ms`,
    lost: (share: number) => `lost ${formatPercent(share)}`,
    ways: {
      host: "directly from this device",
      srflx: "through address translation (NAT)",
      prflx: "through address translation (NAT)",
      relay: "through a relay",
    },
    problems: {
      denied: "is not allowed yet",
      missing: "was not found",
      taken: "is used by another app",
      failed: "does not turn on",
    },
    said: {
      answered: "It answers.",
      silent: "The server does not answer.",
      busy: "Too many tests from this network.",
      refused: "The server refused this test.",
      open: "Open.",
      shut: "It does not open.",
      direct: "Connected.",
      onlyTcp: "This network holds UDP back, so sound and picture travel over TCP.",
      noMedia: "Sound and picture do not reach the server.",
      soundSent: "The sound of your microphone arrives.",
      pictureSent: "The picture of your camera arrives.",
      soundMade: "A tone in its place arrives, but the microphone",
      pictureMade: "A picture in its place arrives, but the camera",
      notReceived: "The server does not receive it.",
      wide: "Enough for a sharp picture.",
      middling: "Enough for a small picture.",
      narrow: "Narrow or uneven.",
      unmeasured: "Steady. This browser does not say how wide it is.",
      back: "A short break does not take you out.",
      notBack: "It does not come back by itself.",
      tcpWorks: "Available.",
      tcpFails: "There is no connection over TCP.",
      nothingWorks: "This does not connect either.",
    },
    advice: {
      silent: "Check that this device is online, then try again.",
      busy: "Wait a minute, then try again.",
      refused: "Send this report to those who run the server.",
      shut: "Often a proxy or antivirus holds WebSockets back. Try another network, or ask those who run this one to allow them for this address.",
      onlyTcp:
        "Meetings work, but falter more easily. Ask those who run the network to allow UDP to this server.",
      noMedia:
        "Try another network, a phone’s for example, or ask those who run this one to allow UDP and TCP to this server.",
      soundMade: "Allow or connect a microphone, so that others hear you.",
      pictureMade: "Allow or connect a camera if you want to be seen.",
      notReceived:
        "Try again. If it stays like this, send this report to those who run the server.",
      narrow: "Move closer to the Wi-Fi, stop other downloads, or join with sound only.",
      notBack: "If the meeting breaks off, load the page again; your seat stays the same.",
      tcpFails:
        "This does not matter while UDP connects. In networks that hold UDP back, this server cannot be reached.",
      nothingWorks: "Try another network.",
    },
  },
});

const KILO = 1000;

function figuresOf(finding: Finding): string[] {
  const text = testText();
  const { ms, way, kilobitsPerSecond: kilobits, roundTripMs, lost } = finding;
  return [
    ms === undefined ? "" : text.milliseconds(ms),
    way?.type === undefined ? "" : text.ways[way.type],
    kilobits === undefined ? "" : text.upTo(Math.round(kilobits / (KILO / 10)) / 10),
    roundTripMs === undefined ? "" : text.roundTrip(roundTripMs),
    lost === undefined || lost < 0.005 ? "" : text.lost(lost),
  ].filter((part) => part !== "");
}

/** What was found, in a sentence, with its figures behind it. */
export function detailOf(finding: Finding): string {
  const text = testText();
  const { code, problem } = finding;
  const said =
    problem === undefined ? text.said[code] : `${text.said[code]} ${text.problems[problem]}.`;
  const figures = figuresOf(finding);
  return figures.length === 0 ? said : `${said} (${figures.join(", ")})`;
}

/** What one can do about it; undefined where nothing is to be done. */
export function adviceOf(code: FindingCode): string | undefined {
  const { advice } = testText();
  return advice[code as keyof typeof advice];
}
