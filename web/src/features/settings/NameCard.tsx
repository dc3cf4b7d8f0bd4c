/** The name of the account. */

import { useMemo, useState } from "preact/hooks";
import { updateProfile } from "@/api/account";
import { type Profile, readProfile } from "@/api/account-session";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";

/** The card; `tag` is the version that is shown, so that two tabs do not overwrite each other. */
export function NameCard({ profile, tag }: { profile: Profile; tag: string | undefined }) {
  const text = settingsText();
  const asking = useMemo(createAsking, []);
  const [first, setFirst] = useState(profile.first_name);
  const [last, setLast] = useState(profile.last_name);
  const [isTried, setTried] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const missing = (value: string) => (isTried && value.trim() === "" ? text.missing : undefined);
  const save = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    setSaved(false);
    if (first.trim() === "" || last.trim() === "") {
      return;
    }
    setSaved(await asking.run(() => updateProfile(first, last, tag)));
    if (asking.failure.peek()?.code === "changed_meanwhile") {
      // The next attempt is meant for the version of now; what was typed stays.
      await readProfile().catch(() => undefined);
    }
  };
  return (
    <Card
      title={text.name}
      line={text.email(profile.email)}
      news={isSaved ? text.saved : undefined}
      error={errorBeside(asking, "first_name", "last_name")}
    >
      <form class="settings-form" noValidate onSubmit={(event) => void save(event)}>
        <Field
          label={text.firstName}
          autoComplete="given-name"
          maxLength={100}
          value={first}
          onValue={setFirst}
          error={missing(first) ?? errorAt(asking, "first_name")}
        />
        <Field
          label={text.lastName}
          autoComplete="family-name"
          maxLength={100}
          value={last}
          onValue={setLast}
          error={missing(last) ?? errorAt(asking, "last_name")}
        />
        <Button kind="primary" type="submit" busy={asking.isBusy.value && text.saving}>
          {text.save}
        </Button>
      </form>
    </Card>
  );
}
