/** The language of the pages, and of letters. */

import { changeSettings } from "@/api/account";
import { Card } from "@/features/settings/Card";
import { useNoted } from "@/features/settings/noted";
import { settingsText } from "@/features/settings/strings";
import { locale } from "@/i18n/locale";
import { LanguageSegments } from "@/ui/LanguageSegments";

/** The card; what is chosen here goes with the account. */
export function LanguageCard() {
  const text = settingsText();
  const error = useNoted(locale.value, (language) => changeSettings({ language }));
  return (
    <Card title={text.language} line={text.languageLine} error={error}>
      <div>
        <LanguageSegments />
      </div>
    </Card>
  );
}
