/** Words around the page of the organisation. */

import { strings } from "@/i18n/strings";

export const organisationPageText = strings({
  id: {
    title: "Organisasi",
    sections: "Bagian organisasi",
    section: {
      people: "Orang",
      meetings: "Rapat sekarang",
      overview: "Ikhtisar",
      audit: "Catatan audit",
      work: "Pekerjaan",
      webhooks: "Webhook",
      settings: "Setelan server",
    },
    notAllowed: "Halaman ini untuk administrator",
    notAllowedLine:
      "Di sini akun orang-orang di organisasi Anda diatur. Kalau Anda memerlukannya, minta seorang administrator menjadikan Anda administrator juga.",
    checkAgain: "Periksa lagi",
    checking: "Memeriksa",
    toHome: "Ke beranda",
  },
  en: {
    title: "Organisation",
    sections: "Parts of the organisation",
    section: {
      people: "People",
      meetings: "Meetings now",
      overview: "Overview",
      audit: "Audit log",
      work: "Work",
      webhooks: "Webhooks",
      settings: "Server settings",
    },
    notAllowed: "This page is for administrators",
    notAllowedLine:
      "The accounts of your organisation are looked after here. If you need that, ask an administrator to make you one too.",
    checkAgain: "Check again",
    checking: "Checking",
    toHome: "To the start page",
  },
});
