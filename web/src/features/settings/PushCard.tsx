/** Push messages: to this browser, and which others take them. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking, createLoading, type Loading } from "@/api/asking";
import {
  listPushBrowsers,
  type PushBrowser,
  type PushBrowsers,
  removePushBrowser,
  sendTest,
} from "@/api/notifications";
import type { Push, PushStanding } from "@/api/push";
import { Card } from "@/features/settings/Card";
import { notificationSettingsText } from "@/features/settings/notification-strings";
import { settingsText } from "@/features/settings/strings";
import { formatMoment } from "@/i18n/format";
import { readPlatform } from "@/lib/platform";
import { Button } from "@/ui/Button";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card; the browser is asked for leave only after a press of its button. */
export function PushCard({ push }: { push: Push }) {
  const text = notificationSettingsText();
  const asking = useMemo(createAsking, []);
  const browsers = useMemo(() => createLoading(listPushBrowsers), []);
  const [news, setNews] = useState<string>();
  useEffect(() => {
    void asking.run(push.renew);
    void browsers.load();
  }, []);
  const run = async (work: () => Promise<void>, said?: string) => {
    setNews(undefined);
    if (await asking.run(work)) {
      setNews(said);
    }
    await browsers.load();
  };
  return (
    <Card title={text.push} line={text.pushLine} news={news} error={asking.error.value}>
      <Standing
        standing={push.standing.value}
        isBusy={asking.isBusy.value}
        onTurn={(isOn) => void run(isOn ? push.turnOn : push.turnOff)}
      />
      <Browsers
        browsers={browsers}
        ownId={push.standing.value === "on" ? push.ownId() : undefined}
        onRemove={(id) => void run(() => removePushBrowser(id), text.removed)}
      />
      <Button
        class="justify-self-start"
        disabled={asking.isBusy.value}
        onClick={() => void run(sendTest, text.tested)}
      >
        {text.test}
      </Button>
    </Card>
  );
}

interface StandingProps {
  standing: PushStanding;
  isBusy: boolean;
  onTurn: (isOn: boolean) => void;
}

function Standing({ standing, isBusy, onTurn }: StandingProps) {
  const text = notificationSettingsText();
  switch (standing) {
    case "unknown":
      return <SkeletonRows count={1} />;
    case "impossible":
      return <p class="settings-line">{text.impossible}</p>;
    case "to-install":
      return <p class="settings-line">{text.toInstall}</p>;
    case "denied":
      return <p class="note note-danger">{text.denied}</p>;
    default: {
      const isOn = standing === "on";
      const [words, verb] = isOn ? [text.pushOff, text.turningOff] : [text.pushOn, text.turningOn];
      return (
        <div class="settings-row">
          <span class="settings-row-words">{isOn ? text.pushIsOn : text.pushIsOff}</span>
          <Button
            kind={isOn ? "secondary" : "soft"}
            busy={isBusy && verb}
            onClick={() => onTurn(!isOn)}
          >
            {words}
          </Button>
        </div>
      );
    }
  }
}

interface BrowsersProps {
  browsers: Loading<PushBrowsers>;
  ownId: string | undefined;
  onRemove: (id: string) => void;
}

function Browsers({ browsers, ownId, onRemove }: BrowsersProps) {
  const text = notificationSettingsText();
  const loaded = browsers.state.value;
  if (loaded.name === "failed") {
    return <Trouble text={loaded.error} onRetry={() => void browsers.load()} />;
  }
  const items = loaded.name === "ready" ? loaded.value.items : [];
  return items.length === 0 ? null : (
    <section>
      <h3 class="field-label">{text.browsers}</h3>
      <ul>
        {items.map((one) => (
          <BrowserRow
            key={one.id}
            browser={one}
            isHere={one.id === ownId}
            onRemove={() => onRemove(one.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface BrowserRowProps {
  browser: PushBrowser;
  isHere: boolean;
  onRemove: () => void;
}

function BrowserRow({ browser, isHere, onRemove }: BrowserRowProps) {
  const text = notificationSettingsText();
  const { device, unknownDevice } = settingsText();
  const platform = readPlatform(browser.label);
  const name = browser.label === "" ? unknownDevice : device(platform.browser, platform.system);
  return (
    <li class="settings-row">
      <span class="settings-row-words">
        <strong>{name}</strong>
        <span>{text.since(formatMoment(new Date(browser.created_at)))}</span>
      </span>
      {isHere ? (
        <span class="settings-here">{text.here}</span>
      ) : (
        <Button size="small" aria-label={text.removeBrowser(name)} onClick={onRemove}>
          {text.remove}
        </Button>
      )}
    </li>
  );
}
