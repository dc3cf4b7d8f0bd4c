/** Starts the sheet of components: for those who build screens, and in no released build. */

import "@/styles/app.css";
import { render } from "preact";
import { Sheet } from "@/sheet/Sheet";

const root = document.getElementById("app");
if (root !== null) {
  render(<Sheet />, root);
}
