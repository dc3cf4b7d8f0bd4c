/** Coming in without a page before: the site around this frame knows who it is. */

import { useEffect } from "preact/hooks";
import { explainFailure } from "@/api/failure-text";
import type { Admission, DeviceChoice } from "@/app/admission";
import { Opening } from "@/features/join/Opening";
import type { Join } from "@/features/join/state";
import { roomText } from "@/features/join/strings";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";
import { uiText } from "@/ui/strings";

/** What the site says: its token for the room, a name, and which devices are on at first. */
export interface Word extends DeviceChoice {
  token: string;
  name: string;
}

interface VouchedProps {
  join: Join;
  word: Word;
  onAdmitted: (admission: Admission, choice: DeviceChoice) => void;
}

/** One attempt to come in, and another on demand. */
export function Vouched({ join, word, onAdmitted }: VouchedProps) {
  const { token, name, microphone, camera } = word;
  const enter = async () => {
    const admission = await join.join(name, { access_token: token });
    if (admission !== undefined) {
      onAdmitted(admission, { microphone, camera });
    }
  };
  useEffect(() => {
    void enter();
  }, []);
  const refusal = join.refusal.value;
  if (refusal === undefined) {
    return <Opening />;
  }
  return (
    <Message
      title={roomText().unreachable}
      mark="away"
      actions={
        <Button kind="primary" size="large" onClick={() => void enter()}>
          {uiText().retry}
        </Button>
      }
    >
      {explainFailure(refusal)}
    </Message>
  );
}
