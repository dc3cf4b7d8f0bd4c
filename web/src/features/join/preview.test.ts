import { describe, expect, it, vi } from "vitest";
import type { DeviceChoice } from "@/app/admission";
import { FakeCapture } from "@/features/join/capture.fake";
import { Preview } from "@/features/join/preview";

const BOTH: DeviceChoice = { microphone: true, camera: true };

function begin(port: FakeCapture, kept: DeviceChoice = BOTH) {
  const preview = new Preview(port, "Linux", kept);
  return { preview, done: preview.begin() };
}

const status = (preview: Preview) => [
  preview.state("microphone").value.status,
  preview.state("camera").value.status,
];

describe("begin", () => {
  it("asks for both in one question", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port);
    expect(status(preview)).toEqual(["asking", "asking"]);
    await done;
    expect(status(preview)).toEqual(["on", "on"]);
    expect(port.asked).toHaveLength(1);
  });

  it("asks for nothing that was off last time", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port, { microphone: true, camera: false });
    await done;
    expect(status(preview)).toEqual(["on", "off"]);
    expect(port.asked).toEqual([expect.not.objectContaining({ video: expect.anything() })]);
  });

  it("keeps the microphone when only the camera fails", async () => {
    const port = new FakeCapture();
    port.refuse = ({ video }) => (video ? new DOMException("", "NotReadableError") : undefined);
    const { preview, done } = begin(port);
    await done;
    expect(preview.state("microphone").value.status).toBe("on");
    expect(preview.state("camera").value).toEqual({ status: "failed", failure: "used" });
    expect(preview.admitted()).toEqual({ microphone: true, camera: false });
  });

  it("asks for nothing more once the page was left", async () => {
    const port = new FakeCapture();
    port.refuse = ({ audio, video }) =>
      audio && video ? new DOMException("", "NotFoundError") : undefined;
    const { preview, done } = begin(port);
    preview.end();
    await done;
    expect(status(preview)).toEqual(["off", "off"]);
    expect(port.asked).toHaveLength(1);
  });

  it("tells a page over plain http apart", async () => {
    const port = new FakeCapture();
    port.isAvailable = false;
    const { preview, done } = begin(port);
    await done;
    expect(preview.state("camera").value).toEqual({ status: "failed", failure: "insecure" });
    expect(preview.admitted()).toEqual({ microphone: false, camera: false });
  });

  it("falls back when the device of last time is gone", async () => {
    const port = new FakeCapture();
    port.refuse = ({ video }) =>
      typeof video === "object" && video.deviceId !== undefined
        ? new DOMException("", "OverconstrainedError")
        : undefined;
    const { preview, done } = begin(port, { microphone: false, camera: true, cameraId: "gone" });
    await done;
    expect(preview.state("camera").value.status).toBe("on");
    expect(preview.admitted()).toEqual({ microphone: false, camera: true });
  });
});

describe("toggle", () => {
  it("lets go of the device and asks again", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port);
    await done;
    await preview.toggle("camera");
    expect(status(preview)).toEqual(["on", "off"]);
    expect(port.tracks.filter((track) => track.isStopped).map((track) => track.kind)).toEqual([
      "video",
    ]);
    expect(preview.admitted().camera).toBe(false);
    await preview.toggle("camera");
    expect(status(preview)).toEqual(["on", "on"]);
  });

  it("puts away a picture that comes after the camera was turned off", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port, { microphone: false, camera: true });
    await preview.toggle("camera");
    await done;
    expect(preview.state("camera").value.status).toBe("off");
    expect(port.tracks.every((track) => track.isStopped)).toBe(true);
  });
});

describe("choose", () => {
  it("asks for exactly that device", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port, { microphone: false, camera: false });
    await done;
    await preview.choose("microphone", "headset");
    expect(port.asked.at(-1)?.audio).toMatchObject({ deviceId: { exact: "headset" } });
    expect(preview.admitted()).toEqual({
      microphone: true,
      camera: false,
      microphoneId: "headset",
    });
  });

  it("needs no permission for a speaker", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port, { microphone: false, camera: false });
    await done;
    await preview.choose("speaker", "tv");
    expect(port.asked).toEqual([]);
    expect(preview.admitted().speakerId).toBe("tv");
  });
});

describe("changes outside", () => {
  it("try a failed device again by itself", async () => {
    const port = new FakeCapture();
    port.refuse = () => new DOMException("", "NotAllowedError");
    const { preview, done } = begin(port);
    await done;
    expect(preview.state("camera").value).toEqual({ status: "failed", failure: "blocked" });
    port.refuse = () => undefined;
    port.change();
    await vi.waitFor(() => expect(status(preview)).toEqual(["on", "on"]));
  });

  it("say when a device was pulled out", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port);
    await done;
    port.tracks.find((track) => track.kind === "video")?.dispatchEvent(new Event("ended"));
    expect(preview.state("camera").value).toEqual({ status: "failed", failure: "used" });
  });

  it("are ignored after the end, and everything is let go", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port);
    await done;
    preview.end();
    port.change();
    expect(port.tracks.every((track) => track.isStopped)).toBe(true);
    expect(port.asked).toHaveLength(1);
  });
});

describe("holdBack", () => {
  it("turns the microphone off, and remembers that one wanted it", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port);
    await done;
    preview.holdBack();
    expect(status(preview)).toEqual(["off", "on"]);
    expect(preview.admitted()).toMatchObject({ microphone: false, camera: true, isHeldBack: true });
    expect(preview.wanted.microphone).toBe(true);
  });

  it("also while the browser still asks", async () => {
    const port = new FakeCapture();
    const { preview, done } = begin(port);
    preview.holdBack();
    await done;
    expect(status(preview)).toEqual(["off", "on"]);
    expect(port.tracks.find(({ kind }) => kind === "audio")?.isStopped).toBe(true);
  });

  it("lets whoever turns it on be heard", async () => {
    const { preview, done } = begin(new FakeCapture());
    await done;
    preview.holdBack();
    await preview.toggle("microphone");
    preview.holdBack();
    expect(preview.admitted()).toEqual({ microphone: true, camera: true });
  });

  it("changes nothing for who was muted already", async () => {
    const { preview, done } = begin(new FakeCapture(), { microphone: false, camera: true });
    await done;
    preview.holdBack();
    expect(preview.admitted().isHeldBack).toBeUndefined();
    expect(preview.wanted.microphone).toBe(false);
  });
});
