/** Pictures of people for image elements, which cannot say who asks. */

import { useEffect, useState } from "preact/hooks";
import { pictureOf } from "@/api/people";

/** Address of the picture at this path, once it is here; without one, initials stand in its place. */
export function usePicture(path: string | null | undefined): string | undefined {
  const [found, setFound] = useState<{ path: string; url: string }>();
  useEffect(() => {
    if (!path) {
      return;
    }
    let isWanted = true;
    pictureOf(path).then(
      (url) => isWanted && setFound({ path, url }),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [path]);
  return found?.path === path ? found?.url : undefined;
}
