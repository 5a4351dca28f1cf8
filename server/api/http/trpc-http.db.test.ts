/** Responses and health during an outage of the database, and while it is read-only. */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { disconnect } from "../../platform/db/client";
import { recordOutage } from "../../platform/db/outage";
import { owner, ownerUrl } from "../../platform/db/testing/pools";
import { env } from "../../platform/env";
import { diskState } from "../../platform/health";
import { makeCommunity } from "../../testing/people";
import { authOptions, signInRequest } from "../auth";
import type { Context } from "../trpc";
import { answerHealth, health } from "./health";
import { createContext, handleTRPC } from "./trpc-http";

const name = new URL(ownerUrl()).pathname.slice(1);
const isReadOnly = async (value: "on" | "off") => {
  const change = `ALTER DATABASE "${name}" SET default_transaction_read_only = ${value}`;
  await owner().query(`BEGIN READ WRITE; ${change}; COMMIT`);
  // Takes effect with the next connection.
  await disconnect();
};

const ask = (
  procedure: string,
  contextOf: (headers: Headers) => Promise<Context> = createContext,
  content: object = { email: "a@example.org", password: "three odd words", name: "A" },
) =>
  handleTRPC(
    new Request(`${env().PUBLIC_URL}/api/trpc/${procedure}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: env().PUBLIC_URL,
        "accept-language": "es",
      },
      body: JSON.stringify({ json: content }),
    }),
    contextOf,
  );

/** Health is cached for two seconds, and what it is made of for two more. */
const says = (expected: object) =>
  vi.waitFor(
    async () => {
      const answer = await health();
      expect({ code: answer.status, ...(await answer.json()) }).toMatchObject(expected);
    },
    { timeout: 20_000, interval: 200 },
  );

const silent = vi.spyOn(console, "error").mockImplementation(() => undefined);
afterAll(() => silent.mockRestore());

describe("while the database refuses to write", () => {
  beforeAll(() => isReadOnly("on"));
  afterAll(() => isReadOnly("off"));

  it("health is 503 and says why", () =>
    says({ code: 503, reason: "databaseRefusesWrites", database: "readOnly" }));

  it("writing is answered 503 with a message in the user's language", async () => {
    const answer = await ask("person.signUp");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    const { error } = await answer.json();
    expect(error.json.data).toMatchObject({ code: "SERVICE_UNAVAILABLE", reason: "unavailable" });
    expect(error.json.message).toMatch(/inténtalo de nuevo/);
  });

  it("signing in returns the error code, without internal details", async () => {
    const { providers } = authOptions(signInRequest(new Headers({ "accept-language": "es" })));
    const password = providers.find(({ id }) => id === "credentials" || id === "password");
    const { authorize } = (password?.options ?? {}) as {
      authorize: (form: object, request: object) => Promise<unknown>;
    };
    const form = { email: `${v7()}@example.org`, password: "three odd words" };
    await expect(authorize(form, {})).rejects.toThrow(/^unavailable$/);
  });
});

describe("while the ledger is busy", () => {
  it("a record is answered 503 with a message in the user's language", async () => {
    const { slug, id: communityId, members } = await makeCommunity(["rosa", "karim"] as const);
    const { rosa, karim } = members;
    const contextOf = async (headers: Headers): Promise<Context> => ({
      ...(await createContext(headers)),
      actor: { userId: rosa.userId, sessionId: v7(), name: "", email: "", language: null },
    });
    const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const content = {
      community: slug,
      id: v7(),
      otherId: karim.id,
      mySide: "receiver",
      title: "Help",
      category: "other",
      date,
      minutes: 15,
      note: "",
    };
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT FROM account WHERE community_id = $1 FOR UPDATE", [communityId]);
      const answer = await ask("exchange.record", contextOf, content);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
      const { error } = await answer.json();
      expect(error.json.data.reason).toBe("busy");
      expect(error.json.message).toMatch(/mucho movimiento/);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});

describe("when the database writes again", () => {
  it("health is 200", () =>
    says({ code: 200, database: "up", disk: "ok", backup: "ok", jobs: "unknown" }));
});

describe("the health endpoint in front of Next", () => {
  it("answers GET and HEAD alike, HEAD without a body, and refuses other methods", async () => {
    const server = createServer((request, response) => void answerHealth(request, response));
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    const ask = (method: string) => fetch(`http://127.0.0.1:${port}/api/health`, { method });
    const [get, head, post] = await Promise.all(["GET", "HEAD", "POST"].map(ask));
    server.close();
    expect([get?.status, head?.status, post?.status]).toEqual([200, 200, 405]);
    const body = (await get?.text()) ?? "";
    expect(head?.headers.get("content-length")).toBe(String(Buffer.byteLength(body)));
    expect(head?.headers.get("content-type")).toBe("application/json");
    expect(await head?.text()).toBe("");
    // Nothing else, above all no names, addresses or numbers of members.
    expect(Object.keys(JSON.parse(body)).sort()).toEqual([
      "backup",
      "database",
      "disk",
      "jobs",
      "status",
      "version",
    ]);
  });
});

// A full file system; exists on Linux only.
describe.runIf(existsSync("/proc/self"))("while the disk of the database is full", () => {
  beforeAll(() => void Object.assign(env(), { EVENHOUR_DATABASE_FOLDER: "/proc" }));
  afterAll(() => void Object.assign(env(), { EVENHOUR_DATABASE_FOLDER: undefined }));

  it("health is 503 and says why, although the database still writes", () =>
    says({ code: 503, status: "unavailable", reason: "diskFull", database: "up", disk: "full" }));
});

describe("while the user cannot be read", () => {
  it("every request is answered 503, or 500 for failures outside the database", async () => {
    const answer = await ask("person.signUp", async () => {
      const error = Object.assign(new Error("the server is shutting down"), { code: "57P01" });
      recordOutage(error);
      throw error;
    });
    expect(answer.status).toBe(503);
    const { error: refusal } = await answer.json();
    expect(refusal.json.data.reason).toBe("unavailable");
    expect(refusal.json.message).toMatch(/inténtalo de nuevo/);
    const busy = await ask("person.signUp", async () => {
      throw Object.assign(new Error("canceled"), { code: "55P03" });
    });
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "5"]);
    expect((await busy.json()).error.json.message).toMatch(/mucho movimiento/);
    const failed = await ask("person.signUp", async () => {
      throw new Error("a mistake of ours");
    });
    expect(failed.status).toBe(500);
    const { error: mistake } = await failed.json();
    expect(mistake.json.data.reason).toBe("unexpected");
    expect(mistake.json.message).not.toMatch(/Something|mistake/);
  });
});

describe("the disk", () => {
  it.each([
    [31_000_000, "full"],
    [33_000_000, "low"],
    [400_000_000, "ok"],
  ])("with %i bytes free is %s", (free, state) => expect(diskState(free)).toBe(state));
});
