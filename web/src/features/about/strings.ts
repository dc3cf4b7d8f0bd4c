/** Words of the pages about this server: what becomes of data, and help. */

import { strings } from "@/i18n/strings";

export const aboutText = strings({
  id: {
    privacy: "Privasi di server ini",
    privacyLead: (host: string) =>
      `Jumpa berjalan di ${host}, dan datanya tinggal di sana. Pengelola server itu bertanggung jawab atasnya; pertanyaan tentang data Anda diajukan kepada mereka.`,
    privacyParts: {
      meeting: {
        title: "Dalam rapat",
        lines: [
          "Suara, gambar, dan layar yang dibagikan lewat server ini ke peserta lain, terenkripsi di jalan. Tidak ada yang direkam atau disimpan.",
          "Pesan dan berkas di obrolan tersimpan selama ruangnya ada, sampai pengirim atau tuan rumah menghapusnya, atau sampai lewat hari yang dipilih tuan rumah.",
          "Ruang mencatat siapa yang hadir, dengan nama yang dipakai dan dari kapan sampai kapan.",
        ],
      },
      guests: {
        title: "Tamu tanpa akun",
        lines: [
          "Cukup nama yang Anda tulis sendiri. Surel dan nomor telepon tidak ditanyakan.",
          "Kalau Anda diundang lewat surel, alamat itu tersimpan bersama rapatnya dan dipakai untuk surat tentang rapat itu.",
        ],
      },
      account: {
        title: "Akun",
        lines: [
          "Nama, surel, foto, dan pilihan Anda tersimpan selama akun ada. Kata sandi tersimpan dalam bentuk yang tidak bisa dibaca kembali.",
          "Untuk tiap perangkat yang masuk kami mencatat browser, sistem, dan alamat IP, sampai sekitar 30 hari setelah sesinya berakhir. Semuanya terlihat di Pengaturan, bagian Keamanan.",
          "Perubahan penting pada akun dan organisasi masuk catatan audit, dengan alamat IP. Catatan itu tidak dihapus.",
        ],
      },
      browser: {
        title: "Di browser Anda",
        lines: [
          "Satu cookie menjaga Anda tetap masuk. Nama, perangkat, bahasa, dan tampilan yang Anda pilih disimpan di browser itu sendiri.",
          "Tidak ada iklan, tidak ada pelacak, dan tidak ada berkas yang diambil dari server lain.",
        ],
      },
      leaving: {
        title: "Yang keluar dari server ini",
        lines: [
          "Surel, lewat penyedia surel yang dipilih pengelola.",
          "Pemberitahuan di perangkat, terenkripsi lewat layanan pembuat browser, kalau Anda menyalakannya.",
          "Kalender, Slack, atau WhatsApp, kalau server ini menawarkannya dan Anda menghubungkannya.",
        ],
      },
    },
    help: "Bantuan",
    helpLead: (host: string) => `Jawaban singkat. Selebihnya, tanyakan kepada pengelola ${host}.`,
    helpParts: {
      joining: {
        title: "Ikut rapat",
        lines: [
          "Buka tautan rapat, atau tulis kodenya di halaman depan. Anda melihat diri sendiri dulu, lalu menekan Gabung. Akun tidak diperlukan.",
        ],
      },
      devices: {
        title: "Kamera atau mikrofon tidak menyala",
        lines: [
          "Tekan tanda di kiri alamat halaman, lalu izinkan kamera dan mikrofon. Gambarnya muncul tanpa memuat ulang.",
          "Tutup aplikasi lain yang sedang memakainya, atau pilih perangkat lain dari panah di samping tombolnya.",
          "Browser hanya memberi kamera kepada alamat yang dimulai dengan https.",
        ],
      },
      sound: {
        title: "Tidak terdengar",
        lines: [
          "Batang hijau di tombol mikrofon bergerak saat Anda bicara. Kalau diam, pilih mikrofon lain.",
          "Kalau Anda yang tidak mendengar, coba nada speaker di halaman sebelum rapat, dan pilih speaker lain.",
        ],
      },
      network: {
        title: "Gambar tersendat",
        lines: [
          "Suara didahulukan, jadi gambar mengecil lebih dulu. Matikan kamera, atau nyalakan hemat data di menu Lainnya.",
          "Kalau sambungan putus, tempat Anda dijaga dan Anda kembali sendiri.",
        ],
      },
      keys: {
        title: "Dengan keyboard",
        lines: [
          "Semua tombol tertulis di menu Lainnya dalam rapat, dan bisa diganti di Pengaturan.",
        ],
      },
      app: {
        title: "Sebagai aplikasi",
        lines: [
          "Di Chrome dan Edge: tanda pasang di ujung alamat. Di iPhone dan iPad: tombol Bagikan, lalu Tambahkan ke Layar Utama.",
        ],
      },
    },
    connectionTest: "Uji sambungan",
  },
  en: {
    privacy: "Privacy on this server",
    privacyLead: (host: string) =>
      `Jumpa runs on ${host}, and its data stays there. Whoever runs that server answers for it; ask them about data of yours.`,
    privacyParts: {
      meeting: {
        title: "In a meeting",
        lines: [
          "Sound, pictures and shared screens go through this server to the others, encrypted on the way. None of it is recorded or kept.",
          "Messages and files of the chat are kept as long as their room exists, until who sent them or the host deletes them, or until the days that the host chose have passed.",
          "A room notes who was there, under the name they used, and from when to when.",
        ],
      },
      guests: {
        title: "Guests without an account",
        lines: [
          "A name that you write yourself is enough. Nobody asks for an e-mail address or a telephone number.",
          "If you are invited by e-mail, that address is kept with the meeting and used for letters about it.",
        ],
      },
      account: {
        title: "Account",
        lines: [
          "Your name, e-mail address, photo and choices are kept as long as the account exists. Passwords are kept in a form that cannot be read back.",
          "For each device that signs in we note browser, system and IP address, until about 30 days after its session ended. You see all of them in the settings, under security.",
          "Important changes to accounts and organisations go into an audit log, with the IP address. It is not deleted.",
        ],
      },
      browser: {
        title: "In your browser",
        lines: [
          "One cookie keeps you signed in. The name, devices, language and appearance that you chose are kept by the browser itself.",
          "There are no advertisements, no trackers, and no files from other servers.",
        ],
      },
      leaving: {
        title: "What leaves this server",
        lines: [
          "Letters, through the mail provider that whoever runs it chose.",
          "Notifications on your devices, encrypted, through the service of your browser’s maker, if you turn them on.",
          "Calendars, Slack or WhatsApp, if this server offers them and you connect them.",
        ],
      },
    },
    help: "Help",
    helpLead: (host: string) => `Short answers. For the rest, ask whoever runs ${host}.`,
    helpParts: {
      joining: {
        title: "Joining a meeting",
        lines: [
          "Open the link of the meeting, or enter its code on the front page. You see yourself first, then press Join. No account is needed.",
        ],
      },
      devices: {
        title: "Camera or microphone does not start",
        lines: [
          "Press the sign left of the page’s address and allow camera and microphone. The picture appears without loading again.",
          "Close other apps that are using them, or choose another device from the arrow beside the button.",
          "Browsers give the camera only to addresses that begin with https.",
        ],
      },
      sound: {
        title: "Nobody hears anything",
        lines: [
          "The green bar in the microphone button moves while you speak. If it stays still, choose another microphone.",
          "If it is you who hears nothing, try the speaker’s tone on the page before the meeting, and choose another speaker.",
        ],
      },
      network: {
        title: "The picture stutters",
        lines: [
          "Sound comes first, so pictures become smaller before it. Turn off your camera, or turn on data saving in the menu More.",
          "If the connection breaks, your seat is kept and you come back by yourself.",
        ],
      },
      keys: {
        title: "With the keyboard",
        lines: [
          "All keys are listed in the menu More of a meeting, and can be changed in the settings.",
        ],
      },
      app: {
        title: "As an app",
        lines: [
          "In Chrome and Edge: the install sign at the end of the address. On iPhone and iPad: the share button, then Add to Home Screen.",
        ],
      },
    },
    connectionTest: "Connection test",
  },
});
