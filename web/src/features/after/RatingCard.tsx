/** The question how the meeting sounded and looked. */

import "@/features/after/rating.css";
import { ThumbsDown, ThumbsUp } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import type { SendRating } from "@/api/rating";
import { createRating, type OwnRating } from "@/features/after/rating";
import { ratingText } from "@/features/after/rating-strings";
import { Button, IconButton } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";

/** As many as the server takes. */
const MOST_CHARACTERS = 1000;
/** Whoever has no place in the room any more, or the room is gone. */
const CLOSED = [401, 403, 404];

function explain(failure: ApiError): string {
  const text = ratingText();
  if (CLOSED.includes(failure.status)) {
    return text.closed;
  }
  return failure.status === 422 ? text.unreadable : explainFailure(failure);
}

/** The card; `send` is of one stay. */
export function RatingCard({ send }: { send: SendRating }) {
  const text = ratingText();
  const rating = useMemo(() => createRating(send), [send]);
  const [opened, setOpened] = useState<"no" | "by thumb" | "by button">("no");
  const [draft, setDraft] = useState("");
  const id = useId();
  const said = rating.said.value;
  const failure = rating.failure.value;
  const judge = (isGood: boolean) => {
    if (!isGood && opened === "no") {
      setOpened("by thumb");
    }
    void rating.judge(isGood);
  };
  return (
    <section class="card rating" aria-labelledby={id}>
      <div class="rating-question">
        <h2 id={id}>{text.question}</h2>
        <Thumb label={text.good} isPressed={said?.is_good === true} onPress={() => judge(true)}>
          <ThumbsUp size={20} strokeWidth={1.75} aria-hidden="true" />
        </Thumb>
        <Thumb label={text.bad} isPressed={said?.is_good === false} onPress={() => judge(false)}>
          <ThumbsDown size={20} strokeWidth={1.75} aria-hidden="true" />
        </Thumb>
      </div>
      <p class="rating-thanks" role="status">
        {thanks(rating)}
      </p>
      {said !== undefined && opened === "no" && (
        <Button kind="quiet" size="small" onClick={() => setOpened("by button")}>
          {text.open}
        </Button>
      )}
      {said !== undefined && opened !== "no" && (
        <Comment
          value={draft}
          onValue={setDraft}
          isWanted={opened === "by button"}
          onSend={() => void rating.write(draft.trim())}
        />
      )}
      {failure !== undefined && <FieldNote id={`${id}-error`} text={explain(failure)} isError />}
    </section>
  );
}

/** Said once the server has it. */
function thanks({ said, kept }: OwnRating): string {
  const text = ratingText();
  if (kept.value === undefined || kept.value !== said.value) {
    return "";
  }
  return kept.value.comment === "" ? text.thanks : text.thanksComment;
}

interface ThumbProps {
  label: string;
  isPressed: boolean;
  onPress: () => void;
  children: ComponentChildren;
}

function Thumb({ label, isPressed, onPress, children }: ThumbProps) {
  return (
    <IconButton class="rating-thumb" label={label} aria-pressed={isPressed} onClick={onPress}>
      {children}
    </IconButton>
  );
}

interface CommentProps {
  value: string;
  onValue: (value: string) => void;
  /** Whether somebody asked for the field, and goes on in it. */
  isWanted: boolean;
  onSend: () => void;
}

function Comment({ value, onValue, isWanted, onSend }: CommentProps) {
  const text = ratingText();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isWanted) {
      field.current?.focus();
    }
  }, [isWanted]);
  return (
    <form
      class="rating-comment"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <div class="field">
        <label class="field-label" for={id}>
          {text.comment}
        </label>
        <textarea
          ref={field}
          id={id}
          class="input rating-words"
          rows={3}
          maxLength={MOST_CHARACTERS}
          value={value}
          aria-describedby={`${id}-note`}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        <FieldNote id={`${id}-note`} text={text.readers} isError={false} />
      </div>
      <Button type="submit" kind="secondary">
        {text.send}
      </Button>
    </form>
  );
}
