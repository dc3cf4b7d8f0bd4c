/** Starts the web app. */

import "@/styles/app.css";
// All listen from the beginning: the browser offers to install but once.
import "@/lib/install";
import "@/lib/theme";
import "@/lib/typeface";
import { render } from "preact";
import { App } from "@/app/App";

const root = document.getElementById("app");
if (root !== null) {
  render(<App />, root);
}
