import { describe, expect, it, vi } from "vitest";
import { TAKE_OVER } from "@/lib/take-over";
import { FakeTimers } from "@/lib/timers.fake";
import { createUpdate, type Registration } from "@/lib/update";

class FakeWorker extends EventTarget {
  state = "installing";
  postMessage = vi.fn();

  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
  update = vi.fn(async () => undefined);

  finds(worker: FakeWorker): void {
    this.installing = worker;
    this.dispatchEvent(new Event("updatefound"));
  }
}

interface Given {
  isControlled?: boolean;
  isNewest?: boolean;
  isAnyMeeting?: boolean;
  register?: () => Promise<Registration | undefined>;
}

function page(given: Given = {}) {
  const { isControlled = true, isNewest = false, isAnyMeeting = false, register } = given;
  const registration = new FakeRegistration();
  const timers = new FakeTimers();
  const reload = vi.fn();
  const update = createUpdate({
    register: register ?? (async () => registration as unknown as Registration),
    isControlled: () => isControlled,
    isNewest: async () => isNewest,
    isAnyMeeting: async () => isAnyMeeting,
    reload,
    timers,
  });
  return { registration, timers, reload, update };
}

describe("createUpdate", () => {
  it("tells of a version that comes while the page is open, once it is ready", async () => {
    const { registration, update, reload } = page();
    await update.begin();
    const worker = new FakeWorker();
    registration.finds(worker);
    expect(update.isHere.value).toBe(false);
    worker.becomes("installed");
    worker.becomes("activated");
    await vi.waitFor(() => expect(update.isHere.value).toBe(true));
    expect(worker.postMessage).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  it("lets a worker begin that comes after the page it is of, and tells nothing", async () => {
    const { registration, update } = page({ isNewest: true });
    await update.begin();
    const worker = new FakeWorker();
    registration.finds(worker);
    worker.becomes("installed");
    await vi.waitFor(() => expect(worker.postMessage).toHaveBeenCalledWith(TAKE_OVER));
    expect(update.isHere.value).toBe(false);
  });

  it("tells nothing of the first worker of a browser", async () => {
    const { registration, update } = page({ isControlled: false });
    await update.begin();
    const worker = new FakeWorker();
    registration.finds(worker);
    worker.becomes("installed");
    expect(update.isHere.value).toBe(false);
  });

  it("lets a worker begin that waited since before the page came", async () => {
    const { registration, update } = page();
    const worker = new FakeWorker();
    registration.waiting = worker;
    await update.begin();
    expect(worker.postMessage).toHaveBeenCalledWith(TAKE_OVER);
    expect(update.isHere.value).toBe(false);
  });

  it("changes nothing under a meeting in any tab", async () => {
    const { registration, update, reload } = page({ isAnyMeeting: true });
    const worker = new FakeWorker();
    registration.waiting = worker;
    await update.begin();
    expect(await update.take()).toBe(false);
    expect(worker.postMessage).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  it("goes over and loads the page again when that is wanted", async () => {
    const { registration, update, reload } = page();
    await update.begin();
    const worker = new FakeWorker();
    registration.waiting = worker;
    expect(await update.take()).toBe(true);
    expect(worker.postMessage).toHaveBeenCalledWith(TAKE_OVER);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("looks for newer ones now and then, and bears a server that does not answer", async () => {
    const { registration, timers, update } = page();
    await update.begin();
    await update.look();
    expect(registration.update).not.toHaveBeenCalled();
    timers.advance(31 * 60_000);
    registration.update.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    await update.look();
    await update.look();
    expect(registration.update).toHaveBeenCalledTimes(1);
  });

  it("does nothing where there are no service workers", async () => {
    const { timers, update, reload } = page({ register: async () => undefined });
    await update.begin();
    timers.advance(31 * 60_000);
    await update.look();
    expect(update.isHere.value).toBe(false);
    await update.take();
    expect(reload).toHaveBeenCalledTimes(1);
  });
});
