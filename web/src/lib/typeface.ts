/** The letters of all pages: some people read others more easily than the usual ones. */

import { pageChoice } from "@/lib/page-choice";
import { PAGE_CHOICES } from "@/lib/page-choices";

export const typefaceChoice = pageChoice("typeface", PAGE_CHOICES.typeface);
