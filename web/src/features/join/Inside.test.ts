import { describe, expect, it } from "vitest";
import { insideSentence } from "@/features/join/Inside";
import { chooseLocale } from "@/i18n/locale";

const room = (participants: string[], participant_count = participants.length) => ({
  code: "abc-defg-hij",
  title: "Rapat",
  created_at: "2026-01-05T02:30:00Z",
  ended: false,
  has_password: false,
  participants,
  participant_count,
});

describe("insideSentence", () => {
  it.each([
    [room([]), "Anda yang pertama", "You are the first"],
    [room(["Bagas Pramudya"]), "Bagas sudah di dalam", "Bagas is inside"],
    [
      room(["H. Hamdan Lubis", "Siti M"]),
      "Hamdan dan Siti sudah di dalam",
      "Hamdan and Siti are inside",
    ],
    [
      room(["Bagas", "Siti", "Ayu"], 5),
      "Bagas, Siti, dan 3 lainnya sudah di dalam",
      "Bagas, Siti and 3 others are inside",
    ],
    [
      room(["Bagas", "Siti", "Ayu"]),
      "Bagas, Siti, dan Ayu sudah di dalam",
      "Bagas, Siti and Ayu are inside",
    ],
    [room([], 4), "4 orang sudah di dalam", "4 people are inside"],
  ])("says who is there", (inside, indonesian, english) => {
    chooseLocale("id");
    expect(insideSentence(inside)).toBe(indonesian);
    chooseLocale("en");
    expect(insideSentence(inside)).toBe(english);
  });
});
