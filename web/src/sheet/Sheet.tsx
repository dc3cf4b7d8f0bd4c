/** All components in all their states on one page, to look at and to be asked about by axe. */
import { useState } from "preact/hooks";
import { Card } from "@/sheet/Card";
import { Badges, Choices } from "@/sheet/Choices";
import { BarControls, Tiles } from "@/sheet/Dusk";
import { Backgrounds, Shortcuts } from "@/sheet/Lists";
import { Buttons, Fields, Menus, News, People } from "@/sheet/Paper";
import { Colours, Letters } from "@/sheet/Roles";
import { Button } from "@/ui/Button";
import { Dialog, Sheet as PhoneSheet } from "@/ui/Dialog";

/** What opens over a page. */
export function Dialogs() {
  const [open, setOpen] = useState<"dialog" | "sheet">();
  const close = () => setOpen(undefined);
  return (
    <Card title="Dialogs">
      <Button onClick={() => setOpen("dialog")}>Open a dialog</Button>
      <Button onClick={() => setOpen("sheet")}>Open a sheet</Button>
      {open === "dialog" && (
        <Dialog
          title="Akhiri untuk semua?"
          onClose={close}
          actions={
            <>
              <Button kind="plain" onClick={close}>
                Kembali
              </Button>
              <Button onClick={close}>Saya saja</Button>
              <Button kind="danger" onClick={close}>
                Akhiri
              </Button>
            </>
          }
        >
          <p>Lima orang masih di dalam.</p>
        </Dialog>
      )}
      {open === "sheet" && (
        <PhoneSheet title="Lainnya" onClose={close}>
          <div class="sheet-card">
            <Button onClick={close}>Tutup</Button>
          </div>
        </PhoneSheet>
      )}
    </Card>
  );
}

/** The page. */
export function Sheet() {
  return (
    <main class="sheet-page">
      <h1 class="sheet-head">Components</h1>
      <Colours />
      <Letters />
      <Buttons />
      <Fields />
      <Choices />
      <Badges />
      <Backgrounds />
      <Shortcuts />
      <Menus />
      <Dialogs />
      <People />
      <News />
      <Tiles />
      <BarControls />
    </main>
  );
}
