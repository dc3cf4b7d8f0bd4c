/** The settings of a room, loaded when a host asks for them. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RoomSettingsDialogProps } from "@/features/people/RoomSettingsDialog";

/** The dialog as soon as it is loaded; closed again when it cannot be. */
export function LazyRoomSettings(props: RoomSettingsDialogProps) {
  const [Loaded, setLoaded] = useState<FunctionComponent<RoomSettingsDialogProps>>();
  useEffect(() => {
    import("@/features/people/RoomSettingsDialog").then(
      ({ default: dialog }) => setLoaded(() => dialog),
      props.onClose,
    );
  }, []);
  return Loaded === undefined ? null : <Loaded {...props} />;
}
