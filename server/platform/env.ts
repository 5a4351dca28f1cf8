/** Environment variables, validated once. The error has one sentence for each invalid variable. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";
import { makePrivateFolder } from "./files";
import { LOG_FORMATS, LOG_LEVELS } from "./log";

const port = z.coerce
  .number("PORT must be a whole number from 0 to 65535.")
  .int("PORT must be a whole number from 0 to 65535.")
  .min(0, "PORT must be a whole number from 0 to 65535.")
  .max(65_535, "PORT must be a whole number from 0 to 65535.");

const address = (name: string, protocols: RegExp, example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.test(new URL(value).protocol), {
    message: `${name} must be an address such as ${example}.`,
  });

const postgres = (name: string) =>
  address(name, /^postgres(ql)?:$/, "postgresql://user:password@host:5432/evenhour");

const flag = (name: string, unless: "0" | "1") =>
  z
    .enum(["0", "1"], `${name} must be 0 or 1.`)
    .default(unless)
    .transform((value) => value === "1");
const TILES =
  "EVENHOUR_MAP_TILES must be an address such as https://tile.example.org/{z}/{x}/{y}.png, with each of the three once and no other.";
const PLACEHOLDERS = /\{[^}]*\}/g;

/** The host has no placeholder, since the Content-Security-Policy names it. */
const tiles = z
  .string()
  .refine(
    (value) =>
      URL.canParse(value) &&
      /^https?:$/.test(new URL(value).protocol) &&
      !/[{}]|%7[bd]/i.test(new URL(value).origin) &&
      (value.match(PLACEHOLDERS) ?? []).sort().join("") === "{x}{y}{z}",
    TILES,
  );

const read = () =>
  createEnv({
    server: {
      PORT: port.default(3000),
      HOST: z
        .string()
        .min(1, "HOST must be an address to listen on, such as 127.0.0.1.")
        .default("127.0.0.1"),
      EVENHOUR_DATA_DIR: z.string().default("data"),
      /** The cluster of the embedded database. Set by scripts/serve.ts. */
      EVENHOUR_DATABASE_FOLDER: z.string().optional(),
      EVENHOUR_DEMO: flag("EVENHOUR_DEMO", "0"),
      EVENHOUR_OFFLINE: flag("EVENHOUR_OFFLINE", "1"),
      EVENHOUR_LOG: z.enum(LOG_FORMATS, "EVENHOUR_LOG must be text or json.").default("text"),
      EVENHOUR_LOG_LEVEL: z
        .enum(LOG_LEVELS, "EVENHOUR_LOG_LEVEL must be error, warn, info or debug.")
        .default("info"),
      EVENHOUR_SECURITY_LOG: z.string().optional(),
      EVENHOUR_BACKUP_DIR: z.string().optional(),
      EVENHOUR_BACKUP_KEEP: z.coerce
        .number("EVENHOUR_BACKUP_KEEP must be the number of nightly backups to keep, 0 for none.")
        .int("EVENHOUR_BACKUP_KEEP must be the number of nightly backups to keep, 0 for none.")
        .min(0, "EVENHOUR_BACKUP_KEEP must be the number of nightly backups to keep, 0 for none.")
        .default(7),
      EVENHOUR_UPGRADE_BACKUP: flag("EVENHOUR_UPGRADE_BACKUP", "1"),
      EVENHOUR_READS_PER_MINUTE: z.coerce
        .number("EVENHOUR_READS_PER_MINUTE must be a whole number, 0 for no limit.")
        .int("EVENHOUR_READS_PER_MINUTE must be a whole number, 0 for no limit.")
        .min(0, "EVENHOUR_READS_PER_MINUTE must be a whole number, 0 for no limit.")
        .default(1200),
      EVENHOUR_MAP_TILES: tiles.optional(),
      EVENHOUR_MAP_CREDIT: z.string().optional(),
      DATABASE_URL: postgres("DATABASE_URL").optional(),
      APP_DATABASE_URL: postgres("APP_DATABASE_URL").optional(),
      AUTH_SECRET: z
        .string()
        .min(
          32,
          "AUTH_SECRET must have at least 32 characters; leave it out and one is made for you.",
        )
        .optional(),
      PUBLIC_URL: address("PUBLIC_URL", /^https?:$/, "https://evenhour.example.org")
        .refine((value) => new URL(value).pathname === "/", {
          message: "PUBLIC_URL must have no path: Evenhour needs an address of its own.",
        })
        .transform((value) => new URL(value).origin)
        .optional(),
      SMTP_URL: address(
        "SMTP_URL",
        /^smtps?:$/,
        "smtp://user:password@mail.example.org:587",
      ).optional(),
      MAIL_FROM: z
        .string()
        .min(3, "MAIL_FROM must be a sender such as 'Evenhour <hello@example.org>'.")
        .default("Evenhour <evenhour@localhost>"),
      OIDC_ISSUER: address("OIDC_ISSUER", /^https?:$/, "https://login.example.org").optional(),
      OIDC_CLIENT_ID: z.string().min(1, "OIDC_CLIENT_ID must not be empty.").optional(),
      OIDC_CLIENT_SECRET: z.string().min(1, "OIDC_CLIENT_SECRET must not be empty.").optional(),
      OIDC_NAME: z.string().min(1, "OIDC_NAME must not be empty.").optional(),
      TRUST_PROXY: z.coerce
        .number("TRUST_PROXY must be the number of proxies in front, 0 for none.")
        .int("TRUST_PROXY must be the number of proxies in front, 0 for none.")
        .min(0, "TRUST_PROXY must be the number of proxies in front, 0 for none.")
        .max(5, "TRUST_PROXY must be the number of proxies in front, 0 for none.")
        .default(0),
    },
    runtimeEnv: process.env,
    emptyStringAsUndefined: true,
    createFinalSchema: (shape) =>
      z.object(shape).superRefine((value, check) => {
        if (Boolean(value.EVENHOUR_MAP_TILES) !== Boolean(value.EVENHOUR_MAP_CREDIT)) {
          check.addIssue({
            code: "custom",
            message:
              "Set EVENHOUR_MAP_TILES and EVENHOUR_MAP_CREDIT together, or neither: a map is shown with its attribution.",
          });
        }
        const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = value;
        const count = [OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].filter(Boolean).length;
        if (count === 1 || count === 2) {
          check.addIssue({
            code: "custom",
            message: "Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together, or none.",
          });
        }
      }),
    onValidationError: (issues) => {
      throw new InvalidEnvironment(issues.map(({ message }) => message));
    },
  });

