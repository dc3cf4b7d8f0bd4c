/** Where a link from Slack leads: who would be connected, before anybody is. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import { connectSlack, lookAtSlackLink } from "@/api/integrations";
import { Card } from "@/features/settings/Card";
import { serviceText } from "@/features/settings/service-strings";
import "@/features/settings/settings.css";
import { useLinkToken } from "@/lib/link-token";
import { Button } from "@/ui/Button";
import { usePage } from "@/ui/page";
import { SkeletonRows } from "@/ui/Waiting";

/** The page. */
export function ConnectSlack() {
  const text = serviceText();
  const heading = usePage(text.connectSlack);
  const token = useLinkToken();
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class="page-title">
        {text.connectSlack}
      </h1>
      <div class="settings-cards">
        {token === undefined ? (
          <Card title={text.names.slack} line={text.noToken}>
            <Back />
          </Card>
        ) : (
          <Question key={token} token={token} />
        )}
      </div>
    </>
  );
}

function Question({ token }: { token: string }) {
  const text = serviceText();
  const person = useMemo(() => createLoading(() => lookAtSlackLink(token)), []);
  const asking = useMemo(createAsking, []);
  const [isDone, setDone] = useState(false);
  useEffect(() => void person.load(), []);
  const loaded = person.state.value;
  if (isDone || loaded.name === "failed") {
    const line = loaded.name === "failed" ? loaded.error : text.slackConnected;
    return (
      <Card title={text.names.slack} line={line}>
        <Back />
      </Card>
    );
  }
  if (loaded.name === "loading") {
    return (
      <Card title={text.names.slack}>
        <SkeletonRows count={1} />
      </Card>
    );
  }
  const { name, team } = loaded.value;
  const connect = async () => setDone(await asking.run(() => connectSlack(token)));
  return (
    <Card
      title={text.slackOn(name, team)}
      line={text.question(name, team)}
      error={asking.error.value}
    >
      <p class="settings-line">{text.warning}</p>
      <Button
        kind="primary"
        class="justify-self-start"
        busy={asking.isBusy.value && text.connecting}
        onClick={() => void connect()}
      >
        {text.connect}
      </Button>
    </Card>
  );
}

function Back() {
  return (
    <a class="settings-line underline" href="/settings">
      {serviceText().toSettings}
    </a>
  );
}
