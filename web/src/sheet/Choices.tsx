/** What is chosen from: segments, radios, ticks, lists, days, tabs; and what is said in a word. */
import "@/features/administration/administration.css";
import "@/features/contacts/contacts.css";
import "@/features/organisation/organisation.css";
import "@/features/schedule/plan.css";
import { useState } from "preact/hooks";
import { PersonRow } from "@/features/contacts/PersonRow";
import { type Draft, freshDraft } from "@/features/schedule/draft";
import { Radios } from "@/features/schedule/fields";
import { Invited } from "@/features/schedule/Invited";
import { Repeating } from "@/features/schedule/Repeating";
import { Card, Row } from "@/sheet/Card";
import { LanguageSegments } from "@/ui/LanguageSegments";
import { Picked } from "@/ui/Picked";
import { Tabs } from "@/ui/Tabs";
import { ThemeSegments } from "@/ui/ThemeSegments";
import { TypefaceField } from "@/ui/TypefaceField";

const FRESH = freshDraft(new Date("2026-12-01T08:00"), "Asia/Jakarta");
const PLANNED: Draft = {
  ...FRESH,
  repetition: { ...FRESH.repetition, repeat: "weekly" },
  invited: [
    { key: "ayu", userId: "ayu", name: "Ni Luh Ayu Pradnyani", isCohost: true },
    { key: "bagas@example.com", name: "", email: "bagas@example.com", isCohost: false },
  ],
};

/** Everything with which one of several, or several, are chosen. */
export function Choices() {
  const [draft, setDraft] = useState(PLANNED);
  const [opens, setOpens] = useState("start");
  const [tab, setTab] = useState("notes");
  const change = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed });
  return (
    <Card title="Choices">
      <Row name="language">
        <LanguageSegments />
      </Row>
      <Row name="theme">
        <ThemeSegments />
        <ThemeSegments withWords />
      </Row>
      <TypefaceField />
      <Radios
        name="opens"
        label="Ruang dibuka"
        value={opens}
        options={[
          ["anytime", "Kapan saja"],
          ["start", "Saat mulai"],
        ]}
        onValue={setOpens}
      />
      <Picked type="date" label="Hari" value={draft.day} onValue={(day) => change({ day })} />
      <div>
        <Repeating draft={draft} faults={[]} onChange={change} />
      </div>
      <Invited
        label="Undang"
        ownId={undefined}
        namesCohosts
        invited={draft.invited}
        onChange={(invited) => change({ invited })}
      />
      <Tabs
        label="Bagian"
        tabs={[
          ["notes", "Notulen"],
          ["parts", "Bab"],
          ["files", "Berkas"],
        ]}
        chosen={tab}
        onChoose={setTab}
      >
        <p>Isi bagian ini.</p>
      </Tabs>
    </Card>
  );
}

const PRESENT = [
  ["online", "Siti", "Maemunah"],
  ["in_meeting", "Bagas", "Pramudya"],
  ["offline", "Yohanes", "Krisna Adiwijaya Putra"],
] as const;

/** One word in a frame of its own, and how somebody is present. */
export function Badges() {
  return (
    <Card title="Badges">
      <Row name="people">
        <span class="organisation-mark">Anda</span>
        <span class="organisation-mark organisation-mark-closed">Ditutup</span>
      </Row>
      <Row name="states">
        <span class="administration-state">Menunggu</span>
        <span class="administration-state administration-done">Selesai</span>
        <span class="administration-state administration-failed">Gagal</span>
      </Row>
      <ul class="sheet-wide">
        {PRESENT.map(([presence, first, last]) => (
          <PersonRow
            key={presence}
            person={{ id: presence, first_name: first, last_name: last, avatar: null }}
            presence={presence}
          />
        ))}
      </ul>
    </Card>
  );
}
