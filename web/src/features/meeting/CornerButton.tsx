/** The button over the own picture in a corner: a press moves it on, a drag puts it where one wants. */
import type { Corner } from "./arrangement";
import { useCornerDrag } from "./corner";
import type { Box, Size } from "./layout";
import { meetingText } from "./strings";

interface CornerButtonProps {
  box: Box;
  area: Size;
  onRest: (corner: Corner) => void;
  onPress: () => void;
}

/** Covers its tile. */
export function CornerButton(props: CornerButtonProps) {
  const handlers = useCornerDrag(props);
  return (
    <button type="button" class="tile-move" aria-label={meetingText().moveSelf} {...handlers} />
  );
}
