/** The name of the organisation, and how many people it has. */

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createAsking, createLoading, errorAt, errorBeside } from "@/api/asking";
import { guarded } from "@/api/guarded";
import { type Organisation, readOrganisation, renameOrganisation } from "@/api/organisation";
import { organisationText } from "@/features/organisation/strings";
import { Button } from "@/ui/Button";
import { Field, FieldNote } from "@/ui/Field";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

interface NameCardProps {
  /** What was said last: then there may be more people, or fewer. */
  news: string;
  onRefused: () => void;
  /** What can be done with the organisation besides. */
  children: ComponentChildren;
}

/** The card. */
export function NameCard({ news, onRefused, children }: NameCardProps) {
  const text = organisationText();
  const loading = useMemo(() => createLoading(guarded(readOrganisation, onRefused)), []);
  const [isRenaming, setRenaming] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const card = useFocusFor(isRenaming);
  useEffect(() => {
    setSaved(false);
    void loading.load();
  }, [loading, news]);
  const loaded = loading.state.value;
  if (loaded.name === "loading") {
    return (
      <section class="card organisation-card">
        <SkeletonRows count={1} />
      </section>
    );
  }
  if (loaded.name === "failed") {
    return (
      <section class="card organisation-card">
        <Trouble text={loaded.error} onRetry={() => void loading.load()} />
      </section>
    );
  }
  const { body, tag } = loaded.value;
  return (
    <section ref={card} class="card organisation-card">
      {isRenaming ? (
        <NameForm
          name={body.name}
          save={async (name) => {
            const renamed = await renameOrganisation(name, tag);
            loading.change(() => renamed);
          }}
          onStale={() => void loading.load()}
          onDone={(isDone) => {
            setRenaming(false);
            setSaved(isDone);
          }}
        />
      ) : (
        <div class="organisation-head">
          <Heading organisation={body} />
          <div class="organisation-doings">
            <Button
              onClick={() => {
                setSaved(false);
                setRenaming(true);
              }}
            >
              {text.rename}
            </Button>
            {children}
          </div>
        </div>
      )}
      <p class="organisation-news" role="status">
        {isSaved && text.renamed}
      </p>
    </section>
  );
}

/** What had the focus goes away with each change: it moves to the field, and back to the button. */
function useFocusFor(isRenaming: boolean) {
  const card = useRef<HTMLElement>(null);
  const before = useRef(isRenaming);
  useEffect(() => {
    if (before.current !== isRenaming) {
      before.current = isRenaming;
      card.current?.querySelector<HTMLElement>(isRenaming ? "input" : "button")?.focus();
    }
  }, [isRenaming]);
  return card;
}

function Heading({ organisation }: { organisation: Organisation }) {
  const { name, people, administrators } = organisation;
  return (
    <div class="organisation-words">
      <h2 class="section-title" dir="auto">
        {name}
      </h2>
      <p>{organisationText().counts(people, administrators)}</p>
    </div>
  );
}

interface NameFormProps {
  name: string;
  save: (name: string) => Promise<void>;
  /** Somebody else was faster: what is shown beside it is read again. */
  onStale: () => void;
  onDone: (isSaved: boolean) => void;
}

function NameForm({ name, save, onStale, onDone }: NameFormProps) {
  const text = organisationText();
  const asking = useMemo(createAsking, []);
  const [input, setInput] = useState(name);
  const [isTried, setTried] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (input.trim() === "") {
      return;
    }
    if (await asking.run(() => save(input))) {
      onDone(true);
    } else if (asking.failure.peek()?.code === "changed_meanwhile") {
      onStale();
    }
  };
  const missing = isTried && input.trim() === "" ? text.missing : undefined;
  const beside = errorBeside(asking, "name");
  return (
    <form class="organisation-form" noValidate onSubmit={(event) => void submit(event)}>
      <Field
        label={text.name}
        hint={text.nameLine}
        autoComplete="organization"
        maxLength={100}
        value={input}
        onValue={setInput}
        error={missing ?? errorAt(asking, "name")}
      />
      {beside !== undefined && <FieldNote id="organisation-name-error" text={beside} isError />}
      <div class="organisation-doings">
        <Button kind="primary" type="submit" busy={asking.isBusy.value && text.saving}>
          {text.save}
        </Button>
        <Button kind="plain" onClick={() => onDone(false)}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}
