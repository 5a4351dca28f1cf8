import { createECDH } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isBrowserKey, vapidKeys } from "./vapid";

const secret = "s".repeat(32);

describe("the keys of an installation", () => {
  it("are the same for the same secret, and others for another", () => {
    expect(vapidKeys(secret)).toEqual(vapidKeys(secret));
    expect(vapidKeys("t".repeat(32)).publicKey).not.toBe(vapidKeys(secret).publicKey);
  });

  it("belong together, and do not contain the secret", () => {
    const { publicKey, privateKey } = vapidKeys(secret);
    const pair = createECDH("prime256v1");
    pair.setPrivateKey(privateKey, "base64url");
    expect(pair.getPublicKey("base64url")).toBe(publicKey);
    expect(Buffer.from(privateKey, "base64url").includes(secret)).toBe(false);
  });
});

describe("a browser's key", () => {
  it("is a point of the curve", () => {
    const { publicKey } = vapidKeys(secret);
    expect(isBrowserKey(publicKey)).toBe(true);
    expect(isBrowserKey(`B${"A".repeat(86)}`)).toBe(false);
    expect(isBrowserKey("")).toBe(false);
  });
});
