/** The keys of meetings, kept in this browser. */

import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { ShortcutList } from "@/ui/ShortcutList";
import { shortcutText } from "@/ui/shortcut-strings";

/** The card. */
export function ShortcutsCard() {
  return (
    <Card title={shortcutText().title} line={settingsText().shortcutsLine}>
      <ShortcutList />
    </Card>
  );
}
