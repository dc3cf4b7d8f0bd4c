import { afterEach, describe, expect, it } from "vitest";
import { KeptChoice, KeptSwitch } from "@/lib/kept-choice";

const KEY = "jumpa.test-choice";

describe("KeptChoice", () => {
  afterEach(() => localStorage.removeItem(KEY));

  it("begins with the first and remembers another", () => {
    const choice = new KeptChoice(KEY, ["grid", "speaker"]);
    expect(choice.now.value).toBe("grid");
    choice.choose("speaker");
    expect(new KeptChoice(KEY, ["grid", "speaker"]).now.value).toBe("speaker");
  });

  it("takes nothing that is not among the choices", () => {
    localStorage.setItem(KEY, "upside-down");
    expect(new KeptChoice(KEY, ["grid", "speaker"]).now.value).toBe("grid");
  });

  it("is lent for a while, unless somebody chooses meanwhile", () => {
    const choice = new KeptChoice(KEY, ["grid", "speaker"]);
    const first = choice.lend("speaker");
    const second = choice.lend("speaker");
    first();
    expect(choice.now.value).toBe("speaker");
    second();
    expect(choice.now.value).toBe("grid");
    const third = choice.lend("speaker");
    choice.choose("speaker");
    third();
    expect(choice.now.value).toBe("speaker");
  });
});

describe("KeptSwitch", () => {
  afterEach(() => localStorage.removeItem(KEY));

  it("remembers both ways", () => {
    const light = new KeptSwitch(KEY, "off");
    expect(light.isOn).toBe(false);
    light.turn(true);
    expect(new KeptSwitch(KEY, "off").isOn).toBe(true);
    light.turn(false);
    expect(new KeptSwitch(KEY, "on").isOn).toBe(false);
  });
});
