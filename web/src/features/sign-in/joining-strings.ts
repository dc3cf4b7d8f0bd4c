/** Words of the page that a letter of invitation opens. */

import { strings } from "@/i18n/strings";

export const joiningText = strings({
  id: {
    title: (organisation: string) => `Bergabung dengan ${organisation}`,
    line: (email: string) => `Anda masuk dengan ${email}. Pilih nama dan kata sandi Anda.`,
    opening: "Membuka undangan Anda",
    join: "Buat akun dan masuk",
    joining: "Menyiapkan akun Anda",
    refused: "Undangan ini tidak bisa dipakai",
    spent:
      "Tautan ini tidak berlaku lagi. Minta orang yang mengundang Anda mengirimnya sekali lagi.",
  },
  en: {
    title: (organisation: string) => `Join ${organisation}`,
    line: (email: string) => `You sign in with ${email}. Choose your name and a password.`,
    opening: "Opening your invitation",
    join: "Create the account and sign in",
    joining: "Preparing your account",
    refused: "This invitation cannot be used",
    spent: "This link does not work any more. Ask whoever invited you to send it once more.",
  },
});
