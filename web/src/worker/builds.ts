/** What the service worker keeps of the app: its page and its files, never an answer of the API. */

import { BUILDS } from "@/lib/builds";

/** One build of the app. */
export interface Build {
  version: string;
  /** Paths of the files that the first pages need. */
  files: readonly string[];
}

export interface BuildPorts {
  caches: Pick<CacheStorage, "open" | "keys" | "delete" | "match">;
  fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
}

const PAGE = "/";
/** This build, and the one before it: a tab that is open may still need its files. */
const KEPT_BUILDS = 2;
/** Models and the like are large, and the browser's own cache has them. */
const KEPT_FILES = /\.(?:js|css|woff2|svg)$/u;
const FILES = "/assets/";
/** Pages of the app have short names; these are doors for programs, or pages of the server. */
const NO_PAGES = new Set(["api", "rtc", "twirp", "agent", "ws", "webhooks", "assets"]);

const nameOf = (build: Build): string => `${BUILDS}${build.version}`;

/** What a request is for: something that is kept, or a page that is none of the app's. */
export function kindOf(
  request: Pick<Request, "method" | "mode" | "url">,
  origin: string,
): "page" | "file" | "elsewhere" | undefined {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== origin) {
    return undefined;
  }
  if (request.mode === "navigate") {
    const [name = "", ...parts] = url.pathname.replace(/^\/|\/$/gu, "").split("/");
    const isShort = parts.length < 2 && !url.pathname.includes(".");
    return isShort && !NO_PAGES.has(name) ? "page" : "elsewhere";
  }
  return url.pathname.startsWith(FILES) && KEPT_FILES.test(url.pathname) ? "file" : undefined;
}

/** Fetch what the build needs; what an earlier build had is not fetched again. */
export async function keepBuild(build: Build, { caches, fetch }: BuildPorts): Promise<void> {
  const cache = await caches.open(nameOf(build));
  const keep = async (path: string, known?: Response) => {
    const response = known ?? (await fetch(path, { cache: path === PAGE ? "reload" : "default" }));
    if (!isKeepable(response)) {
      throw new TypeError(`${path} was answered with status ${response.status}`);
    }
    await cache.put(path, response);
  };
  await Promise.all([
    keep(PAGE),
    ...build.files.map(async (path) => keep(path, await caches.match(path))),
  ]);
}

/** Forget builds that no open tab can be of. */
export async function forgetBuilds(build: Build, { caches }: BuildPorts): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(BUILDS));
  const others = names.filter((name) => name !== nameOf(build));
  const old = others.slice(0, Math.max(0, others.length - KEPT_BUILDS + 1));
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** What the server answers, asked once: the browser may have asked while the worker started. */
export async function answerOnce(
  request: Request,
  preloaded: Promise<Response | undefined>,
  { fetch }: Pick<BuildPorts, "fetch">,
): Promise<Response> {
  return (await preloaded) ?? (await fetch(request));
}

/** The page from the server; where that cannot be reached, the one that is kept. */
export async function answerPage(
  build: Build,
  request: Request,
  preloaded: Promise<Response | undefined>,
  { caches, fetch }: BuildPorts,
): Promise<Response> {
  try {
    return await answerOnce(request, preloaded, { fetch });
  } catch (error) {
    const cache = await caches.open(nameOf(build));
    const kept = await cache.match(PAGE);
    if (kept === undefined) {
      throw error;
    }
    return kept;
  }
}

/** A file, which never changes under its name; kept once it was fetched. */
export async function answerFile(
  build: Build,
  request: Request,
  { caches, fetch }: BuildPorts,
): Promise<Response> {
  const kept = await caches.match(request);
  if (kept !== undefined) {
    return kept;
  }
  const response = await fetch(request);
  if (isKeepable(response)) {
    const cache = await caches.open(nameOf(build));
    // A full disk is no reason to show nothing.
    await cache.put(request, response.clone()).catch(() => undefined);
  }
  return response;
}

/** Whole answers of this server, and nothing that stands for them. */
function isKeepable(response: Response): boolean {
  return response.status === 200 && !response.redirected;
}
