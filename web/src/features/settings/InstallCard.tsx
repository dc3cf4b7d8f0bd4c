/** Installing the app, where this browser can; words where only a hand can. */

import { Download } from "lucide-preact";
import { useState } from "preact/hooks";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { canInstall, install, isInstalled } from "@/lib/install";
import { readPlatform } from "@/lib/platform";
import { Button } from "@/ui/Button";

/** The card; left out where the browser installs nothing. */
export function InstallCard() {
  const text = settingsText();
  const [isAsking, setAsking] = useState(false);
  const { system } = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
  const ask = async () => {
    setAsking(true);
    await install().finally(() => setAsking(false));
  };
  if (isInstalled.value) {
    return (
      <Card title={text.app}>
        <p>{text.installed}</p>
      </Card>
    );
  }
  if (canInstall.value === undefined && !isAsking) {
    return system === "iOS" ? (
      <Card title={text.app} line={text.appLine}>
        <p>{text.installByHand}</p>
      </Card>
    ) : null;
  }
  return (
    <Card title={text.app} line={text.appLine}>
      <div>
        <Button busy={isAsking && text.installing} onClick={() => void ask()}>
          <Download size={18} strokeWidth={1.9} aria-hidden="true" />
          {text.install}
        </Button>
      </div>
    </Card>
  );
}
