/** The page for an address that leads nowhere. */

import { useLocation } from "preact-iso";
import { appText } from "@/app/strings";
import { Button } from "@/ui/Button";
import { Message } from "@/ui/Message";

/** Says so, and leads to the front page. */
export function NotFound() {
  const { route } = useLocation();
  const text = appText();
  return (
    <Message
      title={text.notFound}
      mark="away"
      actions={
        <Button kind="primary" size="large" onClick={() => route("/")}>
          {text.home}
        </Button>
      }
    >
      {text.notFoundLine}
    </Message>
  );
}
