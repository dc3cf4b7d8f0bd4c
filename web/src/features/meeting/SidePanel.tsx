/** The one panel beside the stage; on a phone a sheet over it. */
import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { IconButton } from "@/ui/Button";
import { Sheet } from "@/ui/Dialog";
import { meetingText } from "./strings";

interface SidePanelProps {
  title: string;
  count?: number | undefined;
  isSheet: boolean;
  /** What stands in the header beside the way out. */
  tools?: ComponentChildren;
  onClose: () => void;
  children: ComponentChildren;
}

function Header({ title, count, onClose, isSheet, tools }: Omit<SidePanelProps, "children">) {
  return (
    <header class="panel-header">
      {/* The sheet says its title itself. */}
      {isSheet ? (
        <p class="panel-title" aria-hidden="true">
          {title}
        </p>
      ) : (
        <h2 class="panel-title">
          {title}
          {count !== undefined && <span class="panel-count"> {count}</span>}
        </h2>
      )}
      {tools}
      <IconButton label={meetingText().close} size="small" onClick={onClose}>
        <X size={18} strokeWidth={1.9} aria-hidden="true" />
      </IconButton>
    </header>
  );
}

/** Takes focus when it opens and gives it back when it closes. */
function usePanelFocus() {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    element.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) {
        opener.focus();
      }
    };
  }, []);
  return element;
}

function Aside({ children, onClose, ...header }: SidePanelProps) {
  const element = usePanelFocus();
  return (
    <aside
      ref={element}
      class="panel"
      aria-label={header.title}
      tabIndex={-1}
      onKeyDown={(event) => {
        // A menu or dialog inside closes by the same key, and only that.
        const inside = (event.target as HTMLElement).closest("[popover], dialog");
        if (event.key === "Escape" && inside === null) {
          onClose();
        }
      }}
    >
      <Header {...header} onClose={onClose} />
      {children}
    </aside>
  );
}

/** A panel with a title, a way out and whatever a feature puts in it. */
export function SidePanel(props: SidePanelProps) {
  if (!props.isSheet) {
    return <Aside {...props} />;
  }
  const { children, ...header } = props;
  return (
    <Sheet title={header.title} onClose={header.onClose}>
      <div class="panel-in-sheet">
        <Header {...header} />
        {children}
      </div>
    </Sheet>
  );
}
