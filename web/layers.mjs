/** Checks the imports, and that the checker saw files: without a compiler it looks at none and reports success. */

import { readdirSync } from "node:fs";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import rules from "./.dependency-cruiser.mjs";

const expected = readdirSync("src", { recursive: true }).filter((name) => /\.tsx?$/.test(name));
const { output } = await cruise(
  ["src"],
  { ...rules.options, validate: true, ruleSet: { forbidden: rules.forbidden } },
  rules.options.enhancedResolveOptions,
  { tsConfig: extractTSConfig("tsconfig.json") },
);
for (const { rule, from, to } of output.summary.violations) {
  console.error(`${rule.name}: ${from} → ${to}`);
}
const seen = output.modules.filter(({ source }) => /^src\/.*\.tsx?$/.test(source)).length;
if (seen < expected.length) {
  console.error(`The import check saw ${seen} of ${expected.length} files.`);
  process.exit(1);
}
console.log(`${seen} files keep to their layers`);
process.exit(output.summary.violations.length > 0 ? 1 : 0);
