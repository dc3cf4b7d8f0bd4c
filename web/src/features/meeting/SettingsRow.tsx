/** The way from the devices of a meeting to the settings of an account, beside the meeting. */
import { Settings } from "lucide-preact";
import { hasSignedIn } from "@/lib/sign-in-hint";
import { MenuLine, MenuRow } from "@/ui/Menu";
import { soundText } from "./sound-strings";

/** Opens the settings in a tab of their own, so that the meeting goes on here. */
export function openSettings(): void {
  open("/settings", "_blank", "noopener");
}

/** Nothing for guests, who have none. */
export function SettingsRow() {
  if (!hasSignedIn()) {
    return null;
  }
  return (
    <>
      <MenuLine />
      <MenuRow
        icon={<Settings size={18} strokeWidth={1.9} aria-hidden="true" />}
        onClick={openSettings}
      >
        {soundText().settings}
      </MenuRow>
    </>
  );
}
