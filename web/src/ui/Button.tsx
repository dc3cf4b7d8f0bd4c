/** Buttons on paper. One primary button a view: it is the next step. */

import type { ComponentChildren, JSX } from "preact";
import { classes } from "@/lib/class";
import { Mark } from "@/ui/Mark";

export interface ButtonProps extends Omit<JSX.IntrinsicElements["button"], "size"> {
  kind?: "primary" | "secondary" | "soft" | "quiet" | "plain" | "danger";
  size?: "small" | "normal" | "large" | "huge";
  /** The verb in progress, shown with the walking mark; the button cannot be pressed meanwhile. */
  busy?: string | false;
  children: ComponentChildren;
}

const SIZES = { small: "button-small", normal: "", large: "button-large", huge: "button-huge" };

/** A button with words. */
export function Button(props: ButtonProps) {
  const {
    kind = "secondary",
    size = "normal",
    busy = false,
    children,
    class: extra,
    ...rest
  } = props;
  return (
    <button
      type="button"
      {...rest}
      class={classes("button", `button-${kind}`, SIZES[size], extra as string)}
      disabled={busy !== false || rest.disabled === true}
      aria-busy={busy !== false}
    >
      {busy === false ? (
        children
      ) : (
        <>
          <Mark size={16} state="walking" onFill />
          {busy}
        </>
      )}
    </button>
  );
}

export interface IconButtonProps extends Omit<JSX.IntrinsicElements["button"], "size" | "label"> {
  /** What pressing it does, for the screen reader and the tooltip. */
  label: string;
  size?: "small" | "normal";
  children: ComponentChildren;
}

/** A button with an icon only. */
export function IconButton(props: IconButtonProps) {
  const { label, size = "normal", children, class: extra, ...rest } = props;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      class={classes("icon-button", size === "small" && "icon-button-small", extra as string)}
    >
      {children}
    </button>
  );
}
