/** Turns the pages of tiles. */
import { ChevronLeft, ChevronRight } from "lucide-preact";
import { meetingText } from "./strings";

interface PagerProps {
  page: number;
  pages: number;
  onTurn: (by: 1 | -1) => void;
}

/** Previous, where we are, next. */
export function Pager({ page, pages, onTurn }: PagerProps) {
  const t = meetingText();
  return (
    <nav class="pager" aria-label={t.stage}>
      <button
        type="button"
        aria-label={t.previousPage}
        title={t.previousPage}
        disabled={page === 0}
        onClick={() => onTurn(-1)}
      >
        <ChevronLeft size={18} strokeWidth={1.9} aria-hidden="true" />
      </button>
      <span aria-live="polite">{t.page(page + 1, pages)}</span>
      <button
        type="button"
        aria-label={t.nextPage}
        title={t.nextPage}
        disabled={page === pages - 1}
        onClick={() => onTurn(1)}
      >
        <ChevronRight size={18} strokeWidth={1.9} aria-hidden="true" />
      </button>
    </nav>
  );
}
