/** docs/privacy.md has a row for every column with personal data, and the periods of the code. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factsChangedOn } from "@/domain/privacy/facts";
import { RETENTION_DAYS } from "@/domain/privacy/retention";
import { columnsOf, differences, readColumns, rowsOf, undecided } from "./privacy";

const columns = readColumns();
const document = readFileSync("docs/privacy.md", "utf8");
const rows = rowsOf(document);

describe("docs/privacy.md", () => {
  it("has a row for each column that the schema marks as personal, and no other", () => {
    expect(differences(columns, rows)).toEqual([]);
  });

  it.each([
    ["session.user_agent", RETENTION_DAYS.session],
    ["session.user_agent", RETENTION_DAYS.unusedSession],
    ["user.former_email", RETENTION_DAYS.formerEmail],
    ["mail.text", RETENTION_DAYS.sentMail],
    ["mail.text", RETENTION_DAYS.unsentMail],
    ["member_join.address_hash", RETENTION_DAYS.join],
    ["notification.event", RETENTION_DAYS.notification],
  ])("says how long %s is stored as the code does: %i days", (column, days) => {
    const row = rows.find((each) => each.columns.includes(column));
    expect(row?.howLong).toMatch(new RegExp(`\\b${days} days`));
  });

  it("says for every row how long", () => {
    expect(rows.filter(({ howLong }) => howLong === "")).toEqual([]);
  });
});

describe("a column that can hold personal data", () => {
  it("is marked as personal or is of a kind that is not", () => {
    expect(
      undecided(columns),
      "Mark these columns with /// @personal and add them to docs/privacy.md, or add their kind to NOT_PERSONAL.",
    ).toEqual([]);
  });
});

describe("the privacy notice", () => {
  it("has the date of its text about the product", () => {
    const { privacy } = JSON.parse(readFileSync("messages/en/privacy.json", "utf8"));
    const hash = createHash("sha256").update(JSON.stringify(privacy)).digest("hex").slice(0, 12);
    expect(
      [factsChangedOn.toISOString().slice(0, 10), hash],
      "The text changed: set the date in domain/privacy/facts.ts, and the date and the hash here.",
    ).toEqual(["2026-12-01", "1a4bdb6a3fe9"]);
  });
});

describe("these checks can fail", () => {
  const schema = `model Pet {
  id      String    @id @db.Uuid
  owner   User
  name    String    @map("pet_name") /// @personal
  noise   String?
  bornOn  DateTime? @map("born_on") @db.Date
  fedAt   DateTime  @map("fed_at")
  legs    Int

  @@map("pet")
}
model User {
  id String @id @db.Uuid

  @@map("user")
}`;
  const planted = columnsOf(schema);
  const row = "| `pet` | `pet_name` | to call it | until it is forgotten | everybody |";

  it("finds nothing where the schema and the table agree", () => {
    expect(differences(planted, rowsOf(row))).toEqual([]);
  });

  it("finds a personal column without a row", () => {
    expect(differences(planted, rowsOf("| table | columns |"))).toEqual([
      "pet.pet_name is marked as personal and not in docs/privacy.md",
    ]);
    const missing = rows.map((each) => ({
      ...each,
      columns: each.columns.filter((name) => name !== "member.contact"),
    }));
    expect(differences(columns, missing)).toEqual([
      "member.contact is marked as personal and not in docs/privacy.md",
    ]);
  });

  it("finds a row without a personal column, and a column with two rows", () => {
    expect(
      differences(planted, rowsOf(`${row}\n| \`pet\` | \`noise\`, \`pet_name\` | | | |`)),
    ).toEqual([
      "pet.noise is in docs/privacy.md and not marked as personal",
      "pet.pet_name is in docs/privacy.md twice",
    ]);
  });

  it("finds a text and a day that nobody has decided about, and no other column", () => {
    expect(undecided(planted)).toEqual(["pet.noise", "pet.born_on"]);
  });
});
