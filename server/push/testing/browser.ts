/** A browser's side of push: it makes a subscription, and decrypts what was sent for it (RFC 8188, RFC 8291). */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

const CURVE = "prime256v1";
const KEY_BYTES = 65;
const TAG_BYTES = 16;

export function makeBrowser() {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  const authSecret = randomBytes(16);
  return {
    p256dh: pair.getPublicKey("base64url"),
    authSecret: authSecret.toString("base64url"),

    /** @throws when it was encrypted for another subscription */
    decrypt(body: Buffer): string {
      const salt = body.subarray(0, 16);
      const idLength = body.readUInt8(20);
      const sender = body.subarray(21, 21 + idLength);
      if (idLength !== KEY_BYTES) throw new Error("There is no key of the sender.");
      const derive = (key: Buffer, salted: Buffer, info: Buffer | string, length: number) =>
        Buffer.from(hkdfSync("sha256", key, salted, info, length));
      const info = Buffer.concat([Buffer.from("WebPush: info\0"), pair.getPublicKey(), sender]);
      const key = derive(pair.computeSecret(sender), authSecret, info, 32);
      const contentKey = derive(key, salt, "Content-Encoding: aes128gcm\0", 16);
      const nonce = derive(key, salt, "Content-Encoding: nonce\0", 12);
      const sealed = body.subarray(21 + idLength);
      const decipher = createDecipheriv("aes-128-gcm", contentKey, nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const text = Buffer.concat([
        decipher.update(sealed.subarray(0, -TAG_BYTES)),
        decipher.final(),
      ]);
      // A delimiter of 2, and zeros, end the last record.
      return text.subarray(0, text.lastIndexOf(2)).toString("utf8");
    },
  };
}
