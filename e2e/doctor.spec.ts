/** `npm run doctor` on the running product with its embedded database, and how it reports to monitoring. */
import { dirname } from "node:path";
import { run } from "../scripts/lib/run";
import { readState } from "./state";
import { expect, test } from "./ui";

const doctor = (env: Record<string, string>, ...options: string[]) => {
  const { baseUrl, securityLog } = readState();
  return run(process.execPath, ["scripts/tool.mjs", "doctor", ...options], {
    env: {
      EVENHOUR_DATA_DIR: dirname(securityLog),
      PORT: new URL(baseUrl).port,
      HOST: "",
      PUBLIC_URL: "",
      TRUST_PROXY: "",
      DATABASE_URL: "",
      SMTP_URL: "",
      ...env,
    },
  });
};

test("the doctor finds the installation of the tests sound, and exits with 0", async () => {
  const { code, output } = await doctor({});
  expect(output).toMatch(/\nThis installation is sound \(\d+ checks\)\.\n$/);
  expect(output).toMatch(/^ok +running +Evenhour \S+ answers at http:\/\/127\.0\.0\.1:\d+\.$/m);
  expect(output).toMatch(/^ok +books +The books of \d+ communit/m);
  expect(output).toMatch(/^ok +jobs +A worker runs the jobs/m);
  expect(code).toBe(0);
});

test("the doctor exits with 2 for a fault and with 3 when there is nothing to look at", async () => {
  const spoiled = await doctor({ SMTP_URL: "smtp://127.0.0.1:1" }, "--quick", "--json");
  expect(JSON.parse(spoiled.output)).toMatchObject({
    state: "fault",
    findings: expect.arrayContaining([expect.objectContaining({ check: "mail", state: "fault" })]),
  });
  expect(spoiled.code).toBe(2);
  const nothing = await doctor({ EVENHOUR_DATA_DIR: "/nowhere" });
  expect(nothing.output).toContain("There is no database in /nowhere");
  expect(nothing.code).toBe(3);
});
