/** A menu on the browser's own popover: Escape, outside press and the top layer come with it. */

import { Check } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { classes } from "@/lib/class";
import { rowForKey } from "@/ui/menu-keys";

const GAP = 8;

export interface MenuProps {
  /** Name of the menu and of its button. */
  label: string;
  side?: "above" | "below";
  buttonClass?: string;
  /** What stands in the button. */
  face: ComponentChildren;
  /** MenuRow, MenuChoice, MenuCaption and MenuLine. */
  children: ComponentChildren;
  onOpen?: () => void;
  /** Rows stand side by side, and arrows go left and right. */
  isAcross?: boolean;
  disabled?: boolean;
  /** By which a key finds the button, and the key as it is shown. */
  name?: string;
  singleKey?: string | undefined;
}

function place(menu: HTMLElement, button: HTMLElement, side: "above" | "below"): void {
  // As tall as its rows, not as the window was the last time.
  menu.style.maxHeight = "";
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = anchor.left + anchor.width / 2 - width / 2;
  const above = anchor.top - GAP - height;
  const below = anchor.bottom + GAP;
  const fitsBelow = below + height <= innerHeight - GAP;
  const top = side === "above" ? (above >= GAP ? above : below) : fitsBelow ? below : above;
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, top)}px`;
  menu.style.maxHeight = `${innerHeight - GAP - Math.max(GAP, top)}px`;
}

/** Keep an open menu beside its button; a button that left the window takes its menu along. */
function follow(menu: HTMLElement, button: HTMLElement, side: "above" | "below"): void {
  if (!menu.matches(":popover-open")) {
    return;
  }
  if (button.checkVisibility()) {
    place(menu, button, side);
  } else {
    menu.hidePopover();
  }
}

function rowsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

function moveByKey(event: KeyboardEvent, menu: HTMLElement): void {
  const rows = rowsOf(menu);
  const current = rows.indexOf(document.activeElement as HTMLElement);
  const next = rowForKey(
    event.key,
    current,
    rows.map((row) => row.textContent ?? ""),
  );
  if (next !== undefined) {
    event.preventDefault();
    rows[next]?.focus();
  }
  if (event.key === "Tab") {
    menu.hidePopover();
  }
}

/** A button that opens a menu. */
export function Menu(props: MenuProps) {
  const { label, side = "below", buttonClass, face, children, onOpen, isAcross = false } = props;
  const { name, singleKey } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the page has laid itself out anew for that size.
    const resized = () =>
      requestAnimationFrame(() => {
        if (menu.current !== null && button.current !== null) {
          follow(menu.current, button.current, side);
        }
      });
    addEventListener("resize", resized);
    return () => removeEventListener("resize", resized);
  }, [side]);
  const opened = (event: { newState: string }) => {
    const isOpen = event.newState === "open";
    button.current?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && menu.current !== null && button.current !== null) {
      onOpen?.();
      place(menu.current, button.current, side);
      const rows = rowsOf(menu.current);
      (rows.find((row) => row.ariaChecked === "true") ?? rows[0])?.focus();
    }
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-label={label}
        aria-keyshortcuts={singleKey}
        data-tip={singleKey === undefined ? label : `${label} (${singleKey})`}
        data-menu={name}
        aria-haspopup="menu"
        aria-expanded="false"
        popovertarget={id}
        disabled={props.disabled}
      >
        {face}
      </button>
      <div
        ref={menu}
        id={id}
        class={classes("menu", isAcross && "menu-across")}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        popover="auto"
        onToggle={opened}
        onKeyDown={(event) => moveByKey(event, event.currentTarget)}
        onClick={(event) => {
          if (
            (event.target as HTMLElement).closest("[role=menuitem], [role=menuitemradio]") !== null
          ) {
            event.currentTarget.hidePopover();
          }
        }}
      >
        {children}
      </div>
    </>
  );
}

export interface MenuRowProps extends Omit<JSX.IntrinsicElements["button"], "icon"> {
  icon?: ComponentChildren;
  isDanger?: boolean;
  /** Key that does the same, shown at the end. */
  shortcut?: string | undefined;
}

/** One action. */
export function MenuRow({ icon, isDanger = false, shortcut, children, ...rest }: MenuRowProps) {
  const look = classes("menu-row", isDanger && "menu-row-danger");
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-keyshortcuts={shortcut}
      {...rest}
      class={look}
    >
      {icon}
      <span class="grow">{children}</span>
      {shortcut !== undefined && (
        <span class="key" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  );
}

/** One of several choices. */
export function MenuChoice(props: MenuRowProps & { isChosen: boolean }) {
  const { isChosen, icon, isDanger: _, children, ...rest } = props;
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={isChosen}
      tabIndex={-1}
      {...rest}
      class="menu-row"
    >
      {icon}
      <span class="grow">{children}</span>
      {isChosen && <Check size={16} strokeWidth={2} aria-hidden="true" />}
    </button>
  );
}

/** Something that is on or off; the menu stays open, so that one sees it turn. */
export function MenuSwitch(props: MenuRowProps & { isOn: boolean }) {
  const { isOn, icon, isDanger: _, children, ...rest } = props;
  return (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={isOn}
      tabIndex={-1}
      {...rest}
      class="menu-row menu-switch"
    >
      {icon}
      <span class="grow">{children}</span>
      <span class="menu-switch-mark" />
    </button>
  );
}

/** Heading of the rows that follow. */
export function MenuCaption({ children }: { children: ComponentChildren }) {
  return <div class="menu-caption">{children}</div>;
}

/** A line between groups of rows. */
export function MenuLine() {
  return <hr class="menu-line" />;
}
