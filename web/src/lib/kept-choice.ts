/** A choice among a few words that this browser remembers. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { forBrowser, keep, readKept } from "@/lib/storage";

/** The choice now; making another one keeps it for the next visit. */
export class KeptChoice<T extends string> {
  readonly choices: readonly T[];
  private readonly key: string;
  private readonly current;
  private chosen: T;
  private loan: object | undefined;

  /** The first choice holds until somebody chooses. */
  constructor(key: string, choices: readonly [T, ...T[]]) {
    this.key = key;
    this.choices = choices;
    const kept = readKept(forBrowser, key);
    this.chosen = choices.find((choice) => choice === kept) ?? choices[0];
    this.current = signal<T>(this.chosen);
  }

  get now(): ReadonlySignal<T> {
    return this.current;
  }

  /** Holds until given back or somebody chooses; the next visit knows nothing of it. */
  lend(choice: T): () => void {
    const loan = {};
    this.loan = loan;
    this.current.value = choice;
    return () => {
      if (this.loan === loan) {
        this.current.value = this.chosen;
      }
    };
  }

  choose(choice: T): void {
    this.loan = undefined;
    this.chosen = choice;
    this.current.value = choice;
    keep(forBrowser, this.key, choice);
  }
}

/** A switch that this browser remembers. */
export class KeptSwitch extends KeptChoice<"on" | "off"> {
  constructor(key: string, first: "on" | "off") {
    super(key, first === "on" ? ["on", "off"] : ["off", "on"]);
  }

  get isOn(): boolean {
    return this.now.value === "on";
  }

  turn(isOn: boolean): void {
    this.choose(isOn ? "on" : "off");
  }
}
