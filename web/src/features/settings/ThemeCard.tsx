/** Light or dark. */

import { changeSettings } from "@/api/account";
import { Card } from "@/features/settings/Card";
import { useNoted } from "@/features/settings/noted";
import { settingsText } from "@/features/settings/strings";
import { themeChoice } from "@/lib/theme";
import { uiText } from "@/ui/strings";
import { ThemeSegments } from "@/ui/ThemeSegments";

/** The card; what is chosen here is noted with the account. */
export function ThemeCard() {
  const error = useNoted(themeChoice.now.value, (theme) => changeSettings({ theme }));
  return (
    <Card title={uiText().theme} line={settingsText().themeLine} error={error}>
      <div>
        <ThemeSegments withWords />
      </div>
    </Card>
  );
}
