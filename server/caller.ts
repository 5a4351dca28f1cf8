/** The door for pages: they call the same procedures as browsers and pass the same checks. */
import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { env } from "./env";
import { createContext } from "./http";
import { appRouter } from "./routers/app";
import { createCallerFactory } from "./trpc";

const createCaller = createCallerFactory(appRouter);

/** The procedures, as the person who asked for this page. */
export const api = cache(async () => createCaller(await createContext(await headers())));

/**
 * What a page shows, or the page that fits a refusal: sign in first, or not found. Whether
 * something exists that one may not see is never told.
 * @param from the path to come back to after signing in
 */
export async function load<Data>(
  ask: (procedures: Awaited<ReturnType<typeof api>>) => Promise<Data>,
  from: string,
): Promise<Data> {
  try {
    return await ask(await api());
  } catch (error) {
    if (error instanceof TRPCError) {
      if (error.code === "UNAUTHORIZED") redirect(`/sign-in?from=${encodeURIComponent(from)}`);
      if (["NOT_FOUND", "FORBIDDEN", "BAD_REQUEST"].includes(error.code)) notFound();
    }
    throw error;
  }
}

/** The address that people type, without a slash at its end; for links that are given away. */
export const publicUrl = (): string => env().PUBLIC_URL;
