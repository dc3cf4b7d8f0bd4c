/** Help for a device that cannot be had, in the place of the picture; it blocks nothing. */

import "@/features/join/help.css";
import { SlidersHorizontal } from "lucide-preact";
import type { Help } from "@/features/join/help";
import { joinText } from "@/features/join/strings";

/** Title, steps and a button that asks again. */
export function HelpView({ help, onRetry }: { help: Help; onRetry: () => void }) {
  return (
    <div class="help" role="status">
      <h2 class="help-title">{help.title}</h2>
      {help.showsAddress && (
        <div class="help-address" aria-hidden="true">
          <span class="help-sign">
            <SlidersHorizontal size={16} strokeWidth={2} />
          </span>
          <span class="truncate">
            {location.host}
            {location.pathname}
          </span>
        </div>
      )}
      {help.line !== undefined && <p class="help-line">{help.line}</p>}
      <ol class="help-steps">
        {help.steps.map((step, index) => (
          <li key={step}>
            <span class="help-number" aria-hidden="true">
              {index + 1}
            </span>
            {step}
          </li>
        ))}
      </ol>
      <button type="button" class="help-retry" onClick={onRetry}>
        {joinText().reload}
      </button>
    </div>
  );
}
