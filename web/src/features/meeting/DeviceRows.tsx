/** Rows of a menu that choose among devices. */

import { type ComponentChildren, Fragment } from "preact";
import type { DeviceView } from "@/media/device-list";
import type { DeviceKind } from "@/media/devices";
import type { Session } from "@/media/session";
import { MenuCaption, MenuChoice } from "@/ui/Menu";
import { meetingText } from "./strings";

interface DeviceRowsProps {
  session: Session;
  kind: DeviceKind;
  /** What stands under the chosen device. */
  underChosen?: ComponentChildren;
}

/** The devices of one kind, by the lists of the session. */
export function devicesOf(session: Session, kind: DeviceKind): readonly DeviceView[] {
  const { microphones, cameras, speakers } = session.devices.lists.value;
  return { audioinput: microphones, videoinput: cameras, audiooutput: speakers }[kind];
}

/** A heading and one choice for each device. */
export function DeviceRows({ session, kind, underChosen }: DeviceRowsProps) {
  const t = meetingText();
  const headings = { audioinput: t.microphone, videoinput: t.camera, audiooutput: t.speaker };
  const devices = devicesOf(session, kind);
  const active = session.devices.active.value[kind];
  const chosen = devices.some((device) => device.id === active) ? active : devices[0]?.id;
  return (
    <>
      <MenuCaption>{headings[kind]}</MenuCaption>
      {devices.length === 0 && <p class="menu-none">{t.noDevice}</p>}
      {devices.map((device) => (
        <Fragment key={device.id}>
          <MenuChoice
            isChosen={device.id === chosen}
            onClick={() => void session.own.choose(kind, device.id)}
          >
            {device.name === "" ? t.defaultDevice : device.name}
          </MenuChoice>
          {device.id === chosen && underChosen}
        </Fragment>
      ))}
    </>
  );
}
