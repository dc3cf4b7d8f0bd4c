import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, describe, expect, it } from "vitest";
import { Tabs } from "@/ui/Tabs";

function Card() {
  const [chosen, setChosen] = useState<"a" | "b" | "c">("a");
  return (
    <Tabs
      label="Parts"
      tabs={[
        ["a", "First"],
        ["b", "Second"],
        ["c", "Third"],
      ]}
      chosen={chosen}
      onChoose={setChosen}
    >
      {chosen}
    </Tabs>
  );
}

const shown = () => screen.getByRole("tabpanel").textContent;

afterEach(cleanup);

describe("Tabs", () => {
  it("show what was pressed, under its name", () => {
    render(<Card />);
    fireEvent.click(screen.getByRole("tab", { name: "Second" }));
    expect(shown()).toBe("b");
    expect(screen.getByRole("tabpanel", { name: "Second" })).toBeDefined();
  });

  it.each([
    [["ArrowRight"], "b"],
    [["ArrowLeft"], "c"],
    [["End"], "c"],
    [["End", "ArrowRight"], "a"],
    [["End", "Home"], "a"],
  ])("are walked with %s", (keys, part) => {
    render(<Card />);
    for (const key of keys) {
      fireEvent.keyDown(screen.getByRole("tablist"), { key });
    }
    expect(shown()).toBe(part);
    expect(document.activeElement?.getAttribute("aria-selected")).toBe("true");
  });
});
