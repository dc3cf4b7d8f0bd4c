/** Controls of the stage. The name of a toggle says the next action, its colour the state. */

import type { ComponentChildren, JSX } from "preact";
import { classes } from "@/lib/class";
import { spokenShortcut, writtenShortcut } from "@/lib/shortcut";

interface BarProps {
  /** What pressing it does, for the screen reader and the tooltip. */
  label: string;
  /** Key that acts together with Ctrl or Cmd, spoken and shown beside the name. */
  shortcut?: string;
  /** Key that acts by itself, told in the same way. */
  singleKey?: string | undefined;
  children: ComponentChildren;
}

export interface BarButtonProps
  extends BarProps,
    Omit<JSX.IntrinsicElements["button"], keyof BarProps> {
  /** Pressed state of a toggle; leave it out for a plain action. */
  pressed?: boolean;
  tone?: "normal" | "bare" | "on" | "off" | "hand";
  count?: number;
  unread?: boolean;
  /** Whether the count stands for something that waits for an answer. */
  alarm?: boolean;
}

function named(label: string, shortcut: string | undefined, singleKey?: string) {
  if (shortcut === undefined) {
    return singleKey === undefined
      ? { "aria-label": label, "data-tip": label }
      : {
          "aria-label": label,
          "aria-keyshortcuts": singleKey,
          "data-tip": `${label} (${singleKey})`,
        };
  }
  return {
    "aria-label": label,
    "aria-keyshortcuts": spokenShortcut(shortcut),
    "data-tip": `${label} (${writtenShortcut(shortcut)})`,
  };
}

/** One round-cornered control. */
export function BarButton(props: BarButtonProps) {
  const {
    label,
    shortcut,
    singleKey,
    pressed,
    tone = "normal",
    count,
    unread,
    alarm,
    children,
    ...rest
  } = props;
  return (
    <button
      type="button"
      {...named(label, shortcut, singleKey)}
      aria-pressed={pressed}
      {...rest}
      class={classes("bar-button", tone !== "normal" && `bar-button-${tone}`, rest.class as string)}
    >
      {children}
      {count !== undefined && (
        <span class={classes("bar-count", alarm === true && "bar-count-alarm")}>{count}</span>
      )}
      {unread === true && <span class="bar-unread" />}
    </button>
  );
}

export interface SplitBarButtonProps extends BarProps {
  state: "on" | "off" | "warned";
  /** Level 0 to 1 drawn in the dividing line; leave it out where nothing is heard. */
  level?: number;
  onPress: () => void;
  busy?: boolean;
  disabled?: boolean;
  /** The narrow second part: usually a Menu of devices. */
  more?: ComponentChildren;
}

/** A control with a menu beside it; the line between them shows the microphone's level. */
export function SplitBarButton(props: SplitBarButtonProps) {
  const { label, shortcut, state, level, onPress, busy = false, disabled, more, children } = props;
  return (
    <span class={classes("bar-split", state !== "on" && `bar-split-${state}`)}>
      <button
        type="button"
        class={classes("bar-split-main", more === undefined && "rounded-bar")}
        {...named(label, shortcut)}
        aria-pressed={state === "on"}
        aria-busy={busy}
        disabled={disabled}
        onClick={onPress}
      >
        {children}
      </button>
      {more !== undefined && <Divider level={state === "on" ? level : undefined} />}
      {more}
      {state === "warned" && <span class="bar-alarm">!</span>}
    </span>
  );
}

function Divider({ level }: { level: number | undefined }) {
  if (level === undefined) {
    return <span class="bar-divider" />;
  }
  return <span class="bar-level" style={{ "--level": `${Math.round(level * 100)}%` }} />;
}
