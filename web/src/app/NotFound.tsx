/** The page for an address that leads nowhere: says where it may have been meant to lead. */

import { useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { createRoom } from "@/api/rooms";
import { nearestPlace } from "@/app/look-alike";
import { appText } from "@/app/strings";
import { JoinByCode } from "@/features/landing/JoinByCode";
import { createLanding } from "@/features/landing/state";
import { readRoomCode } from "@/lib/room-code";
import { Message } from "@/ui/Message";

export interface NotFoundProps {
  /** What stands behind the host, as far as it is known. */
  path?: string;
}

/** A meeting or a page that looks like it, the field for codes, and the front page. */
export function NotFound({ path = location.pathname.slice(1) }: NotFoundProps) {
  const { route } = useLocation();
  const text = appText();
  const state = useMemo(
    () => createLanding({ create: createRoom, open: (code) => route(`/${code}`) }),
    [],
  );
  const code = readRoomCode(path);
  const place = nearestPlace(path);
  const [href, words] =
    code !== undefined
      ? [`/${code}`, text.openMeeting(code)]
      : place !== undefined
        ? [`/${place}`, text.meant(text.meantPlaces[place])]
        : ["/", text.home];
  return (
    <Message
      title={text.notFound}
      mark="away"
      actions={
        <>
          <a class="button button-primary button-large" href={href}>
            {words}
          </a>
          {href !== "/" && (
            <a class="button button-secondary button-large" href="/">
              {text.home}
            </a>
          )}
          {code === undefined && <JoinByCode state={state} />}
        </>
      }
    >
      {text.notFoundLine}
    </Message>
  );
}
