/** What somebody who is new here may want to do first. */

import { Check } from "lucide-preact";
import { useEffect, useMemo } from "preact/hooks";
import { createLoading } from "@/api/asking";
import { listCalendars } from "@/api/calendars";
import { listContacts } from "@/api/people";
import { homeText } from "@/features/home/strings";
import { classes } from "@/lib/class";

interface Done {
  hasContact: boolean;
  hasCalendar: boolean;
}

async function look(): Promise<Done> {
  const [contacts, calendars] = await Promise.all([listContacts(), listCalendars()]);
  return { hasContact: contacts.items.length > 0, hasCalendar: calendars.length > 0 };
}

/** Three steps; each leads to where it is done, and is ticked once it was. */
export function FirstSteps({ hasTriedDevices }: { hasTriedDevices: boolean }) {
  const text = homeText();
  const done = useMemo(() => createLoading(look), []);
  useEffect(() => void done.load(), []);
  const state = done.state.value;
  const known = state.name === "ready" ? state.value : undefined;
  const steps = [
    { words: text.tryDevices, href: "/device-settings", isDone: hasTriedDevices },
    { words: text.findColleague, href: "/contacts", isDone: known?.hasContact === true },
    { words: text.connectCalendar, href: "/schedule", isDone: known?.hasCalendar === true },
  ];
  return (
    <section class="card home-side" aria-labelledby="first-steps">
      <h2 id="first-steps" class="section-title">
        {text.firstSteps}
      </h2>
      <ol class="home-steps">
        {steps.map(({ words, href, isDone }) => (
          <li key={href}>
            <a class={classes("home-step", isDone && "home-step-done")} href={href}>
              <span class="home-tick" aria-hidden="true">
                {isDone && <Check size={14} strokeWidth={2.5} />}
              </span>
              {words}
              {isDone && <span class="sr-only">{text.done}</span>}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
