/** The page for a fault of our own: nobody is left with an empty window. */

import { appText } from "@/app/strings";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";

/** Says so, and loads the page again. */
export function Broken() {
  const text = appText();
  return (
    <Message
      title={text.broken}
      mark="away"
      actions={
        <Button kind="primary" size="large" onClick={() => location.reload()}>
          {text.reload}
        </Button>
      }
    >
      {text.brokenLine}
    </Message>
  );
}
