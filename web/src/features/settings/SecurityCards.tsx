/** The section of security: devices, and by what one signs in. */

import { useEffect, useMemo } from "preact/hooks";
import { getSecurity } from "@/api/account";
import { createLoading } from "@/api/asking";
import { signInOptions } from "@/api/auth";
import { CodesCard } from "@/features/settings/CodesCard";
import { DataCard } from "@/features/settings/DataCard";
import { DevicesCard } from "@/features/settings/DevicesCard";
import { PasskeysCard } from "@/features/settings/PasskeysCard";
import { PasswordCard } from "@/features/settings/PasswordCard";
import { ProviderCard } from "@/features/settings/ProviderCard";

/** The cards; they work as well while the server has not said what is on. */
export function SecurityCards({ email }: { email: string }) {
  const security = useMemo(() => createLoading(getSecurity), []);
  const options = useMemo(() => createLoading(signInOptions), []);
  const load = () => void security.load();
  useEffect(load, []);
  useEffect(() => void options.load(), []);
  const known = security.state.value.name === "ready" ? security.state.value.value : undefined;
  const offered = options.state.value.name === "ready" ? options.state.value.value : undefined;
  return (
    <>
      <DevicesCard />
      <PasswordCard email={email} />
      <CodesCard security={known} onChanged={load} />
      <PasskeysCard />
      {known !== undefined && offered?.oidc_name != null && (
        <ProviderCard
          name={offered.oidc_name}
          isConnected={known.is_oidc_connected}
          onChanged={load}
        />
      )}
      <DataCard />
    </>
  );
}
