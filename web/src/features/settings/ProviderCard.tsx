/** Connecting the organisation's own provider to the account. */

import { useMemo, useState } from "preact/hooks";
import { connectProvider, disconnectProvider } from "@/api/account";
import { explainAccountFailure } from "@/api/account-failure-text";
import { createAsking, errorAt, errorBeside } from "@/api/asking";
import { ApiError } from "@/api/client";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { takeFailure } from "@/lib/way-back";
import { Button } from "@/ui/Button";
import { PasswordField } from "@/ui/PasswordField";

export interface ProviderCardProps {
  name: string;
  isConnected: boolean;
  /** Called when it is connected no longer. */
  onChanged: () => void;
  /** Leaves the app for another page. */
  leave?: (url: string) => void;
}

/** The card. */
export function ProviderCard({
  name,
  isConnected,
  onChanged,
  leave = (url) => location.assign(url),
}: ProviderCardProps) {
  const text = settingsText();
  const asking = useMemo(createAsking, []);
  const [failure] = useState(takeFailure);
  const [password, setPassword] = useState("");
  const [isTried, setTried] = useState(false);
  const missing = isTried && password === "" ? text.missing : undefined;
  const change = () =>
    asking.run(async () => {
      if (isConnected) {
        await disconnectProvider(password);
        setPassword("");
        setTried(false);
        onChanged();
      } else {
        leave(await connectProvider(password));
      }
    });
  const cameBack = failure && explainAccountFailure(new ApiError(failure, 0, ""));
  return (
    <Card
      title={text.provider(name)}
      line={isConnected ? text.providerOn(name) : text.providerOff(name)}
      error={errorBeside(asking, "current_password") ?? cameBack}
    >
      <form
        class="settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (password !== "") {
            void change();
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
        <Button
          type="submit"
          busy={asking.isBusy.value && (isConnected ? text.disconnecting : text.connecting)}
        >
          {isConnected ? text.disconnect : text.connect}
        </Button>
      </form>
    </Card>
  );
}
