/** How a room is run: its lock, its waiting room, who may do what, its password. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Asking, createAsking, createLoading, errorAt } from "@/api/asking";
import type { Moderation, RoomSettings } from "@/api/moderation";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";
import { Mark } from "@/ui/Mark";
import { PasswordField } from "@/ui/PasswordField";
import { Switch } from "@/ui/Switch";
import "./people.css";
import "./room-settings.css";
import { Banned } from "./Banned";
import { roomSettingsText } from "./settings-strings";

export interface RoomSettingsDialogProps {
  moderation: Moderation;
  /** Whether the password may be set: hosts only. */
  isHost: boolean;
  onClose: () => void;
}

const DOORS = ["locked", "waiting_room"] as const;
const RIGHTS = [
  "who_may_chat",
  "who_may_send_files",
  "who_may_share",
  "who_may_unmute",
  "who_may_use_camera",
  "who_may_react",
  "who_may_rename",
] as const;

interface SwitchesProps {
  settings: RoomSettings;
  isBusy: boolean;
  onChange: (changed: Partial<RoomSettings>) => void;
}

function Switches({ settings, isBusy, onChange }: SwitchesProps) {
  const t = roomSettingsText();
  return (
    <div class="room-switches">
      {DOORS.map((key) => (
        <Switch
          key={key}
          label={t[key]}
          hint={t[`${key}Hint`]}
          isOn={settings[key] === true}
          disabled={isBusy}
          onTurn={(isOn) => onChange({ [key]: isOn })}
        />
      ))}
      {RIGHTS.map((key) => (
        <Switch
          key={key}
          label={t[key]}
          hint={t.moderatorsHint}
          isOn={settings[key] === "everybody"}
          disabled={isBusy}
          onTurn={(isOn) => onChange({ [key]: isOn ? "everybody" : "moderators" })}
        />
      ))}
    </div>
  );
}

function Password({ moderation }: { moderation: Moderation }) {
  const t = roomSettingsText();
  const asking = useMemo(createAsking, []);
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const [isSet, setIsSet] = useState<boolean>();
  const choose = async (next: string | null) => {
    if (await asking.run(() => moderation.choosePassword(next))) {
      setPassword("");
      setTried(false);
      setIsSet(next !== null);
    }
  };
  useEffect(() => {
    // Without an answer nothing is said; a password can be set all the same.
    moderation.hasPassword().then(setIsSet, () => undefined);
  }, [moderation]);
  return (
    <form
      class="room-password"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (password !== "") {
          void choose(password);
        }
      }}
    >
      <PasswordField
        label={t.password}
        hint={t.passwordHint}
        autoComplete="off"
        value={password}
        onValue={setPassword}
        error={isTried && password === "" ? t.passwordMissing : errorOf(asking)}
      />
      <div class="room-password-actions">
        <Button type="submit" busy={asking.isBusy.value && t.setting}>
          {t.setPassword}
        </Button>
        {isSet === true && (
          <Button kind="plain" onClick={() => void choose(null)}>
            {t.clearPassword}
          </Button>
        )}
      </div>
      <p class="field-hint" role="status">
        {isSet === undefined ? null : isSet ? t.passwordIsSet : t.passwordIsGone}
      </p>
    </form>
  );
}

function errorOf(asking: Asking): string | undefined {
  return errorAt(asking, "password") ?? asking.error.value;
}

/** A switch acts at once; one that is refused goes back and says why. */
export function RoomSettingsDialog(props: RoomSettingsDialogProps) {
  const { moderation, isHost, onClose } = props;
  const t = roomSettingsText();
  const asking = useMemo(createAsking, []);
  const loading = useMemo(() => createLoading(() => moderation.getSettings()), [moderation]);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  const change = async (changed: Partial<RoomSettings>) => {
    await asking.run(async () => {
      // Somebody else may have changed another switch meanwhile.
      const now = await moderation.getSettings();
      await moderation.replaceSettings({ ...now, ...changed });
    });
    await loading.load();
  };
  const error = asking.error.value ?? (loaded.name === "failed" ? loaded.error : undefined);
  return (
    <Dialog
      title={t.title}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.close}
        </Button>
      }
    >
      <p class="dialog-line">{t.line}</p>
      {loaded.name === "loading" && (
        <p class="room-loading" role="status">
          <Mark size={16} state="walking" /> {t.loading}
        </p>
      )}
      {loaded.name === "ready" && (
        <Switches
          settings={loaded.value}
          isBusy={asking.isBusy.value}
          onChange={(changed) => void change(changed)}
        />
      )}
      {error !== undefined && <FieldNote id="room-settings-error" text={error} isError />}
      <Banned moderation={moderation} />
      {isHost && <Password moderation={moderation} />}
    </Dialog>
  );
}
