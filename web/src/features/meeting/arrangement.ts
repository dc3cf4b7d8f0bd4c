/** What an arrangement of the stage is made from, and what it says. */
import type { ParticipantView } from "@/media/participants";
import type { Box, Size } from "./layout";
import type { Layout } from "./viewing";

export type Screen = "phone" | "laptop" | "wide";
export type Corner = "top-left" | "top-right" | "bottom-left" | "bottom-right";

export interface PlacedTile {
  participant: ParticipantView;
  box: Box;
  shape: "tile" | "strip" | "large" | "corner";
}

export interface PlacedShare {
  participant: ParticipantView;
  box: Box;
  /** In the strip, while something else is large. */
  isSmall: boolean;
}

export interface Arrangement {
  view: "alone" | "pair" | "grid" | "share" | "focus";
  tiles: readonly PlacedTile[];
  /** The large one first. */
  shares: readonly PlacedShare[];
  /** Where the invitation stands when one is alone. */
  invitation?: Box;
  page: number;
  pages: number;
}

export interface StageInput {
  participants: readonly ParticipantView[];
  /** Identities of everyone but oneself, in display order. */
  others: readonly string[];
  area: Size;
  screen: Screen;
  page: number;
  corner: Corner;
  heardAtMs: ReadonlyMap<string, number>;
  layout: Layout;
  /** Identity of who stands large for as long as one wants. */
  pinned: string | undefined;
  /** Identity of who speaks, for the layouts with a large place. */
  speaker: string | undefined;
  /** Whose shared screen is the large one, when several are. */
  wantedShare: string | undefined;
  isSelfHidden: boolean;
}
