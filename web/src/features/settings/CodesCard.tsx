/** Turning one-time codes on and off. */

import { useMemo, useState } from "preact/hooks";
import {
  beginAuthenticator,
  confirmAuthenticator,
  type Enrolment,
  removeAuthenticator,
  type Security,
} from "@/api/account";
import { type Asking, createAsking, errorAt, errorBeside } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { Scan } from "@/features/settings/Scan";
import { settingsText } from "@/features/settings/strings";
import { copyText } from "@/lib/clipboard";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

type Step =
  | { name: "password" }
  | { name: "code"; enrolment: Enrolment }
  | { name: "recovery"; codes: string[] };

export interface CodesCardProps {
  /** Whether codes are on; until that is known both ways stand open. */
  security?: Security | undefined;
  /** Called when codes went on or off. */
  onChanged?: () => void;
}

/** The card. */
export function CodesCard({ security, onChanged }: CodesCardProps) {
  const text = settingsText();
  const asking = useMemo(createAsking, []);
  const [step, setStep] = useState<Step>({ name: "password" });
  const [news, setNews] = useState<string>();
  return (
    <Card
      title={text.codes}
      line={step.name === "password" ? codesLine(security) : undefined}
      news={news}
      error={errorBeside(asking, "current_password", "code")}
    >
      {step.name === "password" && (
        <PasswordStep
          asking={asking}
          isOn={security?.has_one_time_codes}
          onBegun={(enrolment) => {
            setNews(undefined);
            setStep({ name: "code", enrolment });
          }}
          onRemoved={() => {
            setNews(text.codesAreOff);
            onChanged?.();
          }}
        />
      )}
      {step.name === "code" && (
        <CodeStep
          asking={asking}
          enrolment={step.enrolment}
          onDone={(codes) => {
            setNews(text.codesAreOn);
            setStep({ name: "recovery", codes });
            onChanged?.();
          }}
        />
      )}
      {step.name === "recovery" && (
        <Recovery codes={step.codes} onDone={() => setStep({ name: "password" })} />
      )}
    </Card>
  );
}

function codesLine(security: Security | undefined): string {
  const text = settingsText();
  return security?.has_one_time_codes ? text.codesLeft(security.recovery_codes) : text.codesLine;
}

interface PasswordStepProps {
  asking: Asking;
  isOn: boolean | undefined;
  onBegun: (enrolment: Enrolment) => void;
  onRemoved: () => void;
}

function PasswordStep({ asking, isOn, onBegun, onRemoved }: PasswordStepProps) {
  const text = settingsText();
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const missing = isTried && password === "" ? text.missing : undefined;
  const given = () => {
    setTried(true);
    return password !== "";
  };
  const begin = async () => {
    await asking.run(async () => onBegun(await beginAuthenticator(password)));
  };
  const remove = async () => {
    if (await asking.run(() => removeAuthenticator(password))) {
      setPassword("");
      setTried(false);
      onRemoved();
    }
  };
  const isBusy = asking.isBusy.value;
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (given()) {
          void (isOn ? remove() : begin());
        }
      }}
    >
      <PasswordField
        label={text.confirmPassword}
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
        error={missing ?? errorAt(asking, "current_password")}
      />
      <div class="settings-picture">
        {!isOn && (
          <Button type="submit" busy={isBusy && text.turningOn}>
            {text.codesOn}
          </Button>
        )}
        {isOn !== false && (
          <Button kind="plain" disabled={isBusy} onClick={() => given() && void remove()}>
            {text.codesOff}
          </Button>
        )}
      </div>
    </form>
  );
}

interface CodeStepProps {
  asking: Asking;
  enrolment: Enrolment;
  onDone: (codes: string[]) => void;
}

function CodeStep({ asking, enrolment, onDone }: CodeStepProps) {
  const text = settingsText();
  const [code, setCode] = useState("");
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void asking.run(async () => onDone(await confirmAuthenticator(code.trim())));
      }}
    >
      <p class="settings-line">{text.secretLine}</p>
      <Scan drawn={enrolment.picture} label={text.scan} />
      <p class="settings-codes">{enrolment.secret}</p>
      <a class="button button-secondary justify-self-start" href={enrolment.uri}>
        {text.openApp}
      </a>
      <Field
        label={text.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onValue={setCode}
        maxLength={40}
        error={errorAt(asking, "code")}
      />
      <Button kind="primary" type="submit" busy={asking.isBusy.value && text.confirming}>
        {text.confirm}
      </Button>
    </form>
  );
}

function Recovery({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = settingsText();
  const [isCopied, setCopied] = useState(false);
  return (
    <>
      <p class="settings-line">{text.recoveryLine}</p>
      <ul class="settings-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div class="settings-picture">
        <Button onClick={async () => setCopied(await copyText(codes.join("\n")))}>
          {isCopied ? text.copied : text.copy}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {text.done}
        </Button>
      </div>
    </>
  );
}
