/** The page after leaving by oneself: it tells whether the meeting goes on. */

import { useEffect, useState } from "preact/hooks";
import { getRoom } from "@/api/rooms";
import { type AfterProps, Again, HomeButton } from "@/features/after/Again";
import { type Afterwards, readAfterwards } from "@/features/after/afterwards";
import { RatingCard } from "@/features/after/RatingCard";
import { afterText } from "@/features/after/strings";
import { callName } from "@/lib/person";

function useAfterwards(code: string): Afterwards {
  const [afterwards, setAfterwards] = useState<Afterwards>("unknown");
  useEffect(() => {
    let isStanding = true;
    readAfterwards(() => getRoom(code)).then((answer) => {
      if (isStanding) {
        setAfterwards(answer);
      }
    });
    return () => {
      isStanding = false;
    };
  }, [code]);
  return afterwards;
}

/** "See you, Ratna". */
export function Left({ code, title, name, sendRating, onAgain, onHome }: AfterProps) {
  const text = afterText();
  const shown = title === "" ? text.untitled : title;
  const lines: Record<Afterwards, string> = {
    unknown: text.leftLine,
    running: text.leftGoesOn(shown),
    empty: text.leftEmpty(shown),
    ended: title === "" ? text.endedUntitled : text.endedLine(title),
  };
  return (
    <Again
      title={text.leftTitle(callName(name))}
      label={text.again}
      onAgain={onAgain}
      beside={
        <>
          <HomeButton onHome={onHome} />
          {sendRating !== undefined && <RatingCard send={sendRating} />}
        </>
      }
    >
      {lines[useAfterwards(code)]}
    </Again>
  );
}
