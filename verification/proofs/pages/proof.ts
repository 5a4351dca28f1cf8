import { differences, readTable } from "../permissions/table";
import { check, exercised, type Proof } from "../proof";
import { tryPages } from "./try";

export const proof: Proof<{ rounds: number }> = {
  name: "pages",
  claim:
    "Every page is visible to the access levels that docs/permissions.md names, and to nobody else.",
  long: { rounds: 1 },
  short: { rounds: 1 },
  bug: { name: "a suspension is not stored", counts: { rounds: 1 } },
  async run({ planted, atEnd }) {
    const { found, requests } = await tryPages({ atEnd }, planted);
    const wrong = differences(readTable("pages", 2), found);
    check(wrong.length === 0, `${wrong.length} cells differ:\n${wrong.slice(0, 12).join("\n")}`);
    const words = [...found.values()].flatMap((cells) => [...cells.values()]);
    const hidden = words.filter((word) => word === "hidden").length;
    exercised(hidden > 50, "hardly any page was hidden from any caller");
    return { rows: found.size, requests, hidden };
  },
};
