/** The photo endpoints: accepted files, and access to upload and download. */
import sharp from "sharp";
import { v7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MAX_PHOTO_BYTES, MAX_PHOTOS, photoPath } from "../../../domain/photo/photo";
import { db } from "../../platform/db/client";
import { env } from "../../platform/env";
import { makeCommunity, makeUser, procedures } from "../../testing/people";
import { servePhoto, uploadPhoto } from "./photos";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;

let fixture: Fixture;
let elsewhere: Fixture;
let jpeg: Uint8Array<ArrayBuffer>;
let listingId = "";
const origin = new URL(env().PUBLIC_URL).origin;

beforeAll(async () => {
  const made = sharp({ create: { width: 640, height: 480, channels: 3, background: "#c2482b" } });
  jpeg = new Uint8Array(await made.jpeg().toBuffer());
});
beforeEach(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
  elsewhere = await makeCommunity(["rosa", "karim"] as const);
  listingId = v7();
  await procedures(fixture.members.rosa.userId).listing.create({
    community: fixture.slug,
    id: listingId,
    kind: "offer",
    title: "Bicycles",
    description: "",
    category: "repair",
    minutes: 60,
    places: ["mine"],
    availability: "",
  });
});

const asking = (userId: string | null) => async () => ({
  actor: userId
    ? { userId, sessionId: v7(), name: "T", email: "t@example.org", language: null }
    : null,
  locale: "en" as const,
  address: "test",
  now: new Date(),
});
const rosa = () => fixture.members.rosa.userId;
const here = () => fixture.slug;

type UploadResult = { id?: string; error?: string; reason?: string };
type Sending = { file?: BlobPart; listing?: string; headers?: Record<string, string> };

async function send(userId: string | null, community: string, sending: Sending = {}) {
  const form = new FormData();
  form.set("photo", new File([sending.file ?? jpeg], "../../etc/passwd.svg"));
  const query = sending.listing ? `?listing=${sending.listing}` : "";
  const url = `${origin}/api/photos/${community}${query}`;
  const request = new Request(url, { method: "POST", headers: { origin }, body: form });
  for (const [name, value] of Object.entries(sending.headers ?? {}))
    request.headers.set(name, value);
  const answer = await uploadPhoto(request, community, asking(userId));
  const result = (await answer.json()) as UploadResult;
  return { status: answer.status, ...result };
}
async function show(
  userId: string | null,
  community: string,
  id: string,
  size = "large",
  headers = {},
) {
  const request = new Request(`${origin}/api/photos/${community}/${id}/${size}`, { headers });
  return servePhoto(request, { community, id, size }, asking(userId));
}
/** A promise, and the function that resolves it. */
function later(): [Promise<void>, () => void] {
  let end: () => void = () => undefined;
  const waiting = new Promise<void>((done) => {
    end = done;
  });
  return [waiting, end];
}
const photos = () => db.photo.count({ where: { communityId: fixture.id } });
const photoOf = async (id: string) => (await db.member.findFirstOrThrow({ where: { id } })).photoId;

describe("a member's own photo", () => {
  it("is stored in two sizes and shown with the member", async () => {
    const { status, id = "" } = await send(rosa(), here());
    expect(status).toBe(200);
    expect(await photoOf(fixture.members.rosa.id)).toBe(id);
    const karim = procedures(fixture.members.karim.userId);
    const person = await karim.member.get({ community: here(), id: fixture.members.rosa.id });
    expect(person.photoId).toBe(id);
    const listing = await karim.listing.get({ community: here(), id: listingId });
    expect([listing.member.photoId, listing.photoId]).toEqual([id, null]);
    const { members } = await karim.member.list({ community: here() });
    expect(members.map(({ photoId }) => photoId)).toContain(id);
  });

  it("replaces the previous one, whose bytes are deleted", async () => {
    const first = await send(rosa(), here());
    const second = await send(rosa(), here());
    expect(second.id).not.toBe(first.id);
    expect(await photos()).toBe(1);
    expect((await show(rosa(), here(), first.id ?? "")).status).toBe(404);
    const many = await Promise.all(Array.from({ length: 4 }, () => send(rosa(), here())));
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await photos()).toBe(1);
  });

  it("can be deleted, repeatedly", async () => {
    await send(rosa(), here());
    const me = procedures(rosa());
    await me.photo.remove({ community: here() });
    await me.photo.remove({ community: here() });
    expect([await photos(), await photoOf(fixture.members.rosa.id)]).toEqual([0, null]);
  });
});

