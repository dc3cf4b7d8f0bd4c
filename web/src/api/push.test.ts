import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { PushBrowser } from "@/api/notifications";
import { createPush, type Subscription } from "@/api/push";

const KEY = "BCVxsr7N_eNg-w";

/** A browser, its maker's service and our server. */
class World {
  permission: NotificationPermission = "default";
  answer: NotificationPermission = "granted";
  isPossible = true;
  isServiceThere = true;
  isServerThere = true;
  publicKey = KEY;
  subscription: Subscription | null = null;
  browsers: PushBrowser[] = [];
  subscribed = 0;
  asked = 0;

  push() {
    return createPush({
      manager: async () => (this.isPossible ? this : undefined),
      permission: () => this.permission,
      askPermission: async () => {
        this.asked += 1;
        this.permission = this.answer;
        return this.answer;
      },
      isToInstall: () => false,
      list: async () => {
        this.reach();
        return { public_key: this.publicKey, items: this.browsers };
      },
      add: async () => {
        this.reach();
        const browser = { id: `b${this.subscribed}`, label: "", created_at: "" };
        this.browsers.push(browser);
        return browser;
      },
      remove: async (id) => {
        this.reach();
        if (!this.browsers.some((one) => one.id === id)) {
          throw new ApiError("push_subscription_not_found", 404, "");
        }
        this.browsers = this.browsers.filter((one) => one.id !== id);
      },
    });
  }

  private reach(): void {
    if (!this.isServerThere) {
      throw new ApiError("unreachable", 0, "");
    }
  }

  async getSubscription() {
    return this.subscription;
  }

  async subscribe({ applicationServerKey }: PushSubscriptionOptionsInit): Promise<Subscription> {
    if (!this.isServiceThere) {
      throw new DOMException("push service not available", "AbortError");
    }
    this.subscribed += 1;
    const text = String(applicationServerKey).replace(/-/gu, "+").replace(/_/gu, "/");
    const key = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    this.subscription = {
      options: { userVisibleOnly: true, applicationServerKey: key.buffer },
      toJSON: () => ({ endpoint: "https://push.example/1" }),
      unsubscribe: async () => {
        this.subscription = null;
        return true;
      },
    };
    return this.subscription;
  }
}

let world: World;

beforeEach(() => {
  localStorage.clear();
  world = new World();
});

async function turnedOn() {
  const push = world.push();
  await push.turnOn();
  return push;
}

describe("turnOn", () => {
  it("asks for leave, subscribes with the server's key and tells the server", async () => {
    const push = world.push();
    await push.renew();
    expect([push.standing.value, world.asked]).toEqual(["off", 0]);
    await push.turnOn();
    expect(push.standing.value).toBe("on");
    expect(world.browsers.map(({ id }) => id)).toEqual([push.ownId()]);
  });

  it("says that it is forbidden, or that nobody chose", async () => {
    world.answer = "denied";
    const push = world.push();
    await expect(push.turnOn()).rejects.toMatchObject({ code: "push_denied" });
    expect(push.standing.value).toBe("denied");
    world.answer = "default";
    await expect(push.turnOn()).rejects.toMatchObject({ code: "push_not_allowed" });
    expect(push.standing.value).toBe("off");
    expect(world.subscription).toBeNull();
  });

  it("says that the maker's service is not there", async () => {
    world.isServiceThere = false;
    const push = world.push();
    await expect(push.turnOn()).rejects.toMatchObject({ code: "push_service_unreachable" });
    expect(push.ownId()).toBeUndefined();
  });
});

describe("renew", () => {
  it("says what the browser can", async () => {
    world.isPossible = false;
    const push = world.push();
    await push.renew();
    expect(push.standing.value).toBe("impossible");
  });

  it("changes nothing that is whole", async () => {
    const push = await turnedOn();
    await push.renew();
    expect([world.subscribed, world.browsers.length]).toEqual([1, 1]);
  });

  it.each([
    ["the browser lost it", { subscription: null }],
    ["the server lost it", { browsers: [] }],
    ["the server has another key", { publicKey: "AAAA" }],
  ])("brings it back when %s, and asks nobody", async (_, happened) => {
    await turnedOn();
    Object.assign(world, happened);
    const push = world.push();
    await push.renew();
    expect(push.standing.value).toBe("on");
    expect(world.browsers.at(-1)?.id).toBe(push.ownId());
    expect(world.subscription).not.toBeNull();
    expect(world.asked).toBe(1);
  });

  it("brings nothing back that was forbidden since", async () => {
    await turnedOn();
    world.permission = "denied";
    world.subscription = null;
    const push = world.push();
    await push.renew();
    expect(push.standing.value).toBe("denied");
    expect(world.subscribed).toBe(1);
  });
});

describe("turnOff", () => {
  it("is forgotten on both sides, also when the server had forgotten it", async () => {
    const push = await turnedOn();
    world.browsers = [];
    await push.turnOff();
    expect([push.standing.value, push.ownId(), world.subscription]).toEqual([
      "off",
      undefined,
      null,
    ]);
  });

  it("waits for nothing where it is off", async () => {
    const manager = vi.spyOn(world, "getSubscription");
    await world.push().turnOff();
    expect(manager).not.toHaveBeenCalled();
  });

  it("stays on when the server cannot be told", async () => {
    const push = await turnedOn();
    world.isServerThere = false;
    await expect(push.turnOff()).rejects.toMatchObject({ code: "unreachable" });
    expect([push.standing.value, world.browsers.length]).toEqual(["on", 1]);
  });
});

describe("drop", () => {
  it("ends what arrives here without a word to the server", async () => {
    const push = await turnedOn();
    world.isServerThere = false;
    await push.drop();
    expect([push.ownId(), world.subscription]).toEqual([undefined, null]);
  });

  it("leaves a browser alone that takes none", async () => {
    world.subscription = await world.subscribe({ applicationServerKey: KEY });
    await world.push().drop();
    expect(world.subscription).not.toBeNull();
  });
});
