/** The section of notifications: what one is told, where, when, and on which devices. */

import "@/features/settings/notification-settings.css";
import { useEffect, useMemo } from "preact/hooks";
import { getSettings } from "@/api/account";
import { createLoading } from "@/api/asking";
import { getChoices, getPhone, replaceChoices } from "@/api/notifications";
import type { Push } from "@/api/push";
import { Card } from "@/features/settings/Card";
import { LettersCard } from "@/features/settings/LettersCard";
import { createChoices } from "@/features/settings/notification-choices";
import { notificationSettingsText } from "@/features/settings/notification-strings";
import { PhoneCard } from "@/features/settings/PhoneCard";
import { PushCard } from "@/features/settings/PushCard";
import { QuietCard } from "@/features/settings/QuietCard";
import { WhereCard } from "@/features/settings/WhereCard";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** The cards. */
export function NotificationCards({ push }: { push: Push }) {
  const text = notificationSettingsText();
  const state = useMemo(() => createChoices({ get: getChoices, replace: replaceChoices }), []);
  const settings = useMemo(() => createLoading(getSettings), []);
  const phone = useMemo(() => createLoading(getPhone), []);
  const load = () => {
    void phone.load();
    void state.choices.load();
    void settings.load();
  };
  useEffect(load, []);
  const [choices, own] = [state.choices.state.value, settings.state.value];
  const telephone = phone.state.value;
  if (choices.name === "ready" && own.name === "ready" && telephone.name === "ready") {
    const { is_available: isAvailable, is_proven: isProven } = telephone.value;
    const given = { state, choices: choices.value, settings, own: own.value };
    return (
      <>
        <WhereCard {...given} hasPhone={isAvailable && isProven} />
        <PushCard push={push} />
        {isAvailable && <PhoneCard phone={telephone.value} onChanged={phone.change} />}
        <LettersCard {...given} />
        <QuietCard {...given} />
      </>
    );
  }
  const failed = [choices, own, telephone].find((one) => one.name === "failed");
  return (
    <Card title={text.where}>
      {failed?.name === "failed" ? (
        <Trouble text={failed.error} onRetry={load} />
      ) : (
        <SkeletonRows count={5} />
      )}
    </Card>
  );
}
