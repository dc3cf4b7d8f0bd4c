/** Raising and lowering one's own hand. */
import { Hand } from "lucide-preact";
import { shownKey } from "@/lib/shortcut-keys";
import type { ParticipantView } from "@/media/participants";
import { BarButton } from "@/ui/BarButton";
import { meetingText } from "./strings";

interface HandControlProps {
  self: ParticipantView | undefined;
  isHeld: boolean;
  onHand: () => void;
}

/** The button; observers have none. */
export function HandControl({ self, isHeld, onHand }: HandControlProps) {
  const t = meetingText();
  if (self === undefined || self.role === "observer") {
    return null;
  }
  const isUp = self.hand !== undefined;
  return (
    <BarButton
      label={isUp ? t.handDown : t.hand}
      singleKey={shownKey("hand")}
      pressed={isUp}
      tone={isUp ? "hand" : "normal"}
      disabled={isHeld}
      onClick={onHand}
    >
      <Hand size={20} strokeWidth={1.75} aria-hidden="true" />
    </BarButton>
  );
}
