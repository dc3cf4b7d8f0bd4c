/** The language of the pages, and of letters. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import { changeSettings } from "@/api/account";
import { createAsking } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { locale } from "@/i18n/locale";
import { LanguageSegments } from "@/ui/LanguageSegments";

/** The card; what is chosen here goes with the account. */
export function LanguageCard() {
  const text = settingsText();
  const asking = useMemo(createAsking, []);
  const chosen = locale.value;
  const before = useRef(chosen);
  useEffect(() => {
    if (before.current !== chosen) {
      before.current = chosen;
      void asking.run(() => changeSettings({ language: chosen }));
    }
  }, [chosen]);
  return (
    <Card title={text.language} line={text.languageLine} error={asking.error.value}>
      <div>
        <LanguageSegments />
      </div>
    </Card>
  );
}
