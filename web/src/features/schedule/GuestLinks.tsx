/** Links by which people without an account come in: made, shown once, and taken back. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import {
  createGuestLink,
  type GuestLink,
  listGuestLinks,
  type NewGuestLink,
  takeBackGuestLink,
} from "@/api/inviting";
import { CardRows } from "@/features/schedule/CardRows";
import { CopyLine } from "@/features/schedule/CopyLine";
import { meetingText } from "@/features/schedule/meeting-strings";
import { formatMoment } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";

/** The card. */
export function GuestLinks({ meeting }: { meeting: string }) {
  const text = meetingText();
  const loading = useMemo(() => createLoading(() => listGuestLinks(meeting)), [meeting]);
  const [asking, ending] = useMemo(() => [createAsking(), createAsking()] as const, []);
  const [label, setLabel] = useState("");
  const [made, setMade] = useState<NewGuestLink | undefined>();
  const [endingId, setEndingId] = useState("");
  useEffect(() => void loading.load(), [loading]);
  const make = (event: Event) => {
    event.preventDefault();
    void asking.run(async () => {
      setMade(await createGuestLink(meeting, label.trim()));
      setLabel("");
      await loading.load();
    });
  };
  const takeBack = (id: string) => {
    setEndingId(id);
    void ending.run(async () => {
      await takeBackGuestLink(meeting, id);
      setMade((shown) => (shown?.id === id ? undefined : shown));
      await loading.load();
    });
  };
  const error = asking.error.value ?? ending.error.value;
  return (
    <section class="card schedule-card" aria-labelledby="guests">
      <h2 id="guests" class="section-title">
        {text.guests}
      </h2>
      <p class="schedule-note">{text.guestsLine}</p>
      <form class="schedule-make" noValidate onSubmit={make}>
        <Field
          label={text.guestLabel}
          maxLength={100}
          autoComplete="off"
          value={label}
          onValue={setLabel}
        />
        <Button kind="soft" type="submit" busy={asking.isBusy.value && text.creating}>
          {text.createGuest}
        </Button>
      </form>
      {error !== undefined && <FieldNote id="guests-error" text={error} isError />}
      {made !== undefined && (
        <div class="schedule-made">
          <p>{text.shownOnce}</p>
          <CopyLine address={made.url} />
        </div>
      )}
      <CardRows
        loading={loading}
        none={text.noGuests}
        rowOf={(link) => (
          <Row
            key={link.id}
            link={link}
            isBusy={ending.isBusy.value && endingId === link.id}
            onTakeBack={() => takeBack(link.id)}
          />
        )}
      />
    </section>
  );
}

interface RowProps {
  link: GuestLink;
  isBusy: boolean;
  onTakeBack: () => void;
}

function Row({ link, isBusy, onTakeBack }: RowProps) {
  const text = meetingText();
  const name = link.label === "" ? text.unnamed : link.label;
  return (
    <li class="schedule-person">
      <span class="schedule-words">
        <strong dir="auto">{name}</strong>
        <span>{text.expires(formatMoment(new Date(link.expires_at)))}</span>
      </span>
      <Button
        kind="plain"
        size="small"
        aria-label={text.takeBackOne(name)}
        busy={isBusy && text.takingBack}
        onClick={onTakeBack}
      >
        {text.takeBack}
      </Button>
    </li>
  );
}
