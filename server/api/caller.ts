/** The door for pages: they call the same procedures as browsers and pass the same checks. */
import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { env } from "../platform/env";
import { isPlainInstallation } from "../platform/hosts";
import { getActor, signInMethods } from "./auth";
import { createContext } from "./http/trpc-http";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

/** What a person may not see, or mistyped; never a fault of ours. */
const REFUSALS: TRPCError["code"][] = ["NOT_FOUND", "FORBIDDEN", "BAD_REQUEST"];

const createCaller = createCallerFactory(appRouter);

/** The procedures, as the person who asked for this page. */
export const api = cache(async () =>
  createCaller({ ...(await createContext(await headers(), getActor())), memberships: new Map() }),
);

/**
 * What a page shows, or the page that fits a refusal: sign in first, or not found. Whether
 * something exists that one may not see is never told.
 * @param from the path to come back to after signing in
 */
export async function callOrRedirect<Data>(
  ask: (procedures: Awaited<ReturnType<typeof api>>) => Promise<Data>,
  from: string,
): Promise<Data> {
  try {
    return await ask(await api());
  } catch (error) {
    if (error instanceof TRPCError) {
      if (error.code === "UNAUTHORIZED") redirect(`/sign-in?from=${encodeURIComponent(from)}`);
      if (REFUSALS.includes(error.code)) notFound();
    }
    throw error;
  }
}

/** For what answers a refusal in its own words: the answer, or null when it is refused. */
export async function callOrNull<Data>(asked: Promise<Data>): Promise<Data | null> {
  try {
    return await asked;
  } catch (error) {
    const refused =
      error instanceof TRPCError && [...REFUSALS, "UNAUTHORIZED"].includes(error.code);
    if (refused) return null;
    throw error;
  }
}

/** The address that people type, without a slash at its end; for links that are given away. */
export const publicUrl = (): string => env().PUBLIC_URL;

/** Whether links that are given away open on this machine only. */
export const isOnlyHere = (): boolean => isPlainInstallation(publicUrl());

/** Whether mails go out; otherwise no page may promise one. */
export const sendsMail = (): boolean => signInMethods().link;
