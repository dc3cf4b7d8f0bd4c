/** The page that receives people: start a meeting or come in with a code. */

import "@/features/landing/landing.css";
import "@/features/landing/hero.css";
import { House, Signal, UserRoundCheck } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { createRoom } from "@/api/rooms";
import { Hero } from "@/features/landing/Hero";
import { JoinByCode } from "@/features/landing/JoinByCode";
import { StartMeeting } from "@/features/landing/StartMeeting";
import { createLanding } from "@/features/landing/state";
import { landingText } from "@/features/landing/strings";
import { LanguageSegments } from "@/ui/LanguageSegments";
import { Brand } from "@/ui/PageHeader";
import { usePage } from "@/ui/page";
import { ThemeSegments } from "@/ui/ThemeSegments";

/** The landing page. */
export function Landing() {
  const { route } = useLocation();
  const state = useMemo(
    () => createLanding({ create: createRoom, open: (code) => route(`/${code}`) }),
    [],
  );
  const text = landingText();
  const heading = usePage(text.title);
  return (
    <div class="landing">
      <header class="landing-header">
        <Brand size={30} />
        <span class="grow" />
        <LanguageSegments />
        <a class="button button-plain landing-register" href="/register">
          {text.register}
        </a>
        <a class="button button-secondary" href="/login">
          {text.signIn}
        </a>
      </header>
      <main class="landing-main">
        <div>
          <h1 ref={heading} class="landing-title">
            {text.title}
          </h1>
          <p class="landing-lead">{text.lead}</p>
          <div class="landing-start">
            <StartMeeting state={state} />
            <JoinByCode state={state} />
          </div>
          <Facts />
        </div>
        <Hero />
      </main>
      <Foot />
    </div>
  );
}

function Foot() {
  const text = landingText();
  return (
    <footer class="landing-footer">
      <span class="landing-host">{location.host}</span>
      <ThemeSegments />
      <nav class="landing-links" aria-label={text.more}>
        <a href="/connection-test">{text.connectionTest}</a>
        <a href="/privacy">{text.privacy}</a>
        <a href="/help">{text.help}</a>
      </nav>
    </footer>
  );
}

function Facts() {
  const text = landingText();
  return (
    <ul class="landing-facts">
      <li>
        <UserRoundCheck size={18} strokeWidth={1.9} aria-hidden="true" />
        {text.guests}
      </li>
      <li>
        <Signal size={18} strokeWidth={1.9} aria-hidden="true" />
        {text.networks}
      </li>
      <li>
        <House size={18} strokeWidth={1.9} aria-hidden="true" />
        {text.data}
      </li>
    </ul>
  );
}
