import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { v7 } from "uuid";
import { expect, it } from "vitest";
import { prepareSetupLink } from "../community/prepare-setup-link";
import { changeEmail } from "../identity/change-email";
import { startSession } from "../identity/session";
import { db } from "../platform/db/client";
import { ownerUrl } from "../platform/db/testing/pools";
import { readableMail } from "../platform/mail/post-mail";
import { newToken } from "../platform/tokens";
import { makeCommunity, makeUser, procedures, signedInProcedures } from "../testing/people";
import { takeBackup } from "./take";

it("excludes every valid token from a backup", async () => {
  const now = new Date();
  const userId = await makeUser("Rosa");
  const device = newToken();
  const verified = { userId, credentialVersion: 1 };
  const sessionId = await startSession(verified, "Firefox", now, device);
  const wanted = `${v7()}@example.org`;
  await changeEmail({ userId, sessionId }, { email: wanted, current: "" }, "en", now, "letter");
  await procedures(null).person.requestLink({ email: `${userId}@example.org` });
  const calendar = await (await signedInProcedures(userId)).person.renewCalendar();
  const community = await makeCommunity([]);
  const invitation = await procedures(community.coordinator.userId).community.invite({
    community: community.slug,
    label: "",
    days: 7,
    maxUses: 2,
  });
  const mails = await db.mail.findMany({ include: { token: true } });
  const inMails = mails.map((mail) => /[\w-]{43}(?=\n)/.exec(readableMail(mail)?.text ?? "")?.[0]);
  const tokens = [device, calendar.token, invitation.token, await prepareSetupLink(), ...inMails];
  const sealed = mails.map(({ token }) => token?.sealed);
  expect(inMails).toHaveLength(2);

  const folder = await mkdtemp(join(tmpdir(), "evenhour-tokens-"));
  try {
    const file = join(folder, "backup.gz");
    await takeBackup(ownerUrl(), file, now);
    const raw = await readFile(file);
    const zipped = raw.subarray(0, raw.lastIndexOf("\nevenhour backup"));
    const text = gunzipSync(zipped).toString();
    expect(text).toContain(userId);
    for (const token of [...tokens, ...sealed, sessionId]) {
      expect(token).toMatch(/\S{36}/);
      expect(text).not.toContain(token);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
