/** What is answered while the database is away or refuses to write, and what health says. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { disconnect } from "./db/client";
import { diskState } from "./db/read/health";
import { owner, ownerUrl } from "./db/testing";
import { noteTrouble } from "./db/trouble";
import { env } from "./env";
import { createContext, handleTRPC, health } from "./http";

const name = new URL(ownerUrl()).pathname.slice(1);
const isReadOnly = async (value: "on" | "off") => {
  const change = `ALTER DATABASE "${name}" SET default_transaction_read_only = ${value}`;
  await owner().query(`BEGIN READ WRITE; ${change}; COMMIT`);
  // From the next connection on.
  await disconnect();
};

const ask = (procedure: string, contextOf = createContext) =>
  handleTRPC(
    new Request(`${env().PUBLIC_URL}/api/trpc/${procedure}`, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", origin: env().PUBLIC_URL },
        "accept-language": "es",
      },
      body: JSON.stringify({
        json: { email: "a@example.org", password: "three odd words", name: "A" },
      }),
    }),
    contextOf,
  );

/** Health is looked at again after two seconds. */
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

  it("writing is answered 503 with a sentence in the person's language", async () => {
    const answer = await ask("person.signUp");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    const { error } = await answer.json();
    expect(error.json.data).toMatchObject({ code: "SERVICE_UNAVAILABLE", reason: "unavailable" });
    expect(error.json.message).toMatch(/inténtalo de nuevo/);
  });
});

describe("when the database writes again", () => {
  it("health is 200", () => says({ code: 200, database: "up", backup: "ok" }));
});

describe("while it cannot be asked who comes", () => {
  it("everything is answered 503, and what is no fault of the database 500", async () => {
    const answer = await ask("person.signUp", async () => {
      const error = Object.assign(new Error("the server is shutting down"), { code: "57P01" });
      noteTrouble(error);
      throw error;
    });
    expect(answer.status).toBe(503);
    expect((await answer.json()).error.json.data.reason).toBe("unavailable");
    const failed = await ask("person.signUp", async () => {
      throw new Error("a mistake of ours");
    });
    expect(failed.status).toBe(500);
  });
});

describe("the disk", () => {
  it.each([
    [31_000_000, "full"],
    [33_000_000, "low"],
    [400_000_000, "ok"],
  ])("with %i bytes free is %s", (free, state) => expect(diskState(free)).toBe(state));
});
