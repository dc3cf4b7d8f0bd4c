/** What a page tells a worker that waits, so that it begins. */

export const TAKE_OVER = "take over";
