/** Signs in and calls procedures over HTTP, without the forms. */
import { type APIRequestContext, request } from "@playwright/test";
import { STEP_LIMIT_MS } from "../scripts/lib/test-limits";

type Credentials = { email: string; password: string };

export type Caller = {
  /** Calls a mutation. @throws when it is refused or the product cannot be reached */
  send: <Answer>(procedure: string, input: object) => Promise<Answer>;
  /** Calls a query. */
  ask: <Answer>(procedure: string, input: object) => Promise<Answer>;
};

/** Calls procedures with the cookies of `http`, shared with its page. */
export function callerOn(http: APIRequestContext, baseUrl: string): Caller {
  const read = async <Answer>(answer: Awaited<ReturnType<typeof http.get>>): Promise<Answer> => {
    // The envelope of tRPC with superjson; the caller knows the type of its content.
    const body = (await answer.json()) as {
      error?: { json?: { message?: string } };
      result?: { data: { json: Answer } };
    };
    if (!body.result) throw new Error(body.error?.json?.message ?? `status ${answer.status()}`);
    return body.result.data.json;
  };
  return {
    send: async (procedure, input) =>
      read(
        await http.post(`${baseUrl}/api/trpc/${procedure}`, {
          headers: { origin: baseUrl },
          data: { json: input },
          // The product closes idle connections, perhaps at the moment when one is used again.
          maxRetries: 1,
        }),
      ),
    ask: async (procedure, input) => {
      const query = new URLSearchParams({ input: JSON.stringify({ json: input }) });
      return read(await http.get(`${baseUrl}/api/trpc/${procedure}?${query}`));
    },
  };
}

/** Signs in and stores the session cookie in `http`. @throws when the sign-in is refused */
export async function openSession(
  http: APIRequestContext,
  baseUrl: string,
  credentials: Credentials,
): Promise<void> {
  const { csrfToken } = await (await http.get(`${baseUrl}/api/auth/csrf`)).json();
  const answer = await http.post(`${baseUrl}/api/auth/callback/password`, {
    headers: { origin: baseUrl },
    form: { ...credentials, csrfToken, json: "true" },
  });
  if (!answer.ok()) throw new Error(`Signing in failed: ${answer.status()}`);
}

/** A client of the product at `baseUrl`, signed in if credentials are given. */
export async function caller(
  baseUrl: string,
  credentials?: Credentials,
): Promise<Caller & { http: APIRequestContext; close: () => Promise<void> }> {
  const http = await request.newContext({ baseURL: baseUrl, timeout: STEP_LIMIT_MS });
  if (credentials) await openSession(http, baseUrl, credentials);
  return { ...callerOn(http, baseUrl), http, close: () => http.dispose() };
}
