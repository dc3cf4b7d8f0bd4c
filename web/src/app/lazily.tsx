/** Parts of the meeting that are loaded when somebody opens them. */
import "@/app/lazily.css";
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { appText } from "@/app/strings";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

/** A component in the place of another one, which is loaded once and then kept. */
export function lazily<P extends object>(
  load: () => Promise<FunctionComponent<P>>,
  place: "panel" | "over" = "panel",
): FunctionComponent<P> {
  let kept: FunctionComponent<P> | undefined;
  return (props) => {
    const [Loaded, setLoaded] = useState(() => kept);
    const [isMissing, setMissing] = useState(false);
    const fetchPart = () => {
      setMissing(false);
      load().then(
        (part) => {
          kept = part;
          setLoaded(() => part);
        },
        () => setMissing(true),
      );
    };
    useEffect(() => {
      if (kept === undefined) {
        fetchPart();
      }
    }, []);
    if (Loaded !== undefined) {
      return <Loaded {...props} />;
    }
    if (isMissing) {
      return (
        <div class={`lazily lazily-${place}`}>
          <Trouble text={appText().partMissing} onRetry={fetchPart} />
        </div>
      );
    }
    return place === "over" ? null : (
      <div class="lazily">
        <SkeletonRows />
      </div>
    );
  };
}
