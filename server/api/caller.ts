/** Calls procedures from pages, with the same checks as requests from browsers. */
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

/** Errors for what the caller may not see or mistyped; never a failure of the server. */
const REFUSALS: TRPCError["code"][] = ["NOT_FOUND", "FORBIDDEN", "BAD_REQUEST"];

const createCaller = createCallerFactory(appRouter);

/** The procedures, called as the user who requested this page. */
export const api = cache(async () =>
  createCaller({ ...(await createContext(await headers(), getActor())), memberships: new Map() }),
);

/**
 * The result of a call for a page. Redirects to the sign-in page, or shows "not found" whether or
 * not the object exists.
 * @param from the path to return to after signing in
 */
export async function callOrRedirect<Data>(
  call: (procedures: Awaited<ReturnType<typeof api>>) => Promise<Data>,
  from: string,
): Promise<Data> {
  try {
    return await call(await api());
  } catch (error) {
    if (error instanceof TRPCError) {
      if (error.code === "UNAUTHORIZED") redirect(`/sign-in?from=${encodeURIComponent(from)}`);
      if (REFUSALS.includes(error.code)) notFound();
    }
    throw error;
  }
}

/** The result of a call, or null when it is refused. */
export async function callOrNull<Data>(call: Promise<Data>): Promise<Data | null> {
  try {
    return await call;
  } catch (error) {
    const refused =
      error instanceof TRPCError && [...REFUSALS, "UNAUTHORIZED"].includes(error.code);
    if (refused) return null;
    throw error;
  }
}

/** The public URL without a trailing slash, for links to share. */
export const publicUrl = (): string => env().PUBLIC_URL;

/** Whether shared links open on this machine only. */
export const isOnlyHere = (): boolean => isPlainInstallation(publicUrl());

/** Whether e-mail is sent; if not, no page may promise any. */
export const sendsMail = (): boolean => signInMethods().link;
