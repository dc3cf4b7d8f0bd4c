import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  answerFile,
  answerOnce,
  answerPage,
  type BuildPorts,
  forgetBuilds,
  keepBuild,
  kindOf,
} from "@/worker/builds";

const ORIGIN = "https://jumpa.example";
const BUILD = { version: "b", files: ["/assets/index-1.js", "/assets/index-1.css"] };

/** Caches as a browser has them, oldest first. */
class FakeCaches {
  readonly made = new Map<string, Map<string, string>>();

  async open(name: string) {
    const kept = this.made.get(name) ?? new Map<string, string>();
    this.made.set(name, kept);
    return {
      put: async (key: Request | string, response: Response) => {
        kept.set(pathOf(key), await response.text());
      },
      match: async (key: Request | string) => answerOf(kept.get(pathOf(key))),
    };
  }

  async match(key: Request | string) {
    const all = [...this.made.values()].map((kept) => kept.get(pathOf(key)));
    return answerOf(all.find((text) => text !== undefined));
  }

  async keys() {
    return [...this.made.keys()];
  }

  async delete(name: string) {
    return this.made.delete(name);
  }
}

const pathOf = (key: Request | string) =>
  new URL(typeof key === "string" ? key : key.url, ORIGIN).pathname;
const answerOf = (text: string | undefined) =>
  text === undefined ? undefined : new Response(text);
const asked = (path: string, mode = "navigate", method = "GET") =>
  ({ url: `${ORIGIN}${path}`, mode, method }) as Request;

let caches: FakeCaches;
let ports: BuildPorts;
const fetched = vi.fn<(request: Request | string) => Promise<Response>>();

beforeEach(() => {
  caches = new FakeCaches();
  fetched.mockReset();
  fetched.mockImplementation(async (request) => new Response(`new ${pathOf(request)}`));
  ports = { caches: caches as unknown as BuildPorts["caches"], fetch: fetched };
});

describe("kindOf", () => {
  it.each(["/", "/settings", "/abc-defg-hij", "/schedule/", "/schedule/1", "/?x=1"])(
    "%s is a page",
    (path) => {
      expect(kindOf(asked(path), ORIGIN)).toBe("page");
    },
  );

  it.each(["/assets/index-1.js", "/assets/font-1.woff2", "/assets/porch-1.svg"])(
    "%s is a file",
    (path) => expect(kindOf(asked(path, "no-cors"), ORIGIN)).toBe("file"),
  );

  it.each([
    ["/api/v1/users/profile", "cors", "GET"],
    ["/", "cors", "GET"],
    ["/", "navigate", "POST"],
    ["/assets/model-1.tflite", "cors", "GET"],
    ["/assets/index-1.js", "cors", "POST"],
  ])("%s by %s %s is nothing that is kept", (path, mode, method) => {
    expect(kindOf(asked(path, mode, method), ORIGIN)).toBeUndefined();
  });

  it.each(["/api/v1/auth/oidc/start", "/api", "/api/v1", "/icon.svg", "/a/b/c"])(
    "%s is a page of something else",
    (path) => expect(kindOf(asked(path), ORIGIN)).toBe("elsewhere"),
  );

  it("is never of another origin", () => {
    expect(kindOf(asked("/"), "https://other.example")).toBeUndefined();
  });
});

describe("keepBuild", () => {
  it("keeps the page and the files, and fetches no file twice", async () => {
    await (await caches.open("jumpa-a")).put("/assets/index-1.js", new Response("known"));
    await keepBuild(BUILD, ports);
    expect(Object.fromEntries(caches.made.get("jumpa-b") ?? [])).toEqual({
      "/": "new /",
      "/assets/index-1.js": "known",
      "/assets/index-1.css": "new /assets/index-1.css",
    });
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it.each([404, 500, 206])("is not done when something is answered with %i", async (status) => {
    fetched.mockImplementation(async () => new Response("", { status }));
    await expect(keepBuild(BUILD, ports)).rejects.toThrow(TypeError);
  });
});

describe("forgetBuilds", () => {
  it("keeps its own and the one before, and what is not of a build", async () => {
    for (const name of ["other", "jumpa-x", "jumpa-y", "jumpa-a", "jumpa-b"]) {
      await caches.open(name);
    }
    await forgetBuilds(BUILD, ports);
    expect([...caches.made.keys()]).toEqual(["other", "jumpa-a", "jumpa-b"]);
  });
});

const none = Promise.resolve(undefined);

describe("answerOnce", () => {
  const request = asked("/api/v1/auth/oidc/callback");

  it("asks nobody again who was asked already, also when that failed", async () => {
    const preloaded = Promise.resolve(new Response("preloaded"));
    expect(await (await answerOnce(request, preloaded, ports)).text()).toBe("preloaded");
    const lost = Promise.reject(new TypeError("Failed to fetch"));
    await expect(answerOnce(request, lost, ports)).rejects.toThrow("Failed to fetch");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("asks where nobody was asked yet", async () => {
    await answerOnce(request, none, ports);
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});

describe("answerPage", () => {
  it("is what the server says, whatever it says", async () => {
    await keepBuild(BUILD, ports);
    fetched.mockImplementation(async () => new Response("broken", { status: 503 }));
    expect((await answerPage(BUILD, asked("/settings"), none, ports)).status).toBe(503);
    const preloaded = Promise.resolve(new Response("preloaded"));
    const answer = await answerPage(BUILD, asked("/settings"), preloaded, ports);
    expect(await answer.text()).toBe("preloaded");
  });

  it("is the kept one where the server cannot be reached", async () => {
    await keepBuild(BUILD, ports);
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));
    const answer = await answerPage(BUILD, asked("/settings"), none, ports);
    expect(await answer.text()).toBe("new /");
    const preloaded = Promise.reject(new TypeError("Failed to fetch"));
    const again = await answerPage(BUILD, asked("/"), preloaded, ports);
    expect(await again.text()).toBe("new /");
  });

  it("is the browser's own word where nothing is kept", async () => {
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(answerPage(BUILD, asked("/"), none, ports)).rejects.toThrow("Failed to fetch");
  });
});

describe("answerFile", () => {
  const file = asked("/assets/Panel-1.js", "cors");

  it("is asked for once, also across builds", async () => {
    expect(await (await answerFile(BUILD, file, ports)).text()).toBe("new /assets/Panel-1.js");
    const next = { version: "c", files: [] };
    expect(await (await answerFile(next, file, ports)).text()).toBe("new /assets/Panel-1.js");
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("is not kept when it is missing, and shown when the disk is full", async () => {
    fetched.mockResolvedValueOnce(new Response("", { status: 404 }));
    expect((await answerFile(BUILD, file, ports)).status).toBe(404);
    expect(await caches.match(file)).toBeUndefined();
    const full = { put: () => Promise.reject(new DOMException("", "QuotaExceededError")) };
    vi.spyOn(caches, "open").mockResolvedValue(full as never);
    expect((await answerFile(BUILD, file, ports)).status).toBe(200);
  });
});
