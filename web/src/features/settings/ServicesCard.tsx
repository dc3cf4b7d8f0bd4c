/** Services of others that are connected to the account; hidden where the server offers none. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { explainAccountFailure } from "@/api/account-failure-text";
import { createAsking, createLoading } from "@/api/asking";
import { ApiError } from "@/api/client";
import {
  type Calendar,
  connectCalendar,
  disconnectCalendar,
  disconnectSlack,
  type Integrations,
  listIntegrations,
} from "@/api/integrations";
import { Card } from "@/features/settings/Card";
import { serviceText } from "@/features/settings/service-strings";
import { formatMoment } from "@/i18n/format";
import { takeFailure } from "@/lib/way-back";
import { Button } from "@/ui/Button";
import { Trouble } from "@/ui/Waiting";

export interface ServicesCardProps {
  /** Leaves the app for another page. */
  leave?: (url: string) => void;
}

/** The card. */
export function ServicesCard({ leave = (url) => location.assign(url) }: ServicesCardProps) {
  const text = serviceText();
  const list = useMemo(() => createLoading(listIntegrations), []);
  const asking = useMemo(createAsking, []);
  const [failure, setFailure] = useState(takeFailure);
  const [news, setNews] = useState<string>();
  useEffect(() => void list.load(), []);
  const loaded = list.state.value;
  if (loaded.name === "loading" || (loaded.name === "ready" && isEmpty(loaded.value))) {
    return null;
  }
  const run = async (work: () => Promise<void>, said?: string) => {
    setNews(undefined);
    setFailure(undefined);
    if (await asking.run(work)) {
      setNews(said);
    }
    await list.load();
  };
  const cameBack = failure && explainAccountFailure(new ApiError(failure, 0, ""));
  return (
    <Card title={text.title} line={text.line} news={news} error={asking.error.value ?? cameBack}>
      {loaded.name === "failed" ? (
        <Trouble text={loaded.error} onRetry={() => void list.load()} />
      ) : (
        <ul>
          {loaded.value.calendars.map((calendar) => (
            <CalendarRow
              key={calendar.service}
              calendar={calendar}
              isBusy={asking.isBusy.value}
              onConnect={() =>
                void asking.run(async () => leave(await connectCalendar(calendar.service)))
              }
              onDisconnect={() =>
                void run(
                  () => disconnectCalendar(calendar.service),
                  text.disconnected(text.names[calendar.service]),
                )
              }
            />
          ))}
          {loaded.value.slack.is_offered && (
            <SlackRows
              slack={loaded.value.slack}
              isBusy={asking.isBusy.value}
              onDisconnect={(id) =>
                void run(() => disconnectSlack(id), text.disconnected(text.names.slack))
              }
            />
          )}
        </ul>
      )}
    </Card>
  );
}

const isEmpty = (found: Integrations) => found.calendars.length === 0 && !found.slack.is_offered;

interface CalendarRowProps {
  calendar: Calendar;
  isBusy: boolean;
  onConnect: () => void;
  onDisconnect: () => void;
}

function CalendarRow({ calendar, isBusy, onConnect, onDisconnect }: CalendarRowProps) {
  const text = serviceText();
  const name = text.names[calendar.service];
  const isOn = calendar.status !== "not_connected";
  const verb = isOn ? text.connectAgain : text.connect;
  return (
    <li class="settings-row">
      <span class="settings-row-words">
        <strong>{name}</strong>
        <span>
          {calendar.status === "ended"
            ? calendar.account
            : isOn
              ? text.on(calendar.account)
              : text.off}
        </span>
        {calendar.status === "connected" && <span>{standing(calendar)}</span>}
        {calendar.status === "ended" && <span class="note note-danger">{text.ended}</span>}
      </span>
      {calendar.status !== "connected" && (
        <Button
          size="small"
          kind="soft"
          aria-label={text.connectTo(verb, name)}
          disabled={isBusy}
          onClick={onConnect}
        >
          {verb}
        </Button>
      )}
      {isOn && (
        <Button
          size="small"
          aria-label={text.connectTo(text.disconnect, name)}
          disabled={isBusy}
          onClick={onDisconnect}
        >
          {text.disconnect}
        </Button>
      )}
    </li>
  );
}

function standing({ failure, synced_at }: Calendar): string | undefined {
  const text = serviceText();
  if (failure !== "") {
    return text.waiting;
  }
  return synced_at ? text.synced(formatMoment(new Date(synced_at))) : undefined;
}

interface SlackRowsProps {
  slack: Integrations["slack"];
  isBusy: boolean;
  onDisconnect: (id: string) => void;
}

function SlackRows({ slack, isBusy, onDisconnect }: SlackRowsProps) {
  const text = serviceText();
  const row = (words: string, id?: string) => (
    <li key={id} class="settings-row">
      <span class="settings-row-words">
        <strong>{text.names.slack}</strong>
        <span dir="auto">{words}</span>
      </span>
      {id !== undefined && (
        <Button
          size="small"
          aria-label={text.connectTo(text.disconnect, words)}
          disabled={isBusy}
          onClick={() => onDisconnect(id)}
        >
          {text.disconnect}
        </Button>
      )}
    </li>
  );
  return slack.links.length === 0
    ? row(text.slackOff)
    : slack.links.map(({ id, name, team }) => row(text.slackOn(name, team), id));
}
