/** The way in by the organisation's own provider, and what it says when that failed. */

import { Building2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { explainAccountFailure } from "@/api/account-failure-text";
import { PROVIDER_START } from "@/api/auth";
import { ApiError } from "@/api/client";
import { signInText } from "@/features/sign-in/strings";
import { noteDeparture, takeFailure } from "@/lib/way-back";
import { FieldNote } from "@/ui/Field";

/** The button. */
export function ProviderDoor({ name }: { name: string }) {
  return (
    <a
      class="button button-secondary button-large sign-in-wide"
      href={PROVIDER_START}
      // Not a page of this app: the browser itself has to go there.
      target="_top"
      onClick={noteDeparture}
    >
      <Building2 size={20} strokeWidth={1.75} aria-hidden="true" />
      {signInText().provider(name)}
    </a>
  );
}

/** Why the way back from the provider ended here, if it did. */
export function ProviderFailure() {
  const [code] = useState(takeFailure);
  return code === undefined ? null : (
    <FieldNote
      id="provider-error"
      text={explainAccountFailure(new ApiError(code, 0, ""))}
      isError
    />
  );
}