/** Invalid environment variables. The message has one sentence for each, a line a sentence. */
export class InvalidEnvironment extends Error {
  constructor(sentences: string[]) {
    super(sentences.join("\n"));
  }
}

type Env = Omit<ReturnType<typeof read>, "DATABASE_URL" | "AUTH_SECRET" | "PUBLIC_URL"> & {
  /** The database URL of the owner. scripts/serve.ts sets it for the embedded database. */
  DATABASE_URL: string;
  AUTH_SECRET: string;
  /** An origin, without a trailing slash. */
  PUBLIC_URL: string;
};

let cached: Env | undefined;

/** Validates the variables as they are set, before a database is started. @throws InvalidEnvironment */
export const readEnvironment = read;

/** The validated variables of a running application, with defaults filled in. @throws InvalidEnvironment */
export function env(): Env {
  if (cached) return cached;
  const variables = read();
  cached = {
    ...variables,
    DATABASE_URL: variables.DATABASE_URL ?? "",
    PUBLIC_URL: variables.PUBLIC_URL ?? `http://localhost:${variables.PORT}`,
    AUTH_SECRET: authSecret(),
  };
  return cached;
}

/** Sets the database URL of the application's own login for later calls of `env`. */
export function setAppDatabaseUrl(url: string): void {
  process.env.APP_DATABASE_URL = url;
  cached = undefined;
}

/** AUTH_SECRET, or else the secret in the data folder. @throws InvalidEnvironment */
function authSecret(): string {
  const { AUTH_SECRET, EVENHOUR_DATA_DIR } = read();
  return AUTH_SECRET ?? storedSecret(resolve(EVENHOUR_DATA_DIR));
}

/** The secret that signs cookies. Created once in the data folder, readable by its owner only. */
function storedSecret(dataDir: string): string {
  const file = join(dataDir, "auth-secret");
  if (!existsSync(file)) {
    if (!existsSync(dataDir)) makePrivateFolder(dataDir);
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}
