/** Valid inputs, generated from each procedure's own schema so that no procedure is left out. */
import { createECDH, randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { z } from "zod";
import { newToken } from "../../../server/platform/tokens";
import { definitionOf } from "../procedures";
import { heavyTexts, hostileBodies, hostileMeta, hostileTexts } from "./values";

type Random = () => number;
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

/** The objects that inputs may refer to. */
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

const pick = <T>(random: Random, some: readonly T[]): T | undefined =>
  some[Math.floor(random() * some.length)];
const between = (random: Random, least: number, most: number) =>
  least + Math.floor(random() * (most - least + 1));

const WORDS = "help garden shopping á ñ 時間 سلام 🌻 two o'clock hour-for-hour".split(" ");
const DAY = 86_400_000;

/** An input that the procedure's schema accepts; undefined for a procedure without input. */
export function validInput(path: string, known: Known, random: Random): unknown {
  const shape = shapeOf(path);
  if (!shape) return undefined;
  for (let tries = 0; tries < 50; tries += 1) {
    const input = valueFor(shape, "", { path, known, random });
    if (schemaOf(path)?.safeParse(input).success) return input;
  }
  throw new Error(`No valid input was found for ${path}.`);
}

type Making = { path: string; known: Known; random: Random };

function valueFor(shape: Shape, key: string, making: Making): unknown {
  const { random } = making;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return pick(random, shape.enum);
  if (shape.anyOf) return valueFor(pick(random, shape.anyOf) ?? {}, key, making);
  switch (shape.type) {
    case "object":
      return objectOf(shape, making);
    case "array": {
      const length = between(random, shape.minItems ?? 0, Math.min(shape.maxItems ?? 3, 4));
      return Array.from({ length }, () => valueFor(shape.items ?? {}, key, making));
    }
    case "boolean":
      return random() < 0.5;
    case "integer":
    case "number":
      return numberOf(shape, key, random);
    default:
      return getText(shape, key, making);
  }
}

function objectOf({ properties = {}, required = [] }: Shape, making: Making): object {
  const { known, random, path } = making;
  const made: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(properties)) {
    if (!required.includes(key) && random() < 0.5) continue;
    made[key] = valueFor(shape, key, making);
  }
  // Usually with the exchange's current version.
  const exchange = pick(random, known.exchanges);
  if (path.startsWith("exchange.") && "version" in made && exchange && random() < 0.8) {
    Object.assign(made, { id: exchange.id, version: exchange.version });
  }
  return made;
}

function numberOf({ minimum = 0, maximum = 1000 }: Shape, key: string, random: Random): number {
  if (key === "minutes" && random() < 0.8) return 15 * between(random, 1, 8);
  if (key === "version") return between(random, 1, 4);
  // Favours the two limits of the range.
  if (random() < 0.2) return random() < 0.5 ? minimum : Math.min(maximum, 2 ** 31 - 1);
  return between(random, Math.max(minimum, -10_000), Math.min(maximum, 10_000));
}

function getText(shape: Shape, key: string, { path, known, random }: Making): string {
  if (key === "community")
    return (random() < 0.9 && known.slugs[0]) || (pick(random, known.slugs) ?? "x");
  if (key === "otherId" || key === "memberId") return pick(random, known.members) ?? v7();
  if (key === "listingId") return pick(random, known.listings) ?? v7();
  if (key === "exchangeId") return pick(random, known.exchanges)?.id ?? v7();
  if (key === "id" && random() < 0.7) {
    const [group] = path.split(".");
    const id = {
      member: pick(random, known.members),
      listing: pick(random, known.listings),
      exchange: pick(random, known.exchanges)?.id,
    }[group ?? ""];
    if (id) return id;
  }
  if (shape.format === "uuid") return v7();
  if (key === "token") return newToken();
  // A subscription of Web Push: a point of the curve P-256, and 16 bytes.
  if (key === "endpoint") return `https://push.example.com/${v7()}`;
  if (key === "p256dh") return createECDH("prime256v1").generateKeys("base64url");
  if (key === "authSecret") return randomBytes(16).toString("base64url");
  if (key === "timeZone")
    return pick(random, ["Europe/Madrid", "Asia/Tokyo", "Nowhere/At_all"]) ?? "";
  if (key === "region") return pick(random, ["ES", "DE", "QQ"]) ?? "";
  if (key === "email")
    return (random() < 0.5 && pick(random, known.emails)) || `${v7()}@example.org`;
  if (["date", "from", "to", "firstDay", "lastDay", "neededOn"].includes(key)) {
    // Usually a plausible date, so that the rules behind the date check are reached.
    const isPast = path === "exchange.record" || path.startsWith("account.");
    const near = isPast ? between(random, -30, 0) : between(random, 1, 30);
    const days = random() < 0.8 ? near : between(random, -400, 400);
    return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  }
  if (["time", "neededTime", "quietFrom", "quietUntil"].includes(key)) {
    const [hour, minute] = [between(random, 0, 23), between(random, 0, 59)];
    return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  }
  const words = Array.from({ length: between(random, 2, 9) }, () => pick(random, WORDS));
  const text = key === "password" ? v7() : words.join(" ");
  return text.slice(0, Math.min(shape.maxLength ?? 60, 60));
}

/** A valid body as JSON text, with one value replaced by a hostile one. */
export function hostileBody(path: string, known: Known, random: Random): string {
  if (random() < 0.08) return pick(random, hostileBodies) ?? "";
  const input = shapeOf(path) ? validInput(path, known, random) : {};
  const text = JSON.stringify(input);
  if (random() < 0.12) return `{"json":${text},"meta":${pick(random, hostileMeta)}}`;
  const wrong =
    random() < 0.03 ? (pick(random, heavyTexts)?.() ?? "") : (pick(random, hostileTexts) ?? "");
  const kind = random();
  if (kind < 0.1) return `{"json":${wrong}}`;
  if (kind < 0.25) {
    const key = pick(random, [
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
  return `{"json":${spoiled(input as object, wrong, random)}}`;
}

/** Replaces or removes one value, at any depth. */
function spoiled(input: object, wrong: string, random: Random): string {
  const entries = Object.entries(input);
  const chosen = Math.floor(random() * entries.length);
  const isDropped = random() < 0.1;
  const written = entries.flatMap(([key, value], index) => {
    if (index !== chosen) return [`${JSON.stringify(key)}:${JSON.stringify(value)}`];
    return isDropped ? [] : [`${JSON.stringify(key)}:${wrong}`];
  });
  return `{${written.join(",")}}`;
}
