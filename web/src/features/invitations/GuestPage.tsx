/** The page that a guest link opens: a name, and then the door of the meeting. */

import "@/features/invitations/invitations.css";
import { useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { enterAsGuest } from "@/api/invitations";
import { invitationText } from "@/features/invitations/strings";
import { useLinkToken } from "@/lib/link-token";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { PageHeader } from "@/ui/PageHeader";
import { usePage } from "@/ui/page";

export interface GuestPageProps {
  /** The name that was used last. */
  name: string;
  /** Take the place in a room with a name. */
  onSeat: (code: string, seat: string, name: string) => void;
}

/** The page. */
export function GuestPage({ name: before, onSeat }: GuestPageProps) {
  const text = invitationText();
  const { route } = useLocation();
  const token = useLinkToken();
  const heading = usePage(text.guestTitle);
  const asking = useMemo(createAsking, []);
  const [name, setName] = useState(before);
  const [isTried, setTried] = useState(false);
  const missing = isTried && name.trim() === "" ? text.nameMissing : undefined;
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (token === undefined || name.trim() === "") {
      return;
    }
    await asking.run(async () => {
      const { code, seat } = await enterAsGuest(token, name.trim());
      onSeat(code, seat, name.trim());
      route(`/${code}`);
    });
  };
  const beside = token === undefined ? text.guestIncomplete : errorBeside(asking, "name");
  return (
    <div class="invitation">
      <PageHeader />
      <main class="invitation-main">
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {text.guestTitle}
        </h1>
        <p class="invitation-line">{text.guestLine}</p>
        <form class="invitation-form" noValidate onSubmit={(event) => void submit(event)}>
          <Field
            label={text.name}
            size="large"
            autoComplete="name"
            maxLength={80}
            value={name}
            onValue={setName}
            error={missing ?? errorAt(asking, "name")}
          />
          {beside !== undefined && <FieldNote id="guest-error" text={beside} isError />}
          <Button
            kind="primary"
            size="large"
            type="submit"
            busy={asking.isBusy.value && text.entering}
          >
            {text.enter}
          </Button>
        </form>
      </main>
    </div>
  );
}