describe("a photo of a listing", () => {
  it("is visible only to its member once the listing is closed or the member left", async () => {
    const mine = (await send(rosa(), here(), { listing: listingId })).id ?? "";
    const face = (await send(rosa(), here())).id ?? "";
    const karim = fixture.members.karim.userId;
    const carla = fixture.coordinator.userId;
    const statuses = (id: string) =>
      Promise.all(
        [rosa(), karim, carla].map(async (userId) => (await show(userId, here(), id)).status),
      );
    expect(await statuses(mine)).toEqual([200, 200, 200]);
    await procedures(rosa()).listing.pause({ community: here(), id: listingId });
    expect(await statuses(mine)).toEqual([200, 200, 200]);
    await procedures(rosa()).listing.close({ community: here(), id: listingId });
    expect(await statuses(mine)).toEqual([200, 404, 404]);
    expect(await statuses(face)).toEqual([200, 200, 200]);
    await procedures(rosa()).listing.renew({ community: here(), id: listingId });
    for (const status of ["left", "suspended", "applied"] as const) {
      await db.member.updateMany({ where: { id: fixture.members.rosa.id }, data: { status } });
      for (const id of [mine, face]) expect(await statuses(id)).toEqual([404, 404, 404]);
      const get = procedures(karim).listing.get({ community: here(), id: listingId });
      await expect(get).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("can be set and deleted by its member only", async () => {
    const mine = await send(rosa(), here(), { listing: listingId });
    expect(mine.status).toBe(200);
    expect(await photoOf(fixture.members.rosa.id)).toBeNull();
    const karim = procedures(fixture.members.karim.userId);
    const seen = await karim.listing.get({ community: here(), id: listingId });
    expect(seen.photoId).toBe(mine.id);
    for (const userId of [fixture.members.karim.userId, fixture.coordinator.userId]) {
      expect((await send(userId, here(), { listing: listingId })).status).toBe(404);
      const removing = procedures(userId).photo.remove({ community: here(), listingId });
      await expect(removing).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    const { userId } = elsewhere.members.rosa;
    expect((await send(userId, elsewhere.slug, { listing: listingId })).status).toBe(404);
    expect((await send(rosa(), here(), { listing: "x" })).status).toBe(404);
    expect(await photos()).toBe(1);
    await procedures(rosa()).photo.remove({ community: here(), listingId });
    expect(await photos()).toBe(0);
  });
});

describe("the upload", () => {
  it("accepts members of that community only", async () => {
    const stranger = await makeUser("Stranger");
    expect((await send(null, here())).status).toBe(401);
    for (const userId of [stranger, elsewhere.coordinator.userId]) {
      expect((await send(userId, here())).status).toBe(404);
    }
    expect((await send(rosa(), "no-such-place")).status).toBe(404);
    expect((await send(rosa(), "%00")).status).toBe(404);
    await db.member.updateMany({ where: { userId: rosa() }, data: { status: "suspended" } });
    expect((await send(rosa(), here())).status).toBe(404);
    expect(await photos()).toBe(0);
  });

  it("requires a form from our own origin", async () => {
    expect(
      (await send(rosa(), here(), { headers: { origin: "https://evil.example" } })).status,
    ).toBe(403);
    for (const type of ["application/json", "image/jpeg", "multipart/form-data", "text/plain"]) {
      expect((await send(rosa(), here(), { headers: { "content-type": type } })).status).toBe(415);
    }
    const torn = { "content-type": "multipart/form-data; boundary=somewhere-else" };
    expect(await send(rosa(), here(), { headers: torn })).toMatchObject({
      status: 400,
      reason: "photoDamaged",
    });
  });

  it("reports what is wrong with a file", async () => {
    const wrong = await send(rosa(), here(), { file: "<svg xmlns='http://www.w3.org/2000/svg'/>" });
    expect(wrong).toMatchObject({ status: 400, reason: "photoNotAPicture" });
    expect(wrong.error).toContain("JPEG");
    expect(await send(rosa(), here(), { file: "" })).toMatchObject({ reason: "photoNotAPicture" });
    const half = await send(rosa(), here(), { file: jpeg.slice(0, jpeg.length / 2) });
    expect(half).toMatchObject({ status: 400, reason: "photoDamaged" });
    const huge = await send(rosa(), here(), { file: new Uint8Array(MAX_PHOTO_BYTES + 1) });
    expect(huge).toMatchObject({ status: 413, reason: "photoTooLarge" });
    expect(huge.error).toContain("12 MB");
    expect(await photos()).toBe(0);
  });

  it("reads only the first part of a form", async () => {
    const type = "multipart/form-data; boundary=x";
    const form = (body: Uint8Array<ArrayBuffer>) =>
      uploadPhoto(
        new Request(`${origin}/api/photos/${here()}`, {
          method: "POST",
          headers: { origin, "content-type": type },
          body,
        }),
        here(),
        asking(rosa()),
      );
    const reason = async (text: string) =>
      ((await (await form(new Uint8Array(Buffer.from(text, "latin1")))).json()) as UploadResult)
        .reason;
    const part = (name: string, content: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"; filename="b"\r\n\r\n${content}\r\n`;
    const began = performance.now();
    expect(await reason(`${part("a", "1").repeat(170_000)}--x--\r\n`)).toBe("photoNotAPicture");
    const head = `--x\r\n${"a: b\r\n".repeat(1_800_000)}\r\n`;
    expect(await reason(`${head}1\r\n--x--\r\n`)).toBe("photoDamaged");
    expect(performance.now() - began).toBeLessThan(4000);
    for (const [text, why] of [
      ["", "photoDamaged"],
      ["--x--\r\n", "photoDamaged"],
      ["--x\r\n\r\n", "photoDamaged"],
      [part("photo", "no end"), "photoDamaged"],
      [`${part("photo", "")}--x--`, "photoNotAPicture"],
      ['--x\r\nContent-Disposition: form-data; name="photo"\r\n\r\n1\r\n--x--', "photoNotAPicture"],
    ] as const) {
      expect([text, await reason(text)]).toEqual([text, why]);
    }
    const good = await form(
      new Uint8Array(
        Buffer.concat([
          Buffer.from(part("photo", "").slice(0, -2)),
          jpeg,
          Buffer.from("\r\n--x--\r\n"),
        ]),
      ),
    );
    expect(good.status).toBe(200);
  });

  it("stops reading an endless body", async () => {
    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    const type = "multipart/form-data; boundary=x";
    const request = new Request(`${origin}/api/photos/${here()}`, {
      method: "POST",
      headers: { origin, "content-type": type },
      body: endless,
      duplex: "half",
    } as RequestInit);
    const answer = await uploadPhoto(request, here(), asking(rosa()));
    expect(answer.status).toBe(413);
    expect(read).toBeLessThan(MAX_PHOTO_BYTES + 4_000_000);
  });

  it("limits concurrent uploads of one member, without limiting others", async () => {
    const [released, release] = later();
    const slow = () => {
      const [reading, begun] = later();
      // Called only when the endpoint reads the body.
      const body = new ReadableStream(
        {
          async pull(controller) {
            begun();
            await released;
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      const type = "multipart/form-data; boundary=x";
      const request = new Request(`${origin}/api/photos/${here()}`, {
        method: "POST",
        headers: { origin, "content-type": type },
        body,
        duplex: "half",
      } as RequestInit);
      return { reading, answer: uploadPhoto(request, here(), asking(rosa())) };
    };
    const four = Array.from({ length: 4 }, slow);
    await Promise.all(four.map(({ reading }) => reading));
    expect((await send(rosa(), here())).status).toBe(429);
    expect((await send(fixture.members.karim.userId, here())).status).toBe(200);
    release();
    const statuses = (await Promise.all(four.map(({ answer }) => answer))).map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([400, 400, 400, 400]);
    expect((await send(rosa(), here())).status).toBe(200);
  });

  it("limits the photos of one member, and lets each be replaced", async () => {
    const owned = { communityId: fixture.id, ownerId: fixture.members.rosa.id };
    const about = {
      contentType: "image/webp",
      width: 1,
      height: 1,
      sha256: "",
      createdAt: new Date(),
    };
    const bytes = new Uint8Array(1);
    await db.photo.createMany({
      data: Array.from({ length: MAX_PHOTOS - 1 }, () => ({
        ...owned,
        ...about,
        id: v7(),
        bytes,
        square: bytes,
      })),
    });
    expect((await send(rosa(), here())).status).toBe(200);
    expect((await send(rosa(), here())).status).toBe(200);
    const more = await send(rosa(), here(), { listing: listingId });
    expect(more).toMatchObject({ status: 409, reason: "tooManyPhotos" });
    expect(more.error).toContain(String(MAX_PHOTOS));
    expect(await photos()).toBe(MAX_PHOTOS);
  });

  it("is rate limited per member", async () => {
    const wrong = { file: "no picture" };
    const reasons = new Set<string | undefined>();
    for (let count = 0; count < 41; count += 1) {
      reasons.add((await send(rosa(), here(), wrong)).reason);
    }
    expect([...reasons]).toEqual(["photoNotAPicture", "tooManyAttempts"]);
    expect((await send(fixture.members.karim.userId, here())).status).toBe(200);
  });
});

describe("the photo endpoint", () => {
  it("serves a photo to members of its community, with headers that make it an image only", async () => {
    const { id = "" } = await send(rosa(), here());
    for (const [size, side] of [
      ["large", 640],
      ["square", 192],
    ] as const) {
      const answer = await show(fixture.members.karim.userId, here(), id, size);
      expect(answer.status).toBe(200);
      const { headers } = answer;
      expect(headers.get("content-type")).toBe("image/webp");
      expect(headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-disposition")).toBe("inline");
      expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*; sandbox$/);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect((await sharp(bytes).metadata()).width).toBe(side);
      const etag = headers.get("etag") ?? "";
      const again = await show(rosa(), here(), id, size, { "if-none-match": `"x", W/${etag}` });
      expect([again.status, again.headers.get("etag")]).toEqual([304, etag]);
    }
    expect(photoPath(here(), id, "large")).toBe(`/api/photos/${here()}/${id}/large`);
  });

  it("answers 404 to all others", async () => {
    const { id = "" } = await send(rosa(), here());
    const stranger = await makeUser("Stranger");
    expect((await show(null, here(), id)).status).toBe(401);
    for (const [userId, community, name, size] of [
      [stranger, here(), id, "large"],
      [elsewhere.coordinator.userId, here(), id, "large"],
      [elsewhere.coordinator.userId, elsewhere.slug, id, "large"],
      [rosa(), here(), v7(), "large"],
      [rosa(), here(), id, "original"],
      [rosa(), here(), "x", "large"],
      [rosa(), "..", id, "square"],
    ] as const) {
      const answer = await show(userId, community, name, size);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });
});
