/** What the connection carries, for the curious and for those who help them. */
import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { callName } from "@/lib/person";
import { browserTimers } from "@/lib/timers";
import type { Session } from "@/media/session";
import { figuresBetween, type TrackCounters, type TrackFigures } from "@/media/statistics";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { networkText } from "./network-strings";
import { meetingText } from "./strings";
import "./statistics.css";

const READ_EVERY_MS = 2000;
const KILOBITS_TO_HOURLY_MEGABYTES = 3600 / 8 / 1000;

function useFigures(session: Session) {
  const figures = useMemo(() => signal<readonly TrackFigures[] | undefined>(undefined), []);
  useEffect(() => {
    let before: TrackCounters[] = [];
    let cancel = (): void => undefined;
    const read = async (): Promise<void> => {
      const after = await session.readCounters();
      if (before.length > 0) {
        figures.value = figuresBetween(before, after);
      }
      before = after;
    };
    const again = (): void => {
      void read();
      cancel = browserTimers.after(READ_EVERY_MS, again);
    };
    again();
    return () => cancel();
  }, [session, figures]);
  return figures.value;
}

/** Everything about one track, in the order in which people ask. */
export function wordsOf(figures: TrackFigures): string {
  const t = networkText();
  const { kilobitsPerSecond, width, height, framesPerSecond, lost } = figures;
  const parts = [
    t.kilobits(kilobitsPerSecond),
    width !== undefined && height !== undefined && `${width} × ${height}`,
    framesPerSecond !== undefined && t.frames(framesPerSecond),
    lost > 0 && t.lost(lost),
  ];
  return parts.filter((part) => typeof part === "string").join(" · ");
}

interface FlowProps {
  title: string;
  figures: readonly TrackFigures[];
  nameOf: (identity: string) => string;
}

function Flow({ title, figures, nameOf }: FlowProps) {
  const t = networkText();
  const total = figures.reduce((sum, { kilobitsPerSecond }) => sum + kilobitsPerSecond, 0);
  return (
    <section class="statistics-flow" aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {figures.map((one) => (
          <div key={`${one.identity} ${one.carried}`}>
            <dt dir="auto">
              {one.isSent
                ? t.carried[one.carried]
                : `${nameOf(one.identity)}, ${t.carried[one.carried]}`}
            </dt>
            <dd>{wordsOf(one)}</dd>
          </div>
        ))}
        <div class="statistics-total">
          <dt>{t.total}</dt>
          <dd>
            {t.kilobits(total)} · {t.hourly(Math.round(total * KILOBITS_TO_HOURLY_MEGABYTES))}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Figures({ session }: { session: Session }) {
  const t = networkText();
  const figures = useFigures(session);
  if (figures === undefined) {
    return <p class="dialog-line">{t.measuring}</p>;
  }
  const participants = session.participants.value;
  const self = participants.find((other) => other.isSelf);
  const nameOf = (identity: string) =>
    callName(participants.find((other) => other.identity === identity)?.name ?? identity);
  const roundTrip = figures.find(({ roundTripMs }) => roundTripMs !== undefined)?.roundTripMs;
  return (
    <>
      <p class="dialog-line">
        {t.quality}: {t.qualities[self?.connection ?? "good"]}
        {roundTrip !== undefined && ` · ${t.roundTrip}: ${t.milliseconds(roundTrip)}`}
      </p>
      <Flow title={t.sending} figures={figures.filter((one) => one.isSent)} nameOf={nameOf} />
      <Flow title={t.receiving} figures={figures.filter((one) => !one.isSent)} nameOf={nameOf} />
    </>
  );
}

/** The dialog, read anew every two seconds. */
export function StatisticsDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  return (
    <Dialog
      title={networkText().statistics}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {meetingText().close}
        </Button>
      }
    >
      <Figures session={session} />
    </Dialog>
  );
}
