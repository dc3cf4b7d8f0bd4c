/** What stands on paper: outside of a meeting, and in its panels and dialogs. */
import { Copy, MicOff, Pin, Settings2, UserX, Video } from "lucide-preact";
import { useState } from "preact/hooks";
import { StartMeeting } from "@/features/landing/StartMeeting";
import { createLanding } from "@/features/landing/state";
import { Card, Row } from "@/sheet/Card";
import { Avatar, Avatars } from "@/ui/Avatar";
import { Button, type ButtonProps, IconButton } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { LevelMeter } from "@/ui/LevelMeter";
import { Mark } from "@/ui/Mark";
import { Menu, MenuCaption, MenuChoice, MenuLine, MenuRow, MenuSwitch } from "@/ui/Menu";
import { PasswordField } from "@/ui/PasswordField";
import { Slider } from "@/ui/Slider";
import { Switch } from "@/ui/Switch";
import { Toast } from "@/ui/Toast";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

const START = createLanding({
  create: () => new Promise(() => undefined),
  open: () => undefined,
});

const KINDS = ["primary", "soft", "secondary", "quiet", "plain", "danger"] as const;
const SIZES = ["small", "normal", "large", "huge"] as const;
const WORDS: Record<(typeof KINDS)[number], string> = {
  primary: "Gabung",
  soft: "Jadwalkan",
  secondary: "Salin",
  quiet: "Lihat semua",
  plain: "Batal",
  danger: "Keluarkan",
};
/** What somebody does with a control, as the attribute that stands in for it. */
const LOOKS = [
  ["hover", "hover"],
  ["pressed", "hover active"],
  ["focus", "focus-visible"],
] as const;
const ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

function Kinds(props: Partial<ButtonProps> & { "data-look"?: string }) {
  return KINDS.map((kind) => (
    <Button key={kind} {...props} kind={kind}>
      {WORDS[kind]}
    </Button>
  ));
}

/** Buttons in all kinds, sizes and states. */
export function Buttons() {
  return (
    <Card title="Buttons">
      <Row name="at rest">
        <Kinds />
      </Row>
      {LOOKS.map(([name, look]) => (
        <Row key={name} name={name}>
          <Kinds data-look={look} />
        </Row>
      ))}
      <Row name="disabled">
        <Kinds disabled />
      </Row>
      <Row name="busy">
        <Kinds busy="Menyimpan…" />
      </Row>
      <Row name="sizes">
        {SIZES.map((size) => (
          <Button key={size} kind="primary" size={size}>
            <Video {...ICON} />
            Mulai
          </Button>
        ))}
      </Row>
      <Row name="split">
        <StartMeeting state={START} isCompact />
      </Row>
      <Row name="icons">
        <IconButton label="Settings">
          <Settings2 {...ICON} />
        </IconButton>
        {LOOKS.map(([name, look]) => (
          <IconButton key={name} label={`Settings, ${name}`} data-look={look}>
            <Settings2 {...ICON} />
          </IconButton>
        ))}
        <IconButton label="Copy" size="small">
          <Copy {...ICON} />
        </IconButton>
      </Row>
    </Card>
  );
}

/** Fields, switches and everything else that takes a choice. */
export function Fields() {
  const [name, setName] = useState("Ni Luh Ayu Pradnyani");
  const [volume, setVolume] = useState(0.6);
  const [isOn, setOn] = useState(true);
  return (
    <Card title="Fields">
      <Field label="Nama Anda" value={name} onValue={setName} hint="Terlihat oleh semua peserta." />
      <Field label="Disentuh" value={name} onValue={setName} data-look="hover" />
      <Field label="Fokus" value={name} onValue={setName} data-look="focus-visible" />
      <fieldset class="sheet-wide" disabled>
        <Field label="Mati" value="Diatur tuan rumah" onValue={setName} />
      </fieldset>
      <Field label="Kosong" value="" onValue={setName} placeholder="Kode atau tautan rapat" />
      <Field
        label="Kode"
        value="teras-mlati-42"
        onValue={setName}
        error="Kode ini belum ada. Coba periksa ejaannya."
      />
      <Field label="Besar" size="large" value={name} onValue={setName} />
      <PasswordField label="Kata sandi" value={name} onValue={setName} autoComplete="off" />
      <Switch label="Menyala" hint="Bisa diubah." isOn={isOn} onTurn={setOn} />
      <Switch label="Mati" hint="Bisa diubah." isOn={!isOn} onTurn={(on) => setOn(!on)} />
      <Switch label="Terkunci" hint="Diatur tuan rumah." isOn disabled onTurn={setOn} />
      <Slider label="Suara" value={volume} words={`${volume * 100} %`} onValue={setVolume} />
      <Row name="level">
        {[0, 0.5, 1].map((level) => (
          <LevelMeter key={level} level={level} />
        ))}
      </Row>
    </Card>
  );
}

/** A menu with every kind of row. */
export function Menus() {
  const [choice, setChoice] = useState("a");
  const [isOn, setOn] = useState(false);
  return (
    <Card title="Menus">
      <Menu
        label="Bagas Pramudya, menu"
        buttonClass="button button-secondary"
        face="Bagas Pramudya"
      >
        <MenuCaption>Bagas Pramudya</MenuCaption>
        <MenuRow icon={<Pin {...ICON} />}>Sematkan</MenuRow>
        <MenuRow icon={<MicOff {...ICON} />} shortcut="M">
          Bisukan
        </MenuRow>
        <MenuRow aria-disabled="true">Jadikan tuan rumah</MenuRow>
        <MenuLine />
        <MenuChoice isChosen={choice === "a"} onClick={() => setChoice("a")}>
          Mikrofon bawaan
        </MenuChoice>
        <MenuChoice isChosen={choice === "b"} onClick={() => setChoice("b")}>
          Headset Bluetooth
        </MenuChoice>
        <MenuSwitch isOn={isOn} onClick={() => setOn(!isOn)}>
          Redam bising
        </MenuSwitch>
        <MenuLine />
        <MenuRow icon={<UserX {...ICON} />} isDanger>
          Keluarkan
        </MenuRow>
      </Menu>
    </Card>
  );
}

/** People and the mark. */
export function People() {
  return (
    <Card title="People and the mark">
      <Row name="avatars">
        {[28, 36, 48].map((size) => (
          <Avatar key={size} name="Siti Maemunah Kartasasmita" size={size} />
        ))}
        <Avatars names={["Siti Maemunah", "Bagas Pramudya", "Yohanes"]} rest={9} />
      </Row>
      <Row name="sizes">
        {[96, 48, 28, 18].map((size) => (
          <Mark key={size} size={size} />
        ))}
      </Row>
      <Row name="mark">
        {(["lit", "walking", "seated", "away"] as const).map((state) => (
          <Mark key={state} size={40} state={state} />
        ))}
      </Row>
    </Card>
  );
}

/** What is said: news, waiting, trouble. */
export function News() {
  const nothing = () => undefined;
  return (
    <Card title="News, waiting and trouble">
      <Toast>Tautan tersalin</Toast>
      <Toast icon={<MicOff {...ICON} />} action={{ label: "Nyalakan", onPress: nothing }}>
        Anda bicara, mikrofon mati
      </Toast>
      <p class="note note-danger">Rekaman berhenti: ruang simpan penuh.</p>
      <SkeletonRows count={2} />
      <Trouble text="Daftar ruang belum bisa dibaca." onRetry={nothing} />
    </Card>
  );
}
