import { act, cleanup, renderHook } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { useBackdrop } from "@/features/join/backdrop";
import { backgroundChoice } from "@/media/background-choice";

type Track = MediaStreamTrack;

/** A filter for tests: opens when told to, and notes what was closed. */
class FakeFilter {
  readonly asked: string[] = [];
  closed = 0;
  private answers: { open: () => void; refuse: () => void }[] = [];

  readonly open = (_camera: Track, background: string) => {
    this.asked.push(background);
    return new Promise<{ track: Track; close: () => void }>((resolve, reject) => {
      const track = { id: background } as Track;
      const close = () => {
        this.closed += 1;
      };
      this.answers.push({
        open: () => resolve({ track, close }),
        refuse: () => reject(new Error("no WebGL")),
      });
    });
  };

  answer(place: number, how: "open" | "refuse" = "open"): Promise<void> {
    return act(async () => this.answers[place]?.[how]());
  }
}

const CAMERA = { id: "camera" } as Track;

function show(filter: FakeFilter, camera: Track | undefined = CAMERA) {
  return renderHook(({ track }) => useBackdrop(track, filter.open), {
    initialProps: { track: camera as Track | undefined },
  });
}

afterEach(() => {
  cleanup();
  backgroundChoice.choose("none");
});

describe("useBackdrop", () => {
  it("shows the bare camera, and asks for no filter, while nothing is chosen", () => {
    const filter = new FakeFilter();
    const { result } = show(filter);
    expect(result.current).toEqual({ track: CAMERA, status: "bare" });
    expect(filter.asked).toEqual([]);
  });

  it("shows what the others will see as soon as the filter stands", async () => {
    backgroundChoice.choose("porch");
    const filter = new FakeFilter();
    const { result } = show(filter);
    expect(result.current.status).toBe("preparing");
    await filter.answer(0);
    expect(result.current).toEqual({ track: { id: "porch" }, status: "changed" });
  });

  it("says that the device cannot, and shows the bare camera", async () => {
    backgroundChoice.choose("soft");
    const filter = new FakeFilter();
    const { result } = show(filter);
    await filter.answer(0, "refuse");
    expect(result.current).toEqual({ track: CAMERA, status: "failed" });
  });

  it("puts a filter away that comes after another choice", async () => {
    backgroundChoice.choose("soft");
    const filter = new FakeFilter();
    const { result } = show(filter);
    await act(async () => backgroundChoice.choose("garden"));
    await filter.answer(1);
    await filter.answer(0);
    expect(result.current.track?.id).toBe("garden");
    expect(filter.closed).toBe(1);
  });

  it("lets go of the filter with the camera", async () => {
    backgroundChoice.choose("porch");
    const filter = new FakeFilter();
    const { result, rerender } = show(filter);
    await filter.answer(0);
    await act(async () => rerender({ track: undefined }));
    expect(result.current).toEqual({ track: undefined, status: "bare" });
    expect(filter.closed).toBe(1);
  });
});
