/** Longer lists to choose from: backgrounds, keys, sections of a page. */
import { useState } from "preact/hooks";
import garden from "@/media/backgrounds/garden.svg";
import porch from "@/media/backgrounds/porch.svg";
import { Card } from "@/sheet/Card";
import { BackgroundChoices } from "@/ui/BackgroundChoices";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";
import { Sections } from "@/ui/Sections";
import { ShortcutList } from "@/ui/ShortcutList";

const BACKGROUNDS = ["none", "soft", "strong", "porch", "garden"] as const;

/** Backgrounds, and the same where none can be chosen. */
export function Backgrounds() {
  const [chosen, setChosen] = useState<(typeof BACKGROUNDS)[number]>("porch");
  const props = { choices: BACKGROUNDS, pictures: { porch, garden }, onChoose: setChosen };
  return (
    <Card title="Backgrounds">
      <BackgroundChoices {...props} chosen={chosen} disabled={false} />
    </Card>
  );
}

/** The keys of a meeting; each is pressed to be changed. */
export function Shortcuts() {
  return (
    <Card title="Shortcuts">
      <div class="sheet-wide">
        <ShortcutList />
      </div>
    </Card>
  );
}

/** A page that says one thing. */
export function OneThing() {
  return (
    <Message
      title="Rapat ini sudah selesai"
      mark="seated"
      actions={<Button kind="primary">Ke beranda</Button>}
    >
      Rapat wali kelas diakhiri untuk semua orang.
    </Message>
  );
}

/** A page of several sections. */
export function SeveralSections() {
  return (
    <main class="sheet-page">
      <Sections
        title="Pengaturan"
        label="Bagian"
        sections={[
          ["#devices", "Perangkat"],
          ["#profile", "Profil"],
          ["#notifications", "Notifikasi"],
        ]}
        current="#profile"
      >
        <Card title="Bahasa">Indonesia</Card>
      </Sections>
    </main>
  );
}
