/** Words about a hand that comes down by itself. */

import { strings } from "@/i18n/strings";

export const handText = strings({
  id: {
    spoke: "Tangan diturunkan karena Anda bicara",
    keep: "Tetap angkat",
  },
  en: {
    spoke: "Hand lowered because you spoke",
    keep: "Keep raised",
  },
});
