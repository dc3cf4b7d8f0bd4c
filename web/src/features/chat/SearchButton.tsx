/** Opens and closes the search, in the header of the panel. */
import { Search } from "lucide-preact";
import { IconButton } from "@/ui/Button";
import type { Chat } from "./state";
import { chatText } from "./strings";

/** The button; absent where nothing is kept that could be found. */
export function SearchButton({ chat }: { chat: Chat }) {
  if (chat.isLiveOnly) {
    return null;
  }
  const isOpen = chat.isSearching.value;
  return (
    <IconButton
      label={chatText().search}
      size="small"
      aria-pressed={isOpen}
      onClick={() => {
        chat.isSearching.value = !isOpen;
      }}
    >
      <Search size={18} strokeWidth={1.9} aria-hidden="true" />
    </IconButton>
  );
}
