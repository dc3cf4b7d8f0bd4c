/** The page before a meeting while the server is asked: the same places, still empty. */

import "@/features/join/join.css";
import { joinText } from "@/features/join/strings";
import { Mark } from "@/ui/Mark";
import { PageHeader } from "@/ui/PageHeader";

/** Header at once, skeleton below. */
export function Opening() {
  return (
    <div class="flex min-h-dvh flex-col">
      <PageHeader />
      <main class="prejoin" aria-busy="true">
        <div class="preview grid place-items-center">
          <Mark size={48} state="walking" />
        </div>
        <div>
          <h1 class="sr-only">{joinText().loading}</h1>
          <span class="skeleton h-8 w-3/4" />
          <span class="skeleton mt-5 h-5 w-1/2" />
          <span class="skeleton mt-10 h-14 w-full" />
          <span class="skeleton mt-4 h-14 w-full" />
        </div>
      </main>
    </div>
  );
}
