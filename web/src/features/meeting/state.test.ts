import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeTimers } from "@/lib/timers.fake";
import type { ParticipantView } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { Voices } from "@/media/speaking";
import { MeetingState } from "./state";
import { dataMode } from "./viewing";

const person = (identity: string, joinedAtMs: number) =>
  fakeParticipant(identity, { isSelf: identity === "me", joinedAtMs });

const LAPTOP = { width: 1342, height: 684 };

describe("MeetingState", () => {
  const participants = signal<readonly ParticipantView[]>([]);
  const connection = signal<"connecting" | "connected" | "reconnecting" | "closed">("connected");
  let timers: FakeTimers;
  let voices: Voices;
  let state: MeetingState;
  const shown = () => state.arrangement.value.tiles.map((tile) => tile.participant.identity);

  beforeEach(() => {
    timers = new FakeTimers();
    voices = new Voices(timers);
    participants.value = [person("me", 0)];
    connection.value = "connected";
    state = new MeetingState({ participants, connection, voices }, timers);
    state.area.value = LAPTOP;
    dataMode.choose("full");
  });

  const fill = (count: number) => {
    const others = Array.from({ length: count }, (_, index) => person(`p${index}`, index + 1));
    participants.value = [person("me", 0), ...others];
  };

  it("shows who joins and closes the gap of who leaves", () => {
    fill(3);
    expect(shown()).toEqual(["p0", "p1", "p2", "me"]);
    participants.value = participants.value.filter((other) => other.identity !== "p1");
    expect(shown()).toEqual(["p0", "p2", "me"]);
  });

  it("turns pages and stops at the ends", () => {
    fill(29);
    state.turnPage(-1);
    expect(state.arrangement.value.page).toBe(0);
    state.turnPage(1);
    state.turnPage(1);
    state.turnPage(1);
    expect(state.arrangement.value).toMatchObject({ page: 2, pages: 3 });
    expect(shown()).not.toContain("me");
  });

  it("brings someone who speaks on another page to this one", () => {
    fill(20);
    voices.report(new Set(["p19"]));
    timers.advance(1500);
    expect(shown()).not.toContain("p19");
    timers.advance(1500);
    expect(shown()).toContain("p19");
  });

  it("moves nobody while the pointer is on the stage", () => {
    fill(20);
    state.isPointerOnStage.value = true;
    voices.report(new Set(["p19"]));
    timers.advance(10_000);
    expect(shown()).not.toContain("p19");
  });

  it("opens one panel at a time and takes back its news", () => {
    state.news.tell({ kind: "chat", text: "Bagas: halo", tone: "plain" });
    state.togglePanel("people");
    expect(state.news.current.value?.kind).toBe("chat");
    state.togglePanel("chat");
    expect(state.panel.value).toBe("chat");
    expect(state.news.current.value).toBeUndefined();
    state.togglePanel("chat");
    expect(state.panel.value).toBeUndefined();
  });

  it("leaves a panel open to which news lead", () => {
    state.togglePanel("people");
    state.showPanel("people");
    expect(state.panel.value).toBe("people");
    state.showPanel("chat");
    expect(state.panel.value).toBe("chat");
  });

  it("counts the seconds of a reconnection", () => {
    connection.value = "reconnecting";
    timers.advance(3100);
    expect(state.seconds.value).toBe(3);
    connection.value = "connected";
    expect(state.seconds.value).toBeUndefined();
  });

  it("walks the own tile through all corners", () => {
    const seen = new Set([state.corner.value]);
    for (let step = 0; step < 4; step += 1) {
      state.nextCorner();
      seen.add(state.corner.value);
    }
    expect(seen.size).toBe(4);
    expect(state.corner.value).toBe("bottom-right");
  });

  it("leaves cameras out while data is saved, but never one's own", () => {
    fill(3);
    const paused = () =>
      participants.value.filter((other) => state.isPaused(other)).map(({ identity }) => identity);
    expect(paused()).toEqual([]);
    dataMode.choose("sound");
    expect(paused()).toEqual(["p0", "p1", "p2"]);
    dataMode.choose("saving");
    expect(paused()).toEqual(["p1", "p2"]);
    voices.report(new Set(["p2"]));
    timers.advance(3000);
    expect(paused()).toEqual(["p0", "p1"]);
    state.togglePin("p1");
    expect(paused()).toEqual(["p0", "p2"]);
  });

  it("hides whom one does not want to see, but never everybody", () => {
    fill(2);
    state.togglePin("p0");
    state.toggleHidden("p0");
    expect(state.pinned.value).toBeUndefined();
    expect(shown()).toEqual(["p1", "me"]);
    expect(state.mayHide("p1")).toBe(false);
    expect(state.mayHide("p0")).toBe(true);
    state.toggleHidden("p1");
    expect(shown()).toEqual(["p0", "p1", "me"]);
    state.toggleHidden("p0");
    expect(shown()).toEqual(["p0", "me"]);
    participants.value = participants.value.map((other) =>
      other.identity === "p1" ? { ...other, isSharing: true } : other,
    );
    expect(state.arrangement.value.shares[0]?.participant.identity).toBe("p1");
  });

  it("makes a screen that begins to be shared the large one, over a pin", () => {
    fill(3);
    state.togglePin("p0");
    expect(state.arrangement.value.view).toBe("focus");
    participants.value = participants.value.map((other) =>
      other.identity === "p1" ? { ...other, isSharing: true } : other,
    );
    expect(state.arrangement.value.view).toBe("share");
    state.togglePin("p0");
    expect(state.arrangement.value.shares).toMatchObject([{ isSmall: true }]);
    state.showShare("p1");
    expect(state.arrangement.value.view).toBe("share");
  });

  it("is still after it was stopped", () => {
    fill(20);
    voices.report(new Set(["p19"]));
    timers.advance(500);
    state.stop();
    timers.advance(10_000);
    expect(shown()).not.toContain("p19");
  });
});
