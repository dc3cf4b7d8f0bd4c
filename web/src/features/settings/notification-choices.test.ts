import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { NotificationChoices } from "@/api/notifications";
import { channelsOf, createChoices } from "@/features/settings/notification-choices";

const FIRST: NotificationChoices = {
  kinds: {},
  quiet_hours: null,
  digest: "off",
  digest_at: "08:00",
};

const get = vi.fn(async () => ({ body: FIRST, tag: '"0"' as string | undefined }));
let version = 0;
const replace = vi.fn(async (body: NotificationChoices, _tag: string | undefined) => {
  version += 1;
  return { body, tag: `"${version}"` };
});

async function loaded() {
  const state = createChoices({ get, replace });
  await state.choices.load();
  return state;
}

function shown(state: Awaited<ReturnType<typeof loaded>>): NotificationChoices | undefined {
  const loaded = state.choices.state.value;
  return loaded.name === "ready" ? loaded.value : undefined;
}

beforeEach(() => {
  version = 0;
  replace.mockClear();
});

describe("createChoices", () => {
  it("shows a change at once and keeps it, for the version that was seen", async () => {
    const state = await loaded();
    const done = state.turn("meeting_answered", "mail", false);
    const wanted = { meeting_answered: { in_app: true, mail: false, push: true, text: false } };
    expect(shown(state)?.kinds).toEqual(wanted);
    await done;
    expect(replace.mock.calls).toEqual([[{ ...FIRST, kinds: wanted }, '"0"']]);
  });

  it("keeps several that come quickly without a quarrel about versions", async () => {
    const state = await loaded();
    await Promise.all([
      state.turn("meeting_answered", "mail", false),
      state.turn("meeting_answered", "push", false),
      state.change({ digest: "daily" }),
    ]);
    expect(shown(state)).toMatchObject({
      digest: "daily",
      kinds: { meeting_answered: { in_app: true, mail: false, push: false } },
    });
    const tags = replace.mock.calls.map(([, tag]) => tag);
    expect(tags).toEqual(tags.map((_, index) => `"${index}"`));
  });

  it("goes back when the server refuses, and says why", async () => {
    const state = await loaded();
    replace.mockRejectedValueOnce(new ApiError("unreachable", 0, ""));
    await state.change({ digest: "daily" });
    expect(shown(state)?.digest).toBe("off");
    expect(state.saving.error.value).toBeDefined();
    await state.change({ digest: "daily" });
    expect(shown(state)?.digest).toBe("daily");
    expect(state.saving.error.value).toBeUndefined();
  });

  it("shows what another tab chose when it was faster", async () => {
    const state = await loaded();
    const theirs = { ...FIRST, digest_at: "06:00" };
    replace.mockRejectedValueOnce(new ApiError("changed_meanwhile", 412, ""));
    get.mockResolvedValueOnce({ body: theirs, tag: '"9"' });
    await state.change({ digest: "daily" });
    expect(shown(state)).toEqual(theirs);
    await state.change({ digest: "daily" });
    expect(replace).toHaveBeenLastCalledWith({ ...theirs, digest: "daily" }, '"9"');
  });

  it("changes nothing before it is loaded", async () => {
    const state = createChoices({ get, replace });
    await state.turn("meeting_answered", "mail", false);
    await state.change({ digest: "daily" });
    expect(replace).not.toHaveBeenCalled();
  });
});

describe("channelsOf", () => {
  it("is everywhere for what nobody chose", () => {
    expect(channelsOf(FIRST, "meeting_reminder")).toEqual({
      in_app: true,
      mail: true,
      push: true,
      text: false,
    });
  });
});
