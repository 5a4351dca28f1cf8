import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announce, captureConsole, log, withoutSecrets } from "./log";

const METHODS = ["log", "info", "warn", "error", "debug"] as const;

/** What is written to the two streams as JSON, and to the console as text. */
function listen() {
  const written: { stream: "out" | "err"; line: string }[] = [];
  const on = (stream: "out" | "err") => (line: string | Uint8Array) => {
    written.push({ stream, line: String(line) });
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(on("out"));
  vi.spyOn(process.stderr, "write").mockImplementation(on("err"));
  const printed: string[] = [];
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => {
      printed.push(`${method} ${values.join(" ")}`);
    });
  }
  return { written, printed, objects: () => written.map(({ line }) => JSON.parse(line)) };
}

let heard: ReturnType<typeof listen>;
beforeEach(() => {
  heard = listen();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("the log for people", () => {
  it("writes a sentence a line, with the part unless it is about the start", () => {
    log.info("start", "Starting the database…");
    log.warn("http", "A request was refused.");
    log.error("start", "The database cannot be reached.");
    announce("Evenhour is ready.");
    expect(heard.printed).toEqual([
      "log · Starting the database…",
      "warn [http] A request was refused.",
      "error The database cannot be reached.",
      "log Evenhour is ready.",
    ]);
  });

  it("writes the stack of an error and of its cause", () => {
    log.error("api", new Error("outer", { cause: new TypeError("inner") }));
    expect(heard.printed.join()).toMatch(/^error \[api\] Error: outer\n.*log\.test\.ts/);
    expect(heard.printed.join()).toMatch(/\nCaused by TypeError: inner\n/);
  });
});

describe("EVENHOUR_LOG_LEVEL", () => {
  it.each([
    ["error", ["error"]],
    ["warn", ["error", "warn"]],
    ["", ["error", "warn", "info"]],
    ["debug", ["error", "warn", "info", "debug"]],
  ])("%j writes the levels %j", (level, expected) => {
    vi.stubEnv("EVENHOUR_LOG", "json");
    vi.stubEnv("EVENHOUR_LOG_LEVEL", level);
    for (const each of ["error", "warn", "info", "debug"] as const) log[each]("test", "a line");
    expect(heard.objects().map((line) => line.level)).toEqual(expected);
  });

  it("does not hide what the operator needs", () => {
    vi.stubEnv("EVENHOUR_LOG", "json");
    vi.stubEnv("EVENHOUR_LOG_LEVEL", "error");
    announce("Set up your community with this one-time link.");
    expect(heard.objects()).toMatchObject([
      { level: "info", message: expect.stringMatching(/^Set up/) },
    ]);
  });
});

describe("EVENHOUR_LOG=json", () => {
  beforeEach(() => vi.stubEnv("EVENHOUR_LOG", "json"));

  it("writes one object a line, errors and warnings to the standard error", () => {
    log.info("start", "first\nsecond\u2028third");
    log.warn("http", "careful", { status: 421, route: "/" });
    expect(heard.written.map(({ stream }) => stream)).toEqual(["out", "err"]);
    for (const { line } of heard.written) expect(line).toMatch(/^\{[^\n]*\}\n$/);
    expect(heard.objects()).toMatchObject([
      { level: "info", part: "start", message: "first\nsecond\u2028third" },
      { level: "warn", part: "http", message: "careful", status: 421, route: "/" },
    ]);
    expect(heard.objects()[0].time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("writes of an error its name, code, message, stack and causes, and nothing else", () => {
    const cause = Object.assign(new Error("duplicate key"), {
      code: "23505",
      detail: "Key (about)=(a text of a member) already exists.",
    });
    log.error("api", new Error("refused", { cause }));
    expect(heard.objects()).toMatchObject([
      {
        message: "refused",
        error: { name: "Error", causes: [{ code: "23505", message: "duplicate key" }] },
      },
    ]);
    expect(heard.written[0]?.line).not.toContain("a text of a member");
  });

  it("includes what libraries write to the console, and Node's warnings", () => {
    const warnings = process.listeners("warning");
    try {
      captureConsole();
      console.error("⨯ \u001b[31mfailed\u001b[0m", { digest: 7 });
      console.log("plain");
      process.listeners("warning").at(-1)?.(new Error("deprecated"));
    } finally {
      process.removeAllListeners("warning");
      for (const listener of warnings) process.on("warning", listener);
    }
    expect(heard.objects()).toMatchObject([
      { level: "error", part: "console", message: "⨯ failed { digest: 7 }" },
      { level: "info", part: "console", message: "plain" },
      { level: "warn", part: "node", message: "deprecated" },
    ]);
  });
});

describe("withoutSecrets", () => {
  it("replaces e-mail addresses, tokens and logins in URLs", () => {
    const token = "kL9-dRt4_XqY7mVbNcZ1aSdFgHjKlQwErTyUiOp0z2A";
    expect(
      withoutSecrets(
        `550 <ada.l@example.org> unknown; ana@correo.españa.es; /setup/${token}?x; postgresql://eve:pw@db:5432/x`,
      ),
    ).toBe("550 <[e-mail]> unknown; [e-mail]; /setup/[token]?x; postgresql://[login]@db:5432/x");
  });

  it("leaves paths, packages, versions and hashes as they are", () => {
    const text =
      "at /x/node_modules/@node-rs/argon2/index.js:10:3 nodemailer@10.6.1 before-upgrade-2026-11-30-to-0012_names_of_all.gz 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    expect(withoutSecrets(text)).toBe(text);
  });
});
