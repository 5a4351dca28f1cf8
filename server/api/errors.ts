/**
 * Maps each error to what the caller receives: a tRPC code, a user-facing message in the
 * interface's language, and the form fields it belongs to.
 */
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { createTranslator } from "use-intl/core";
import { core } from "zod";
import { directionOf } from "@/domain/kernel/languages";
import { isolating } from "../../domain/kernel/direction";
import {
  DomainError,
  type DomainErrorCode,
  type DomainErrorKind,
  type DomainErrorValues,
  domainErrors,
} from "../../domain/kernel/errors";
import { hourParts, hoursWording } from "../../domain/kernel/hours";
import { localeTag } from "../../domain/kernel/region";
import { isOutage } from "../platform/db/outage";
import { isBusy } from "../platform/db/sql-state";
import { type Locale, messagesOf } from "../platform/i18n/messages";

const kinds: Record<DomainErrorKind, TRPCError["code"]> = {
  missing: "NOT_FOUND",
  forbidden: "FORBIDDEN",
  unauthorized: "UNAUTHORIZED",
  conflict: "CONFLICT",
  invalid: "BAD_REQUEST",
  tooMany: "TOO_MANY_REQUESTS",
  tooLarge: "PAYLOAD_TOO_LARGE",
  unavailable: "SERVICE_UNAVAILABLE",
};

/**
 * The tRPC error for a DomainError or for a database that is busy or unavailable; any other error
 * unchanged.
 */
export function toTRPCError(error: unknown): unknown {
  const known = domainErrorOf(error);
  if (!known) return error;
  return new TRPCError({
    code: kinds[domainErrors[known.code]],
    message: known.code,
    cause: known,
  });
}

function domainErrorOf(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  if (isBusy(error)) return new DomainError("busy");
  return isOutage(error) ? new DomainError("unavailable") : null;
}

/** An error as a form shows it: a message, and a message for each invalid field. */
export type ErrorView = {
  reason: DomainErrorCode | "input" | "unexpected";
  sentence: string;
  fields: Record<string, string>;
  /** The id of the existing object, when the error is about a duplicate. */
  about?: string;
};

/** Values in minutes, shown as hours and minutes. */
const AMOUNTS = new Set(["available", "needed", "agreed", "floor", "recorded"]);

/** The error's code; "unexpected" for a failure of the server. */
export function reasonOf({ cause, code }: TRPCError): ErrorView["reason"] {
  if (cause instanceof DomainError) return cause.code;
  if (cause instanceof core.$ZodError) return "input";
  switch (code) {
    case "UNAUTHORIZED":
      return "signInFirst";
    case "NOT_FOUND":
      return "notFound";
    // The request could not be parsed.
    case "BAD_REQUEST":
    case "PARSE_ERROR":
      return "input";
    default:
      return "unexpected";
  }
}

/** The error as shown to the user, in the language of `locale`, without internal details. */
export function failureOf(error: TRPCError, locale: Locale): ErrorView {
  const say = translator(locale);
  const { cause } = error;
  if (cause instanceof DomainError) {
    const sentence = userMessage(cause.code, cause.values, locale);
    const { about } = cause.values;
    return {
      reason: cause.code,
      sentence,
      fields: cause.field ? { [cause.field]: sentence } : {},
      ...(about === undefined ? {} : { about: String(about) }),
    };
  }
  const fields: Record<string, string> = {};
  for (const issue of cause instanceof core.$ZodError ? cause.issues : []) {
    const field = String(issue.path[0] ?? ("keys" in issue ? issue.keys[0] : "form"));
    fields[field] ??= fieldSentence(issue, say);
  }
  const reason = reasonOf(error);
  return { reason, sentence: say(reason), fields };
}

/** The user-facing message of a domain error, in the language of `locale`. */
export function userMessage(
  code: DomainErrorCode,
  values: DomainErrorValues,
  locale: Locale,
): string {
  const say = translator(locale);
  const formatted: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(values)) {
    formatted[key] = AMOUNTS.has(key) && typeof value === "number" ? amount(value, say) : value;
  }
  return say(code, formatted);
}

const translator = (locale: Locale) =>
  isolating(
    createTranslator({
      locale: localeTag({ language: locale }),
      messages: messagesOf(locale),
      namespace: "errors",
    }),
    directionOf(locale),
  );

type Say = ReturnType<typeof translator>;

/** The HTTP status and the message, for endpoints outside tRPC. */
export function answerTo(error: unknown, locale: Locale): { status: number; failure: ErrorView } {
  const translated = toTRPCError(error);
  const failed =
    translated instanceof TRPCError
      ? translated
      : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
  return { status: getHTTPStatusCodeFromError(failed), failure: failureOf(failed, locale) };
}

const amount = (value: number, say: Say): string =>
  say(`amount.${hoursWording(value)}`, hourParts(value));

function fieldSentence(issue: core.$ZodIssue, say: Say): string {
  switch (issue.code) {
    case "too_small":
      if (issue.origin === "string") {
        return Number(issue.minimum) === 1
          ? say("field.empty")
          : say("field.tooShort", { min: Number(issue.minimum) });
      }
      if (issue.origin === "array") return say("field.chooseOne");
      return say("field.tooSmall", { min: Number(issue.minimum) });
    case "too_big":
      if (issue.origin === "string") return say("field.tooLong", { max: Number(issue.maximum) });
      if (issue.origin === "array") return say("field.tooMany", { max: Number(issue.maximum) });
      return say("field.tooLarge", { max: Number(issue.maximum) });
    case "unrecognized_keys":
      return say("field.unknown");
    case "invalid_format":
      return issue.format === "email" ? say("field.email") : say("field.format");
    case "invalid_type":
      return issue.input === undefined ? say("field.missing") : say("field.format");
    case "custom":
      return issue.params?.say === "nameIsAddress"
        ? say("field.nameIsAddress")
        : say("field.format");
    default:
      return say("field.format");
  }
}
