import { describe, expect, it } from "vitest";
import { claimsRole, looksLike } from "./impersonation";

describe("impersonation", () => {
  it.each([
    ["the same", "Carla Rossi"],
    ["another case", "CARLA rossi"],
    ["Cyrillic letters", "Саrlа Rоssi"],
    ["Greek and full width", "Ｃarla Rοssi"],
    ["mathematical letters", "𝐂𝐚𝐫𝐥𝐚 Rossi"],
    ["a capital I for an l", "CarIa Rossi"],
    ["a digit for a letter", "Car1a R0ssi"],
    ["marks", "Cárla Rössi"],
    ["no space", "CarlaRossi"],
    ["digits and symbols around it", "✔ Carla Rossi 2 ★"],
    ["digits at its end", "Carla Rossi2"],
    ["a role", "Carla Rossi (Coordinator) ✔"],
    ["a role in Spanish", "Carla Rossi · coordinadora"],
    ["a role in Arabic", "Carla Rossi منسقة"],
    ["punctuation", "Carla_Rossi."],
    ["letters in circles", "🅒arla 🅡ossi"],
    ["letters in squares, and a flag", "🅲arla Rossi 🇪🇸"],
    ["a sign for a letter", "C@rla Rossi"],
  ])("recognises a name that looks like a coordinator's: %s", (_, name) => {
    expect(looksLike(name, "Carla Rossi")).toBe(true);
  });

  it("does not confuse other names", () => {
    for (const name of ["Karla Rossi", "Carla", "Carla Rosso", "Rossi Carlo", "🌻", "كارلا"]) {
      expect([name, looksLike(name, "Carla Rossi")]).toEqual([name, false]);
    }
    expect(looksLike("🌻", "🌷")).toBe(false);
    expect(looksLike("مريم", "مَرْيَم")).toBe(true);
    expect(looksLike("مـريـم", "مريم")).toBe(true);
    expect(looksLike("rnarta", "Marta")).toBe(true);
    expect(looksLike("MARIA", "Maria")).toBe(true);
  });

  it("recognises the word for a role, however it is written", () => {
    for (const name of [
      "Coordinator",
      "the ADMIN",
      "Carla ✔ Coordinator",
      "Cооrdinаtor",
      "Adm1n",
      "Coordinadora",
      "Administración",
      "المنسقة",
      "admin2",
      "Co-ordinator",
      "Carla, C o o r d i n a t o r",
      "Coordinat·or",
      "Coordin@tor",
      "المنسـق",
      "Carla 🅒🅞🅞🅡🅓🅘🅝🅐🅣🅞🅡",
    ]) {
      expect([name, claimsRole(name)]).toEqual([name, true]);
    }
    for (const name of ["Rosa", "Adminah", "Coord", "Officer", "مريم", "Ad Min", "Coor Di Nato"]) {
      expect([name, claimsRole(name)]).toEqual([name, false]);
    }
  });
});
