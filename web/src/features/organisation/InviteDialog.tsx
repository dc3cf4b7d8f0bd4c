/** Asks whom to invite, as what, and in which language they are written. */

import { useMemo, useState } from "preact/hooks";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import type { ColleagueRole } from "@/api/organisation";
import type { PeopleState } from "@/features/organisation/state";
import { organisationText } from "@/features/organisation/strings";
import { locale } from "@/i18n/locale";
import { Button } from "@/ui/Button";
import { Choice } from "@/ui/Choice";
import { Dialog } from "@/ui/Dialog";
import { Field, FieldNote } from "@/ui/Field";

interface InviteDialogProps {
  invite: PeopleState["invite"];
  onClose: () => void;
}

/** The dialog; closes by itself once the letter is under way. */
export function InviteDialog({ invite, onClose }: InviteDialogProps) {
  const text = organisationText();
  const asking = useMemo(createAsking, []);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<ColleagueRole>("member");
  const [language, setLanguage] = useState(locale.peek());
  const [isTried, setTried] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    const address = email.trim();
    if (address !== "" && (await asking.run(() => invite({ email: address, role, language })))) {
      onClose();
    }
  };
  const missing = isTried && email.trim() === "" ? text.missing : undefined;
  const beside = errorBeside(asking, "email");
  return (
    <Dialog title={text.invite} onClose={onClose}>
      <form class="organisation-form" noValidate onSubmit={(event) => void submit(event)}>
        <p class="organisation-dialog-line">{text.inviteLine}</p>
        <Field
          label={text.email}
          type="email"
          inputMode="email"
          autoComplete="off"
          maxLength={254}
          value={email}
          onValue={setEmail}
          autoFocus
          error={missing ?? errorAt(asking, "email")}
        />
        <Choice
          label={text.role}
          value={role}
          options={[
            ["member", text.roles.member],
            ["administrator", text.roles.administrator],
          ]}
          onValue={(value) => setRole(value === "administrator" ? value : "member")}
        />
        <Choice
          label={text.language}
          value={language}
          options={[
            ["id", text.languages.id],
            ["en", text.languages.en],
          ]}
          onValue={(value) => setLanguage(value === "id" ? value : "en")}
        />
        {beside !== undefined && <FieldNote id="invite-error" text={beside} isError />}
        <div class="dialog-actions">
          <Button kind="plain" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button kind="primary" type="submit" busy={asking.isBusy.value && text.sending}>
            {text.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
