/** Another name for oneself, here and for guests also the next time. */
import type { ReadonlySignal } from "@preact/signals";
import type { Moderation } from "@/api/moderation";
import { keepName } from "@/features/join/kept";
import { hasSignedIn } from "@/lib/sign-in-hint";
import type { ParticipantView } from "@/media/participants";

interface Parts {
  moderation: Pick<Moderation, "rename">;
  self: ReadonlySignal<ParticipantView | undefined>;
}

/** Changes what one is called in the meeting; whoever has an account is called as there the next time. */
export async function renameSelf({ moderation, self }: Parts, name: string): Promise<void> {
  const identity = self.peek()?.identity;
  if (identity === undefined) {
    return;
  }
  await moderation.rename(identity, name);
  if (!hasSignedIn()) {
    keepName(name);
  }
}
