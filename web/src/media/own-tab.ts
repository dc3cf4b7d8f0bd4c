/** Knows the meeting's own tab among shared surfaces, by W3C's Capture Handle where there is one. */

/** Marks this tab with a sign that only our own pages can read. */
export function markTab(devices: object, origin: string, sign: string): void {
  const set: unknown = Reflect.get(devices, "setCaptureHandleConfig");
  try {
    if (typeof set === "function") {
      set.call(devices, { handle: sign, permittedOrigins: [origin] });
    }
  } catch {
    // In a frame the tab is not ours to mark.
  }
}

/** Whether the captured surface is the tab with this sign. */
export function showsTab(track: object | undefined, sign: string): boolean {
  const get: unknown = Reflect.get(track ?? {}, "getCaptureHandle");
  const handle: unknown = typeof get === "function" ? get.call(track) : undefined;
  return Reflect.get(Object(handle), "handle") === sign;
}
