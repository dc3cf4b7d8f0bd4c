/** Which other servers are told what happens in live rooms, and what they answered. */

import "@/features/administration/administration.css";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import {
  type Delivery,
  type DeliveryState,
  listDeliveries,
  listReceivers,
  type Receiver,
  retryDelivery,
} from "@/api/administration";
import { createLoading } from "@/api/asking";
import { guarded } from "@/api/guarded";
import { type Act, Acting } from "@/features/administration/Acting";
import { Nothing, type RefusedProps, Said, Section } from "@/features/administration/Section";
import { administrationText } from "@/features/administration/strings";
import { Table, type TableRow } from "@/features/administration/Table";
import { hookText, workText } from "@/features/administration/work-strings";
import { formatMoment, formatNumber } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

const STATES: readonly DeliveryState[] = ["waiting", "failed", "delivered"];

/** The page. */
export function Webhooks({ onRefused }: RefusedProps) {
  const text = hookText();
  const receivers = useMemo(() => createLoading(guarded(listReceivers, onRefused)), []);
  const [state, setState] = useState("");
  useEffect(() => void receivers.load(), [receivers]);
  const loaded = receivers.state.value;
  return (
    <div class="administration">
      <Section title={text.receivers} line={text.line}>
        {loaded.name === "loading" && <SkeletonRows count={1} />}
        {loaded.name === "failed" && (
          <Trouble text={loaded.error} onRetry={() => void receivers.load()} />
        )}
        {loaded.name === "ready" && <Receivers receivers={loaded.value} />}
      </Section>
      <Section title={text.log}>
        <div class="administration-filters">
          <Choice
            label={workText().state}
            value={state}
            options={[
              ["", workText().every],
              ...STATES.map((one) => [one, text.states[one]] as const),
            ]}
            onValue={setState}
          />
        </div>
        <Acting
          key={state}
          id="deliveries"
          label={text.log}
          columns={[text.event, workText().state, text.receiver, text.sent, text.answer]}
          list={(cursor) => listDeliveries(state, cursor)}
          row={rowOf}
          nothing={{ title: text.nothing, line: text.nothingLine }}
          onDone={() => void receivers.load()}
        />
      </Section>
    </div>
  );
}

function Receivers({ receivers }: { receivers: readonly Receiver[] }) {
  const text = hookText();
  if (receivers.length === 0) {
    return (
      <Nothing
        title={text.noReceivers}
        line={
          <>
            {text.noReceiversLine} <code>webhook.urls</code>
          </>
        }
      />
    );
  }
  return (
    <Table
      label={text.receivers}
      columns={[text.receiver, ...STATES.map((state) => text.states[state])]}
      rows={receivers.map((one) => ({
        key: one.url,
        head: one.url,
        cells: STATES.map((state) => formatNumber(one[state])),
      }))}
    />
  );
}

function rowOf(delivery: Delivery, act: Act<Delivery>, isBusy: boolean): TableRow {
  const text = hookText();
  const about = `${delivery.event} ${delivery.room}`;
  return {
    key: delivery.id,
    head: (
      <span class="administration-words">
        <strong>{delivery.event}</strong>
        <span dir="auto">{delivery.room}</span>
      </span>
    ),
    cells: [
      <span class={`administration-state administration-${delivery.state}`}>
        {text.states[delivery.state]}
      </span>,
      delivery.receiver,
      text.tried(formatMoment(new Date(delivery.created_at)), delivery.attempts),
      answered(delivery),
    ],
    actions: delivery.state !== "delivered" && (
      <Button
        size="small"
        aria-label={text.retryOf(about)}
        busy={isBusy && text.sending}
        onClick={() => act(delivery, text.retried(about), () => retryDelivery(delivery.id))}
      >
        {text.retry}
      </Button>
    ),
  };
}

/** The receiver's own number says most; without one there is the reason. */
function answered({ status, failure }: Delivery): ComponentChildren {
  if (status !== null) {
    return String(status);
  }
  if (failure === "") {
    return administrationText().none;
  }
  return (
    <span class="administration-words">
      {hookText().notTaken}
      <Said words={failure} />
    </span>
  );
}
