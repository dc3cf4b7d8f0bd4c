/** Asks for the one click without which the browser plays no sound. */
import { Volume2 } from "lucide-preact";
import { Toast } from "@/ui/Toast";
import { meetingText } from "./strings";

/** A line at the top of the stage with one button. */
export function SoundPrompt({ onAllow }: { onAllow: () => void }) {
  const t = meetingText();
  return (
    <div class="stage-prompt" role="alert">
      <Toast
        icon={<Volume2 size={18} strokeWidth={1.9} aria-hidden="true" />}
        action={{ label: t.soundAllow, onPress: onAllow }}
      >
        {t.soundBlocked}
      </Toast>
    </div>
  );
}
