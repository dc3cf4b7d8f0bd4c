/** The language of the pages. */

import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { LanguageSegments } from "@/ui/LanguageSegments";

/** The card. */
export function LanguageCard() {
  const text = settingsText();
  return (
    <Card title={text.language} line={text.languageLine}>
      <div>
        <LanguageSegments />
      </div>
    </Card>
  );
}
