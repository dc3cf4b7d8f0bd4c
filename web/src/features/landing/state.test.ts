import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { CreatedRoom } from "@/api/rooms";
import { createLanding } from "@/features/landing/state";
import { chooseLocale } from "@/i18n/locale";
import { hostSecretOf } from "@/lib/host-secrets";

const ROOM: CreatedRoom = {
  code: "abc-defg-hij",
  title: "Rapat",
  host_secret: "secret",
  url: "http://host/abc-defg-hij",
};

function landing(create: (title?: string) => Promise<CreatedRoom> = async () => ROOM) {
  const asked = vi.fn(create);
  const open = vi.fn();
  return { state: createLanding({ create: asked, open }), asked, open };
}

beforeEach(() => {
  localStorage.clear();
  chooseLocale("id");
});

describe("start", () => {
  it("makes a room, keeps its secret and opens it", async () => {
    const { state, open } = landing();
    await state.start();
    expect(hostSecretOf(ROOM.code)).toBe("secret");
    expect(open).toHaveBeenCalledWith(ROOM.code);
    expect(state.isStarting.value).toBe(false);
  });

  it("keeps no secret where the account is the host", async () => {
    const { state, open } = landing(async () => ({ ...ROOM, host_secret: "" }));
    await state.start();
    expect(hostSecretOf(ROOM.code)).toBeUndefined();
    expect(open).toHaveBeenCalledWith(ROOM.code);
  });

  it("sends a name only when there is one", async () => {
    const { state, asked } = landing();
    await state.start("  Rapat wali kelas  ");
    await state.start("   ");
    expect(asked.mock.calls).toEqual([["Rapat wali kelas"], [undefined]]);
  });

  it("makes one room when pressed twice", async () => {
    const { state, asked } = landing();
    await Promise.all([state.start(), state.start()]);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("says when the server does not answer, and can be pressed again", async () => {
    const { state, open } = landing(() => Promise.reject(new ApiError("unreachable", 0, "")));
    await state.start();
    expect(state.startError.value).toBe("Server belum menjawab. Coba lagi sebentar lagi.");
    expect(state.isStarting.value).toBe(false);
    expect(open).not.toHaveBeenCalled();
  });
});

describe("join", () => {
  it("opens the room of a pasted link", () => {
    const { state, open } = landing();
    state.join("https://host/ABC-defg-hij?x=1");
    expect(open).toHaveBeenCalledWith("abc-defg-hij");
    expect(state.codeError.value).toBeUndefined();
  });

  it("says what a code looks like, or that one is missing", () => {
    const { state, open } = landing();
    state.join("rapat pagi");
    expect(state.codeError.value).toBe("Kode rapat terlihat seperti abc-defg-hij.");
    state.join("  ");
    expect(state.codeError.value).toBe("Isi kode atau tempel tautan rapat.");
    expect(open).not.toHaveBeenCalled();
    state.clearCodeError();
    expect(state.codeError.value).toBeUndefined();
  });
});
