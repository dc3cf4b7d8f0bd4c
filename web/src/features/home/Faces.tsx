/** Who is invited to the meeting that comes next: a few faces, and how many come. */

import "@/features/home/faces.css";
import { useEffect, useMemo } from "preact/hooks";
import { createLoading } from "@/api/asking";
import { type Invitation, listInvitations } from "@/api/inviting";
import type { Occurrence } from "@/api/meetings";
import { homeText } from "@/features/home/strings";
import { Avatars } from "@/ui/Avatar";

const SHOWN = 4;

/** The row; its place is kept while it loads, and without the list the words stand alone. */
export function Faces({ planned }: { planned: Occurrence }) {
  const { meeting_id: meeting, recurrence } = planned;
  const { accepted, needs_action } = planned.answers;
  const words = homeText().answers(accepted, needs_action);
  const loading = useMemo(
    () => createLoading(() => listInvitations(meeting, recurrence)),
    [meeting, recurrence],
  );
  useEffect(() => {
    if (words !== "") {
      void loading.load();
    }
  }, [loading, words]);
  if (words === "") {
    return null;
  }
  const loaded = loading.state.value;
  const names = loaded.name === "ready" ? namesOf(loaded.value) : [];
  return (
    <div class="home-faces">
      {loaded.name !== "loading" && (
        <>
          <Avatars names={names.slice(0, SHOWN)} rest={names.length - SHOWN} size={28} />
          <p>{words}</p>
        </>
      )}
    </div>
  );
}

/** Those who come before those who have not answered; whoever declined is left out. */
function namesOf(invited: readonly Invitation[]): string[] {
  const coming = invited.filter(({ answer }) => answer === "accepted");
  const open = invited.filter(({ answer }) => answer === "needs_action");
  return [...coming, ...open].map(({ name, email }) => (name === "" ? email : name));
}
