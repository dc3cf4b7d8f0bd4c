/** Words of the start page. */

import { strings } from "@/i18n/strings";

export const homeText = strings({
  id: {
    title: (name: string) => `Selamat datang, ${name}`,
    empty: "Tiga kursi sudah siap, satu untuk Anda",
    emptyLine: "Mulai sekarang dan bagikan tautannya, atau gabung dengan kode.",
  },
  en: {
    title: (name: string) => `Welcome, ${name}`,
    empty: "Three seats are ready, one is yours",
    emptyLine: "Start now and share the link, or join with a code.",
  },
});
