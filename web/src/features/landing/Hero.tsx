/** The kawung of people: three inside, and the lit petal for you. */

import ayu from "@/features/landing/portraits/ayu.svg";
import bagas from "@/features/landing/portraits/bagas.svg";
import siti from "@/features/landing/portraits/siti.svg";
import { landingText } from "@/features/landing/strings";
import { Voice } from "@/ui/Tile";

/** Decorative: the title beside it says the same. */
export function Hero() {
  return (
    <div class="landing-hero" aria-hidden="true">
      <div class="landing-petal">
        <img src={bagas} alt="" />
        <span class="tag">Bagas</span>
      </div>
      <div class="landing-petal landing-you">{landingText().you}</div>
      <div class="landing-petal">
        <img src={siti} alt="" />
        <span class="tag">
          <Voice />
          Siti
        </span>
      </div>
      <div class="landing-petal">
        <img src={ayu} alt="" />
        <span class="tag">Ayu</span>
      </div>
    </div>
  );
}
