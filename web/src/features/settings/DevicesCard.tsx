/** Devices that are signed in, and signing them out. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { type Device, listDevices, signOutDevice, signOutOthers } from "@/api/account";
import { type Asking, createAsking, createLoading, type Loading } from "@/api/asking";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { formatMoment } from "@/i18n/format";
import { readPlatform } from "@/lib/platform";
import { Button } from "@/ui/Button";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The card. */
export function DevicesCard() {
  const text = settingsText();
  const devices = useMemo(() => createLoading(listDevices), []);
  const asking = useMemo(createAsking, []);
  const [news, setNews] = useState<string>();
  useEffect(() => void devices.load(), []);
  const run = async (work: () => Promise<void>, said: string) => {
    setNews(undefined);
    if (await asking.run(work)) {
      setNews(said);
    }
    // Also after a refusal: the device may have gone by itself.
    await devices.load();
  };
  return (
    <Card title={text.devices} news={news} error={asking.error.value}>
      <DeviceList
        devices={devices}
        asking={asking}
        onSignOut={(id) => run(() => signOutDevice(id), text.signedOut)}
        onSignOutOthers={() => run(signOutOthers, text.othersSignedOut)}
      />
    </Card>
  );
}

interface DeviceListProps {
  devices: Loading<Device[]>;
  asking: Asking;
  onSignOut: (id: string) => Promise<void>;
  onSignOutOthers: () => Promise<void>;
}

function DeviceList({ devices, asking, onSignOut, onSignOutOthers }: DeviceListProps) {
  const text = settingsText();
  const [waiting, setWaiting] = useState<string>();
  const loaded = devices.state.value;
  if (loaded.name === "loading") {
    return <SkeletonRows />;
  }
  if (loaded.name === "failed") {
    return <Trouble text={loaded.error} onRetry={() => void devices.load()} />;
  }
  const isBusy = asking.isBusy.value;
  return (
    <>
      <ul>
        {loaded.value.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            isWaiting={isBusy && waiting === device.id}
            onSignOut={() => {
              setWaiting(device.id);
              void onSignOut(device.id);
            }}
          />
        ))}
      </ul>
      {loaded.value.length > 1 && (
        <Button
          class="justify-self-start"
          busy={isBusy && waiting === undefined && text.signingOut}
          onClick={() => {
            setWaiting(undefined);
            void onSignOutOthers();
          }}
        >
          {text.signOutOthers}
        </Button>
      )}
    </>
  );
}

interface DeviceRowProps {
  device: Device;
  isWaiting: boolean;
  onSignOut: () => void;
}

function DeviceRow({ device, isWaiting, onSignOut }: DeviceRowProps) {
  const text = settingsText();
  const { browser, system } = readPlatform(device.user_agent);
  const name = device.user_agent === "" ? text.unknownDevice : text.device(browser, system);
  return (
    <li class="settings-row">
      <span class="settings-row-words">
        <strong>{name}</strong>
        <span>{text.lastUsed(formatMoment(new Date(device.last_used_at)), device.ip_address)}</span>
      </span>
      {device.is_current ? (
        <span class="settings-here">{text.here}</span>
      ) : (
        <Button
          size="small"
          aria-label={text.signOutDevice(name)}
          busy={isWaiting && text.signingOut}
          onClick={onSignOut}
        >
          {text.signOut}
        </Button>
      )}
    </li>
  );
}
