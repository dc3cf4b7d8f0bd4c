/** Starts the sheet of components: for those who build screens, and in no released build. */

import "@/styles/app.css";
import { render } from "preact";
import { addLooks } from "@/sheet/looks";
import { Sheet } from "@/sheet/Sheet";

for (const styles of document.styleSheets) {
  addLooks(styles);
}

const root = document.getElementById("app");
if (root !== null) {
  render(<Sheet />, root);
}
