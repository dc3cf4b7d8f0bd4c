/** Passkeys of the account. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { addPasskey, beginPasskey, listPasskeys, type Passkey, removePasskey } from "@/api/account";
import { type Asking, createAsking, createLoading, errorAt, errorBeside } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { formatMoment } from "@/i18n/format";
import { canUsePasskeys, createPasskey } from "@/lib/passkey";
import { readPlatform } from "@/lib/platform";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card. */
export function PasskeysCard() {
  const text = settingsText();
  const passkeys = useMemo(() => createLoading(listPasskeys), []);
  const asking = useMemo(createAsking, []);
  const [news, setNews] = useState<string>();
  useEffect(() => void passkeys.load(), []);
  const loaded = passkeys.state.value;
  const remove = async ({ id, name }: Passkey) => {
    setNews(undefined);
    if (await asking.run(() => removePasskey(id))) {
      setNews(text.passkeyRemoved(name));
    }
    await passkeys.load();
  };
  const add = async (password: string, name: string) => {
    setNews(undefined);
    let made: Passkey | undefined;
    const isAnswered = await asking.run(async () => {
      const { ceremony, options } = await beginPasskey(password);
      const credential = await createPasskey(options);
      made = credential && (await addPasskey(ceremony, name, credential));
    });
    if (isAnswered) {
      setNews(made ? text.passkeyAdded(made.name) : text.passkeyDeclined);
      await passkeys.load();
    }
    return made !== undefined;
  };
  return (
    <Card
      title={text.passkeys}
      line={text.passkeysLine}
      news={news}
      error={errorBeside(asking, "current_password", "name")}
    >
      {loaded.name === "loading" && <SkeletonRows count={1} />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void passkeys.load()} />
      )}
      {loaded.name === "ready" && (
        <PasskeyList
          passkeys={loaded.value}
          isBusy={asking.isBusy.value}
          onRemove={(one) => void remove(one)}
        />
      )}
      {canUsePasskeys() && <AddPasskey asking={asking} onAdd={add} />}
    </Card>
  );
}

interface PasskeyListProps {
  passkeys: Passkey[];
  isBusy: boolean;
  onRemove: (passkey: Passkey) => void;
}

function PasskeyList({ passkeys, isBusy, onRemove }: PasskeyListProps) {
  const text = settingsText();
  if (passkeys.length === 0) {
    return <p class="settings-line">{text.noPasskeys}</p>;
  }
  return (
    <ul>
      {passkeys.map((passkey) => (
        <li key={passkey.id} class="settings-row">
          <span class="settings-row-words">
            <strong dir="auto">{passkey.name}</strong>
            <span>{text.since(formatMoment(new Date(passkey.created_at)))}</span>
          </span>
          <Button
            size="small"
            aria-label={text.removePasskey(passkey.name)}
            disabled={isBusy}
            onClick={() => onRemove(passkey)}
          >
            {text.remove}
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface AddPasskeyProps {
  asking: Asking;
  /** Answers whether a passkey was made. */
  onAdd: (password: string, name: string) => Promise<boolean>;
}

function AddPasskey({ asking, onAdd }: AddPasskeyProps) {
  const text = settingsText();
  const [name, setName] = useState(() => {
    const { browser, system } = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
    return text.device(browser, system);
  });
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const missing = (value: string) => (isTried && value.trim() === "" ? text.missing : undefined);
  const add = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "" && password !== "" && (await onAdd(password, name))) {
      setPassword("");
      setTried(false);
    }
  };
  return (
    <form class="settings-form" noValidate onSubmit={(event) => void add(event)}>
      <Field
        label={text.passkeyName}
        maxLength={100}
        autoComplete="off"
        value={name}
        onValue={setName}
        error={missing(name) ?? errorAt(asking, "name")}
      />
      <PasswordField
        label={text.confirmPassword}
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
        error={missing(password) ?? errorAt(asking, "current_password")}
      />
      <Button type="submit" busy={asking.isBusy.value && text.addingPasskey}>
        {text.addPasskey}
      </Button>
    </form>
  );
}
