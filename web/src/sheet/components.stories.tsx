/** A story for each kind of component, in all its states. */

import type { Meta, StoryObj } from "@storybook/preact-vite";
import type { ComponentChild } from "preact";
import { Badges as BadgeCards, Choices as ChoiceCards } from "@/sheet/Choices";
import { BarControls, Tiles as TileStates } from "@/sheet/Dusk";
import {
  Backgrounds as BackgroundCards,
  OneThing,
  SeveralSections,
  Shortcuts as ShortcutCards,
} from "@/sheet/Lists";
import {
  Buttons as ButtonCards,
  Fields as FieldCards,
  Menus as MenuCards,
  News as NewsCards,
  People as PeopleCards,
} from "@/sheet/Paper";
import { Colours as ColourCards, Letters as LetterCards } from "@/sheet/Roles";
import { Dialogs as DialogCards, Sheet } from "@/sheet/Sheet";

const meta: Meta = { title: "Components" };

export default meta;

/** A part of the sheet by itself. */
function alone(Part: () => ComponentChild): StoryObj {
  return {
    render: () => (
      <main class="sheet-page">
        <Part />
      </main>
    ),
  };
}

export const Colours = alone(ColourCards);
export const Letters = alone(LetterCards);
export const Buttons = alone(ButtonCards);
export const Fields = alone(FieldCards);
export const Choices = alone(ChoiceCards);
export const Badges = alone(BadgeCards);
export const Menus = alone(MenuCards);
export const Dialogs = alone(DialogCards);
export const People = alone(PeopleCards);
export const News = alone(NewsCards);
export const Tiles = alone(TileStates);
export const Bar = alone(BarControls);
export const Backgrounds = alone(BackgroundCards);
export const Shortcuts = alone(ShortcutCards);
export const Message: StoryObj = { render: () => <OneThing /> };
export const Sections: StoryObj = { render: () => <SeveralSections /> };
export const Everything: StoryObj = { render: () => <Sheet /> };
