import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locale } from "@/i18n/locale";
import type { ParticipantView, VideoSource } from "@/media/participants";
import { fakeParticipant } from "@/media/participants.fake";
import { CornerButton } from "./CornerButton";
import { StageTile } from "./StageTile";

const BOX = { x: 4, y: 8, width: 300, height: 200 };
const BAGAS = fakeParticipant("b", { name: "Bagas <b>Pramudya</b>", isMicrophoneOn: true });

class Camera {
  readonly sid = "TR_1";
  readonly elements = new Set<HTMLMediaElement>();

  readonly source = {
    sid: this.sid,
    attach: (element: HTMLMediaElement) => this.elements.add(element),
    detach: (element: HTMLMediaElement) => this.elements.delete(element),
  } as unknown as VideoSource;
}

describe("StageTile", () => {
  beforeEach(() => {
    locale.value = "en";
  });

  afterEach(cleanup);

  const show = (more: Partial<ParticipantView>, isSpeaking = false) =>
    render(
      <StageTile
        tile={{ participant: { ...BAGAS, ...more }, box: BOX, shape: "tile" }}
        isSpeaking={isSpeaking}
        isDimmed={false}
      />,
    );

  it("says name and states to screen readers, and never takes a name for markup", () => {
    show({ isMicrophoneOn: false, connection: "weak" });
    const figure = screen.getByRole("figure");
    expect(figure.getAttribute("aria-label")).toBe(
      "Bagas <b>Pramudya</b>, microphone off, weak network",
    );
    expect(figure.dataset["participant"]).toBe("b");
    expect(figure.querySelector("b")).toBeNull();
  });

  it("shows the ring only for a microphone that is on", () => {
    show({ isMicrophoneOn: false }, true);
    expect(document.querySelector(".tile-speaking")).toBeNull();
    cleanup();
    show({}, true);
    expect(document.querySelector(".tile-speaking")).not.toBeNull();
  });

  it("attaches the camera while it is shown and lets go of it after", async () => {
    const camera = new Camera();
    show({ isCameraOn: true, camera: camera.source });
    expect(camera.elements.size).toBe(1);
    cleanup();
    await waitFor(() => expect(camera.elements.size).toBe(0));
  });

  it("walks only as long as there is no picture", () => {
    show({ isCameraOn: true, camera: new Camera().source });
    const video = document.querySelector("video");
    if (video === null) {
      throw new Error("There is no video.");
    }
    const isWalking = () => document.querySelector(".mark-walking") !== null;
    expect(isWalking()).toBe(true);
    fireEvent.loadedData(video);
    expect(isWalking()).toBe(false);
    fireEvent.emptied(video);
    expect(isWalking()).toBe(true);
  });

  it("says that the network carries only sound, and keeps the picture's place", () => {
    const camera = new Camera();
    show({ isCameraOn: true, camera: camera.source, isCameraHeld: true });
    expect(screen.getByText("Video paused to protect your sound")).toBeTruthy();
    expect(screen.getByRole("figure").getAttribute("aria-label")).toContain(
      "video paused to protect your sound",
    );
    expect(camera.elements.size).toBe(1);
    cleanup();
    show({ isCameraOn: false, isCameraHeld: true });
    expect(screen.queryByText("Video paused to protect your sound")).toBeNull();
  });

  it("mirrors only oneself", () => {
    const camera = new Camera();
    show({ isCameraOn: true, camera: camera.source });
    expect(document.querySelector(".tile-mirrored")).toBeNull();
    cleanup();
    show({ isSelf: true, isCameraOn: true, camera: camera.source });
    expect(document.querySelector(".tile-mirrored")).not.toBeNull();
    expect(screen.getByRole("figure").getAttribute("aria-label")).toBe("You");
  });

  it("says that someone's connection is gone", () => {
    show({ connection: "lost" });
    expect(screen.getByText("Reconnecting")).toBeTruthy();
    expect(document.querySelector(".tile-dimmed")).not.toBeNull();
  });

  it("moves the own tile to another corner", () => {
    let moves = 0;
    render(
      <StageTile
        tile={{ participant: { ...BAGAS, isSelf: true }, box: BOX, shape: "corner" }}
        isSpeaking={false}
        isDimmed={false}
      >
        <CornerButton
          box={BOX}
          area={{ width: 600, height: 800 }}
          onRest={() => undefined}
          onPress={() => {
            moves += 1;
          }}
        />
      </StageTile>,
    );
    fireEvent.click(screen.getByRole("button", { name: "Move your picture to another corner" }));
    expect(moves).toBe(1);
  });
});
