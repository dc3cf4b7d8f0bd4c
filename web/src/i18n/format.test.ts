import { expect, test } from "vitest";
import { formatSize } from "@/i18n/format";
import { chooseLocale } from "@/i18n/locale";

test.each([
  [1, "1 byte"],
  [2, "2 bytes"],
  [89_400, "89 kB"],
  [1_340_000, "1.3 MB"],
])("a file of %i bytes is shown as %s", (bytes, shown) => {
  chooseLocale("en");
  expect(formatSize(bytes)).toBe(shown);
});
