/** Words of the reactions. */

import { strings } from "@/i18n/strings";

export const reactionText = strings({
  id: {
    react: "Reaksi",
    names: {
      agree: "Setuju",
      love: "Suka",
      celebrate: "Selamat",
      laugh: "Tertawa",
      sad: "Sedih",
      thanks: "Terima kasih",
    },
  },
  en: {
    react: "Reactions",
    names: {
      agree: "Agree",
      love: "Love",
      celebrate: "Celebrate",
      laugh: "Laugh",
      sad: "Sad",
      thanks: "Thank you",
    },
  },
});
