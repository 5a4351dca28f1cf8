/** The product without a browser: signing in and calling procedures as any program could. */
import { type APIRequestContext, request } from "@playwright/test";
import { STEP_LIMIT_MS } from "../scripts/test-limits";

export type Caller = {
  /** Calls a mutation. @throws when it is refused or the product is away */
  send: <Answer>(procedure: string, input: object) => Promise<Answer>;
  /** Asks a query. */
  ask: <Answer>(procedure: string, input: object) => Promise<Answer>;
  http: APIRequestContext;
  close: () => Promise<void>;
};

/** A program that talks to the product at `baseUrl`, signed in when credentials are given. */
export async function caller(
  baseUrl: string,
  credentials?: { email: string; password: string },
): Promise<Caller> {
  const http = await request.newContext({
    baseURL: baseUrl,
    extraHTTPHeaders: { origin: baseUrl },
    timeout: STEP_LIMIT_MS,
  });
  if (credentials) {
    const { csrfToken } = await (await http.get("/api/auth/csrf")).json();
    const answer = await http.post("/api/auth/callback/password", {
      form: { ...credentials, csrfToken, json: "true" },
    });
    if (!answer.ok()) throw new Error(`Signing in failed: ${answer.status()}`);
  }
  const read = async <Answer>(answer: Awaited<ReturnType<typeof http.get>>): Promise<Answer> => {
    // The envelope of tRPC with superjson; what is in it is the caller's business.
    const body = (await answer.json()) as {
      error?: { json?: { message?: string } };
      result?: { data: { json: Answer } };
    };
    if (!body.result) throw new Error(body.error?.json?.message ?? `status ${answer.status()}`);
    return body.result.data.json;
  };
  return {
    http,
    send: async (procedure, input) =>
      read(await http.post(`/api/trpc/${procedure}`, { data: { json: input } })),
    ask: async (procedure, input) => {
      const query = new URLSearchParams({ input: JSON.stringify({ json: input }) });
      return read(await http.get(`/api/trpc/${procedure}?${query}`));
    },
    close: () => http.dispose(),
  };
}
