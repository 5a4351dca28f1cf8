/** Inputs that fit a procedure's shape, made from the shape itself, so that no procedure is forgotten. */
import { v7 } from "uuid";
import { z } from "zod";
import { newToken } from "../../../server/platform/tokens";
import { definitionOf } from "../procedures";
import { heavyTexts, hostileBodies, hostileMeta, hostileTexts } from "./values";

type Chance = () => number;
type Shape = {
  type?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  items?: Shape;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

/** What inputs may refer to. */
export type Known = {
  slugs: string[];
  members: string[];
  listings: string[];
  exchanges: { id: string; version: number; sides: string[] }[];
  emails: string[];
};

const schemaOf = (path: string): z.ZodType | undefined => definitionOf(path).inputs[0];

const shapes = new Map<string, Shape | undefined>();
function shapeOf(path: string): Shape | undefined {
  if (!shapes.has(path)) {
    const schema = schemaOf(path);
    const made = schema && z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    shapes.set(path, made as Shape | undefined);
  }
  return shapes.get(path);
}

const pick = <T>(chance: Chance, some: readonly T[]): T | undefined =>
  some[Math.floor(chance() * some.length)];
const between = (chance: Chance, least: number, most: number) =>
  least + Math.floor(chance() * (most - least + 1));

const WORDS = "help garden shopping á ñ 時間 سلام 🌻 two o'clock hour-for-hour".split(" ");
const DAY = 86_400_000;

/** An input that the procedure's own shape accepts; undefined where it takes none. */
export function validInput(path: string, known: Known, chance: Chance): unknown {
  const shape = shapeOf(path);
  if (!shape) return undefined;
  for (let tries = 0; tries < 50; tries += 1) {
    const input = valueFor(shape, "", { path, known, chance });
    if (schemaOf(path)?.safeParse(input).success) return input;
  }
  throw new Error(`No valid input was found for ${path}.`);
}

type Making = { path: string; known: Known; chance: Chance };

function valueFor(shape: Shape, key: string, making: Making): unknown {
  const { chance } = making;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return pick(chance, shape.enum);
  if (shape.anyOf) return valueFor(pick(chance, shape.anyOf) ?? {}, key, making);
  switch (shape.type) {
    case "object":
      return objectOf(shape, making);
    case "array": {
      const length = between(chance, shape.minItems ?? 0, Math.min(shape.maxItems ?? 3, 4));
      return Array.from({ length }, () => valueFor(shape.items ?? {}, key, making));
    }
    case "boolean":
      return chance() < 0.5;
    case "integer":
    case "number":
      return numberOf(shape, key, chance);
    default:
      return getText(shape, key, making);
  }
}

function objectOf({ properties = {}, required = [] }: Shape, making: Making): object {
  const { known, chance, path } = making;
  const made: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(properties)) {
    if (!required.includes(key) && chance() < 0.5) continue;
    made[key] = valueFor(shape, key, making);
  }
  // An exchange goes with the version that it has, most of the time.
  const exchange = pick(chance, known.exchanges);
  if (path.startsWith("exchange.") && "version" in made && exchange && chance() < 0.8) {
    Object.assign(made, { id: exchange.id, version: exchange.version });
  }
  return made;
}

function numberOf({ minimum = 0, maximum = 1000 }: Shape, key: string, chance: Chance): number {
  if (key === "minutes" && chance() < 0.8) return 15 * between(chance, 1, 8);
  if (key === "version") return between(chance, 1, 4);
  // Both ends matter as much as all that is between them.
  if (chance() < 0.2) return chance() < 0.5 ? minimum : Math.min(maximum, 2 ** 31 - 1);
  return between(chance, Math.max(minimum, -10_000), Math.min(maximum, 10_000));
}

function getText(shape: Shape, key: string, { path, known, chance }: Making): string {
  if (key === "community")
    return (chance() < 0.9 && known.slugs[0]) || (pick(chance, known.slugs) ?? "x");
  if (key === "otherId" || key === "memberId") return pick(chance, known.members) ?? v7();
  if (key === "listingId") return pick(chance, known.listings) ?? v7();
  if (key === "exchangeId") return pick(chance, known.exchanges)?.id ?? v7();
  if (key === "id" && chance() < 0.7) {
    const [group] = path.split(".");
    const id = {
      member: pick(chance, known.members),
      listing: pick(chance, known.listings),
      exchange: pick(chance, known.exchanges)?.id,
    }[group ?? ""];
    if (id) return id;
  }
  if (shape.format === "uuid") return v7();
  if (key === "token") return newToken();
  if (key === "timeZone")
    return pick(chance, ["Europe/Madrid", "Asia/Tokyo", "Nowhere/At_all"]) ?? "";
  if (key === "region") return pick(chance, ["ES", "DE", "QQ"]) ?? "";
  if (key === "email")
    return (chance() < 0.5 && pick(chance, known.emails)) || `${v7()}@example.org`;
  if (["date", "from", "to", "firstDay", "lastDay", "neededOn"].includes(key)) {
    // Mostly days that make sense, so that what comes after the date is tried as well.
    const isPast = path === "exchange.record" || path.startsWith("account.");
    const near = isPast ? between(chance, -30, 0) : between(chance, 1, 30);
    const days = chance() < 0.8 ? near : between(chance, -400, 400);
    return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  }
  if (key === "time" || key === "neededTime") {
    const [hour, minute] = [between(chance, 0, 23), between(chance, 0, 59)];
    return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  }
  const words = Array.from({ length: between(chance, 2, 9) }, () => pick(chance, WORDS));
  const text = key === "password" ? v7() : words.join(" ");
  return text.slice(0, Math.min(shape.maxLength ?? 60, 60));
}

/** A body that was once right, as JSON text, with something wrong in it. */
export function hostileBody(path: string, known: Known, chance: Chance): string {
  if (chance() < 0.08) return pick(chance, hostileBodies) ?? "";
  const input = shapeOf(path) ? validInput(path, known, chance) : {};
  const text = JSON.stringify(input);
  if (chance() < 0.12) return `{"json":${text},"meta":${pick(chance, hostileMeta)}}`;
  const wrong =
    chance() < 0.03 ? (pick(chance, heavyTexts)?.() ?? "") : (pick(chance, hostileTexts) ?? "");
  const kind = chance();
  if (kind < 0.1) return `{"json":${wrong}}`;
  if (kind < 0.25) {
    const key = pick(chance, [
      "__proto__",
      "constructor",
      "role",
      "userId",
      "communityId",
      "$ne",
      "",
    ]);
    const rest = text.length > 2 ? `,${text.slice(1)}` : "}";
    return `{"json":{"${key}":${wrong}${rest}}`;
  }
  return `{"json":${spoiled(input as object, wrong, chance)}}`;
}

/** One of the values, wherever it is, exchanged for the wrong one or left out. */
function spoiled(input: object, wrong: string, chance: Chance): string {
  const entries = Object.entries(input);
  const chosen = Math.floor(chance() * entries.length);
  const isDropped = chance() < 0.1;
  const written = entries.flatMap(([key, value], index) => {
    if (index !== chosen) return [`${JSON.stringify(key)}:${JSON.stringify(value)}`];
    return isDropped ? [] : [`${JSON.stringify(key)}:${wrong}`];
  });
  return `{${written.join(",")}}`;
}
