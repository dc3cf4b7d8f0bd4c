/** Whether somebody who is invited comes: to this time, or to all. */

import { useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { type Answer, answerMeeting, type Meeting } from "@/api/meetings";
import type { Planned } from "@/features/schedule/editing";
import { Radios } from "@/features/schedule/fields";
import { meetingText } from "@/features/schedule/meeting-strings";
import { scheduleText } from "@/features/schedule/strings";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";

const ANSWERS: readonly Answer[] = ["accepted", "tentative", "declined"];

export interface AnswerCardProps {
  meeting: Meeting;
  planned: Planned;
  onAnswered: () => void;
}

/** The card. */
export function AnswerCard({ meeting, planned, onAnswered }: AnswerCardProps) {
  const text = meetingText();
  const { reaches } = scheduleText();
  const asking = useMemo(createAsking, []);
  const isRepeated = meeting.rule !== "";
  const [reach, setReach] = useState<"this" | "all">(isRepeated ? "this" : "all");
  const [given, setGiven] = useState(planned.answer);
  const give = async (answer: Answer) => {
    const at = reach === "this" ? planned.recurrence : undefined;
    if (await asking.run(() => answerMeeting(meeting.id, answer, at))) {
      setGiven(answer);
      onAnswered();
    }
  };
  const said = ANSWERS.find((answer) => answer === given);
  return (
    <section class="card schedule-card" aria-labelledby="answer">
      <h2 id="answer" class="section-title">
        {text.question}
      </h2>
      {isRepeated && (
        <Radios
          name="answer-reach"
          label={text.forWhich}
          value={reach}
          options={[
            ["this", reaches.this],
            ["all", reaches.all],
          ]}
          onValue={setReach}
        />
      )}
      <div class="schedule-answers">
        {ANSWERS.map((answer) => (
          <Button
            key={answer}
            kind={answer === said ? "soft" : "secondary"}
            size="large"
            aria-pressed={answer === said}
            disabled={asking.isBusy.value}
            onClick={() => void give(answer)}
          >
            {text.answers[answer]}
          </Button>
        ))}
      </div>
      {asking.error.value === undefined ? (
        <p class="schedule-note" role="status">
          {said === undefined ? text.later : text.answered[said]}
        </p>
      ) : (
        <FieldNote id="answer-error" text={asking.error.value} isError />
      )}
    </section>
  );
}
