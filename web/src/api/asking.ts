/** One thing at a time that people ask the server for, with its wait and its failure; and lists that load. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { explainAccountFailure } from "@/api/account-failure-text";
import { ApiError } from "@/api/client";

export interface Asking {
  isBusy: ReadonlySignal<boolean>;
  /** The sentence to show. */
  error: ReadonlySignal<string | undefined>;
  /** What was refused, for pages that go on differently. */
  failure: ReadonlySignal<ApiError | undefined>;
  /** Ask unless something is asked already; answers whether it worked. */
  run: (asked: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** State of one form or button. */
export function createAsking(): Asking {
  const isBusy = signal(false);
  const failure = signal<ApiError | undefined>();
  const error = computed(() => failure.value && explainAccountFailure(failure.value));
  const show = (refused: ApiError | undefined) => {
    failure.value = refused;
  };
  async function run(asked: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) {
      return false;
    }
    isBusy.value = true;
    show(undefined);
    try {
      await asked();
      return true;
    } catch (refused) {
      if (!(refused instanceof ApiError)) {
        throw refused;
      }
      show(refused);
      return false;
    } finally {
      isBusy.value = false;
    }
  }
  return { isBusy, error, failure, run, clear: () => show(undefined) };
}

/** Refusals that are about one field although the request could be read. */
const FIELD_OF_CODE: Record<string, string> = {
  password_weak: "password",
  password_wrong: "current_password",
  one_time_code_wrong: "code",
  code_wrong: "code",
  phone_number_unusable: "number",
  phone_code_wrong: "code",
  phone_code_spent: "code",
  avatar_unusable: "avatar",
};

function fieldOf(failure: ApiError): string | undefined {
  return failure.status === 422
    ? failure.fields[0]?.split(".").at(-1)
    : FIELD_OF_CODE[failure.code];
}

/** The sentence below one field, when the refusal is about it. */
export function errorAt(asking: Asking, field: string): string | undefined {
  const failure = asking.failure.value;
  return failure && fieldOf(failure) === field ? asking.error.value : undefined;
}

/** The sentence below a form, when the refusal is about none of its fields. */
export function errorBeside(asking: Asking, ...fields: string[]): string | undefined {
  const failure = asking.failure.value;
  const field = failure && fieldOf(failure);
  return field !== undefined && fields.includes(field) ? undefined : asking.error.value;
}

export type Loaded<T> =
  | { name: "loading" }
  | { name: "failed"; error: string }
  | { name: "ready"; value: T };

export interface Loading<T> {
  state: ReadonlySignal<Loaded<T>>;
  load: () => Promise<void>;
  /** Change what was loaded, if it was. */
  change: (changed: (value: T) => T) => void;
  /** Forget what was loaded. */
  reset: () => void;
}

/** Something that loads; of two loads the later one counts. */
export function createLoading<T>(fetched: () => Promise<T>): Loading<T> {
  const state = signal<Loaded<T>>({ name: "loading" });
  let latest = 0;
  async function load(): Promise<void> {
    latest += 1;
    const mine = latest;
    const settle = (next: Loaded<T>) => {
      if (mine === latest) {
        state.value = next;
      }
    };
    try {
      settle({ name: "ready", value: await fetched() });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      settle({ name: "failed", error: explainAccountFailure(error) });
    }
  }
  function change(changed: (value: T) => T): void {
    if (state.value.name === "ready") {
      state.value = { name: "ready", value: changed(state.value.value) };
    }
  }
  function reset(): void {
    latest += 1;
    state.value = { name: "loading" };
  }
  return { state, load, change, reset };
}
