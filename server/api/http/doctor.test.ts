/** The endpoint of `npm run doctor`, on the HTTP server. */
import { mkdtempSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { diagnose, ask as request } from "../../../scripts/doctor/ask";
import {
  DOCTOR_HEADER,
  DOCTOR_PATH,
  signAnswer,
  signRequest,
  writeDoctorKey,
} from "../../platform/doctor-key";
import { setAppDatabaseUrl } from "../../platform/env";
import { listen } from "./server";

let dataDir = "";
let front: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "evenhour-doctor-key-"));
  vi.stubEnv("EVENHOUR_DATA_DIR", dataDir);
  vi.stubEnv("AUTH_SECRET", "x".repeat(32));
  // env() reads the variables again.
  setAppDatabaseUrl("");
  front = await listen({ hostname: "127.0.0.1", port: 0, trustedProxies: 1, readsPerMinute: 0 });
  front.answer(
    async (_, response) => void response.writeHead(404).end("no such page"),
    "http://localhost:1",
  );
});
afterAll(async () => {
  await front.close();
  rmSync(dataDir, { recursive: true });
  vi.unstubAllEnvs();
  setAppDatabaseUrl("");
});

const ask = (headers: Record<string, string> = {}, path = DOCTOR_PATH) =>
  fetch(`http://127.0.0.1:${front.port}${path}`, { headers });
const answersLikeNothing = async (response: Response) =>
  expect([response.status, await response.text()]).toEqual([404, "no such page"]);

it("answers a request that was signed with the key in the data folder, and signs the answer", async () => {
  const { key, remove } = writeDoctorKey(dataDir);
  const { nonce, header } = signRequest(key);
  const answer = await ask({ [DOCTOR_HEADER]: header, "x-forwarded-for": "10.1.1.1, 10.9.9.9" });
  remove();
  const body = await answer.text();
  expect(answer.headers.get(DOCTOR_HEADER)).toBe(signAnswer(key, nonce, body));
  expect(JSON.parse(body)).toMatchObject({ address: "10.9.9.9", forwarded: 2, trustedProxies: 1 });
  expect(body).not.toContain(key);
});

it("answers everybody else as if it did not exist", async () => {
  const stranger = signRequest("a key of a stranger").header;
  await answersLikeNothing(await ask());
  await answersLikeNothing(await ask({ [DOCTOR_HEADER]: stranger }));
  const { key, remove } = writeDoctorKey(dataDir);
  for (const header of [stranger, "", "x", signRequest(key).header.slice(1)]) {
    await answersLikeNothing(await ask({ [DOCTOR_HEADER]: header }));
  }
  await answersLikeNothing(await ask({ [DOCTOR_HEADER]: signRequest(key).header }, "/other"));
  remove();
  await answersLikeNothing(await ask({ [DOCTOR_HEADER]: signRequest(key).header }));
});

it("answers a signed request once, and no key that a doctor left behind", async () => {
  const { key, remove } = writeDoctorKey(dataDir);
  const file = join(dataDir, "doctor-key");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { header } = signRequest(key);
  expect((await ask({ [DOCTOR_HEADER]: header })).status).toBe(200);
  await answersLikeNothing(await ask({ [DOCTOR_HEADER]: header }));
  const old = new Date(Date.now() - 600_000);
  utimesSync(file, old, old);
  await answersLikeNothing(await ask({ [DOCTOR_HEADER]: signRequest(key).header }));
  remove();
});

it("warns of nothing that the doctor asks for on purpose", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const direct = await listen({
    hostname: "127.0.0.1",
    port: 0,
    trustedProxies: 0,
    readsPerMinute: 0,
  });
  direct.answer(async (_, response) => void response.writeHead(404).end(), "http://localhost:1");
  const { key, remove } = writeDoctorKey(dataDir);
  const url = new URL(`http://127.0.0.1:${direct.port}`);
  const { header } = signRequest(key);
  const foreign = await request(url, {
    headers: { host: "doctor.invalid", [DOCTOR_HEADER]: header },
  });
  await diagnose(url.origin, key, { headers: { "x-forwarded-for": "203.0.113.77" } });
  expect(foreign).toMatchObject({ status: 421 });
  expect(warn).not.toHaveBeenCalled();
  await request(url, { headers: { host: "doctor.invalid" } });
  expect(warn).toHaveBeenCalledTimes(1);
  remove();
  await direct.close();
  warn.mockRestore();
});
