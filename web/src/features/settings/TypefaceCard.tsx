/** The letters of all pages. */

import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { TypefaceField } from "@/ui/TypefaceField";

/** The card; what is chosen here stays in this browser, because devices differ in what reads well. */
export function TypefaceCard() {
  return (
    <Card title={settingsText().reading}>
      <TypefaceField />
    </Card>
  );
}
