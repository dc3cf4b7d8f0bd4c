/** Changing the password. */

import { useMemo, useState } from "preact/hooks";
import { changePassword } from "@/api/account";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { Button } from "@/ui/Button";
import { PasswordField } from "@/ui/PasswordField";

/** The card; the address tells password keepers whose password it is. */
export function PasswordCard({ email }: { email: string }) {
  const text = settingsText();
  const asking = useMemo(createAsking, []);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isTried, setTried] = useState(false);
  const [isDone, setDone] = useState(false);
  const missing = (value: string) => (isTried && value === "" ? text.missing : undefined);
  const change = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    setDone(false);
    if (current === "" || next === "") {
      return;
    }
    if (await asking.run(() => changePassword(current, next))) {
      setDone(true);
      setTried(false);
      setCurrent("");
      setNext("");
    }
  };
  return (
    <Card
      title={text.password}
      line={text.passwordLine}
      news={isDone ? text.passwordChanged : undefined}
      error={errorBeside(asking, "current_password", "password")}
    >
      <form class="settings-form" noValidate onSubmit={(event) => void change(event)}>
        <input autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={text.currentPassword}
          autoComplete="current-password"
          value={current}
          onValue={setCurrent}
          error={missing(current) ?? errorAt(asking, "current_password")}
        />
        <PasswordField
          label={text.newPassword}
          autoComplete="new-password"
          value={next}
          onValue={setNext}
          error={missing(next) ?? errorAt(asking, "password")}
        />
        <Button type="submit" busy={asking.isBusy.value && text.saving}>
          {text.changePassword}
        </Button>
      </form>
    </Card>
  );
}
