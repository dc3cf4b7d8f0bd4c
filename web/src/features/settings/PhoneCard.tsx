/** The own telephone: named, confirmed by a code, and removed. */

import { useMemo, useState } from "preact/hooks";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { namePhone, type Phone, provePhone, removePhone } from "@/api/notifications";
import { Card } from "@/features/settings/Card";
import { notificationSettingsText } from "@/features/settings/notification-strings";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";

export interface PhoneCardProps {
  phone: Phone;
  onChanged: (changed: (before: Phone) => Phone) => void;
}

/** The card. */
export function PhoneCard({ phone, onChanged }: PhoneCardProps) {
  const text = notificationSettingsText();
  const asking = useMemo(createAsking, []);
  const [news, setNews] = useState<string>();
  const isBusy = asking.isBusy.value;
  const run = async (work: () => Promise<Phone>, said?: string) => {
    setNews(undefined);
    const isDone = await asking.run(async () => {
      const changed = await work();
      onChanged(() => changed);
    });
    if (isDone) {
      setNews(said);
    }
  };
  const remove = () =>
    run(async () => {
      await removePhone();
      return { ...phone, ending: null, is_proven: false, last: null };
    }, text.phoneRemoved);
  return (
    <Card
      title={text.phone}
      line={text.phoneLine}
      news={news}
      error={errorBeside(asking, "number", "code")}
    >
      {phone.ending === null ? (
        <Line
          key="number"
          label={text.number}
          hint={text.numberHint}
          verb={text.sendCode}
          busy={isBusy && text.sendingCode}
          error={errorAt(asking, "number")}
          onGiven={(number) => void run(() => namePhone(number))}
        />
      ) : (
        <>
          <p class="settings-line">
            {phone.is_proven ? text.phoneIs(phone.ending) : text.codeSent(phone.ending)}
            {phone.last !== null && ` · ${text.statuses[phone.last.status]}`}
          </p>
          {!phone.is_proven && (
            <Line
              key="code"
              label={text.code}
              verb={text.prove}
              busy={isBusy && text.proving}
              error={errorAt(asking, "code")}
              isCode
              onGiven={(code) => void run(() => provePhone(code), text.proven)}
            />
          )}
          <Button class="justify-self-start" disabled={isBusy} onClick={() => void remove()}>
            {text.removePhone}
          </Button>
        </>
      )}
    </Card>
  );
}

interface LineProps {
  label: string;
  hint?: string;
  verb: string;
  busy: string | false;
  error: string | undefined;
  isCode?: boolean;
  onGiven: (given: string) => void;
}

function Line({ label, hint, verb, busy, error, isCode = false, onGiven }: LineProps) {
  const [value, setValue] = useState("");
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onGiven(value.trim());
      }}
    >
      <Field
        label={label}
        {...(hint === undefined ? {} : { hint })}
        autoComplete={isCode ? "one-time-code" : "tel"}
        {...(isCode ? { inputMode: "numeric" as const } : {})}
        maxLength={40}
        value={value}
        onValue={setValue}
        error={error}
      />
      <Button kind="soft" type="submit" disabled={value.trim() === ""} busy={busy}>
        {verb}
      </Button>
    </form>
  );
}
