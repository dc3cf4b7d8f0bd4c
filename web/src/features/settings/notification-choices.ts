/** Where and when somebody wants to be told: changed at once, kept one change after another. */

import { type Asking, createAsking, createLoading, type Loading } from "@/api/asking";
import type { Channels, NotificationChoices } from "@/api/notifications";

type Tagged = { body: NotificationChoices; tag: string | undefined };
export type Channel = keyof Channels;

export interface ChoicesPorts {
  get: () => Promise<Tagged>;
  replace: (choices: NotificationChoices, tag: string | undefined) => Promise<Tagged>;
}

export interface ChoicesState {
  choices: Loading<NotificationChoices>;
  saving: Asking;
  /** Show the change and keep it; what the server refuses goes back. */
  change: (changed: Partial<NotificationChoices>) => Promise<void>;
  turn: (kind: string, channel: Channel, isOn: boolean) => Promise<void>;
}

/** Everywhere, but for what costs money. */
const FIRST: Channels = { in_app: true, mail: true, push: true, text: false };

/** Where one kind of news arrives. */
export function channelsOf(choices: NotificationChoices, kind: string): Channels {
  return choices.kinds?.[kind] ?? FIRST;
}

/** State of one visit to the settings. */
export function createChoices(ports: ChoicesPorts): ChoicesState {
  let saved: Tagged | undefined;
  let last = Promise.resolve();
  const saving = createAsking();
  const choices = createLoading(async () => {
    saved = await ports.get();
    return saved.body;
  });

  async function save(): Promise<void> {
    const shown = choices.state.peek();
    if (shown.name !== "ready" || shown.value === saved?.body) {
      return;
    }
    const isSaved = await saving.run(async () => {
      const { tag } = await ports.replace(shown.value, saved?.tag);
      saved = { body: shown.value, tag };
    });
    if (isSaved) {
      return;
    }
    const before = saved?.body;
    if (saving.failure.peek()?.code === "changed_meanwhile") {
      await choices.load();
    } else if (before !== undefined) {
      choices.change(() => before);
    }
  }

  function change(changed: Partial<NotificationChoices>): Promise<void> {
    choices.change((value) => ({ ...value, ...changed }));
    last = last.then(save);
    return last;
  }

  function turn(kind: string, channel: Channel, isOn: boolean): Promise<void> {
    const shown = choices.state.peek();
    if (shown.name !== "ready") {
      return Promise.resolve();
    }
    const channels = { ...channelsOf(shown.value, kind), [channel]: isOn };
    return change({ kinds: { ...shown.value.kinds, [kind]: channels } });
  }

  return { choices, saving, change, turn };
}
