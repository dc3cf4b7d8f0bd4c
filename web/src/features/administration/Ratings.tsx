/** How meetings sounded and looked: the share of good ones, and the newest comments. */

import { useEffect, useMemo } from "preact/hooks";
import { getRatings, type Ratings as Read } from "@/api/administration";
import { createLoading } from "@/api/asking";
import { guarded } from "@/api/guarded";
import { Figure, type RefusedProps, Section } from "@/features/administration/Section";
import { administrationText } from "@/features/administration/strings";
import { Table } from "@/features/administration/Table";
import { ownZone } from "@/features/administration/zone";
import { formatDate, formatNumber, formatPercent } from "@/i18n/format";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card. */
export function Ratings({ onRefused }: RefusedProps) {
  const text = administrationText();
  const ratings = useMemo(() => createLoading(guarded(() => getRatings(ownZone()), onRefused)), []);
  useEffect(() => void ratings.load(), [ratings]);
  const loaded = ratings.state.value;
  const line = loaded.name === "ready" ? text.ratingsLine(loaded.value.days) : undefined;
  return (
    <Section title={text.ratings} line={line}>
      {loaded.name === "loading" && <SkeletonRows count={2} />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void ratings.load()} />
      )}
      {loaded.name === "ready" && <Told {...loaded.value} />}
    </Section>
  );
}

function Told({ count, good, comments }: Read) {
  const text = administrationText();
  if (count === 0) {
    return <p class="administration-line">{text.noRatings}</p>;
  }
  return (
    <>
      <dl class="administration-figures">
        <Figure words={text.content} value={formatPercent(good / count)} />
        <Figure words={text.ratingCount} value={formatNumber(count)} />
      </dl>
      {comments.length > 0 && (
        <Table
          label={text.comments}
          columns={[text.meeting, text.day, text.rating, text.comment]}
          rows={comments.map((one, index) => ({
            key: String(index),
            head: one.room_title === "" ? one.room_code : one.room_title,
            cells: [
              formatDate(new Date(`${one.date}T00:00:00Z`), "UTC"),
              one.is_good ? text.good : text.bad,
              <span class="administration-comment" dir="auto">
                {one.comment}
              </span>,
            ],
          }))}
        />
      )}
    </>
  );
}
