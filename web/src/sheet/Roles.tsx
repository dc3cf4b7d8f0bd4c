/** What everything else is made of: colours by their roles, and sizes of letters. */
import { Card } from "@/sheet/Card";

const ROLES = [
  "bg",
  "surface",
  "surface-2",
  "surface-3",
  "text",
  "text-2",
  "brand",
  "brand-soft",
  "live",
  "danger",
  "danger-soft",
  "warn-soft",
  "info-soft",
  "hand",
] as const;

const LETTERS = [
  [64, "Semua bisa jumpa."],
  [44, "09.41.07"],
  [32, "Sampai jumpa, Ratna"],
  [25, "Mempertanggungjawabkan"],
  [20, "Menyambung lagi…"],
  [15, "Rapat video di rumah sendiri: di server sekolah, masjid, atau kantor Anda."],
  [13, "09.30 – 10.30 WIB · teras-melati-42"],
] as const;

/** From here on down letters are read, not looked at. */
const READ = 15;

/** Each role as a swatch. */
export function Colours() {
  return (
    <Card title="Colours by role">
      <ul class="sheet-swatches">
        {ROLES.map((role) => (
          <li key={role}>
            <i style={{ background: `var(--${role})` }} />
            {role}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The sizes, each with something that is written in it. */
export function Letters() {
  return (
    <Card title="Letters">
      <dl class="sheet-letters">
        {LETTERS.map(([size, words]) => (
          <div key={size}>
            <dt>{size}</dt>
            <dd
              class={size > READ ? "font-semi tracking-tighter" : undefined}
              style={{
                fontSize: `var(--text-${size})`,
                lineHeight: `var(--text-${size}--line-height)`,
              }}
            >
              {words}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
