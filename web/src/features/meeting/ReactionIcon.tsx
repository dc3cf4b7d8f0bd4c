/** Reactions are icons in one colour, as everything else is. */
import {
  Frown,
  HandHeart,
  Heart,
  Laugh,
  type LucideIcon,
  PartyPopper,
  ThumbsUp,
} from "lucide-preact";
import type { Reaction } from "@/media/reactions";

const ICONS: Record<Reaction, LucideIcon> = {
  agree: ThumbsUp,
  love: Heart,
  celebrate: PartyPopper,
  laugh: Laugh,
  sad: Frown,
  thanks: HandHeart,
};

/** The icon of one. */
export function ReactionIcon({ reaction, size }: { reaction: Reaction; size: number }) {
  const Icon = ICONS[reaction];
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />;
}
