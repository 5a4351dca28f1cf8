/** The conversion of ordinary and malicious files, which are made here. */
import { readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { imageKindOf, MAX_PHOTO_BYTES } from "../../domain/photo/photo";
import { decodeHeic } from "./heic";
import { makePicture } from "./picture";

const plain = (width = 64, height = 48, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: "#c2482b" } });
const noisy = (width: number, height: number) => {
  const pixels = Buffer.alloc(width * height * 3);
  let seed = 7;
  for (let at = 0; at < pixels.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[at] = seed >> 16;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};
const reason = async (file: Uint8Array) =>
  makePicture(file).then(
    () => "accepted",
    (error: { code?: string }) => error.code ?? String(error),
  );

/** A chunk of a PNG with its length and checksum. */
function part(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
/** A PNG that claims these dimensions, and contains only the given rows. */
function png(width: number, height: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  const data = deflateSync(Buffer.alloc((width + 1) * rows));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    part("IHDR", header),
    part("IDAT", data),
    part("IEND", Buffer.alloc(0)),
  ]);
}
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>';

describe("a photo", () => {
  it("of each accepted format becomes a WebP in two sizes", async () => {
    for (const [kind, file] of [
      ["jpeg", await plain().jpeg().toBuffer()],
      ["png", await plain(64, 48, 4).png().toBuffer()],
      ["webp", await plain().webp().toBuffer()],
      ["avif", await plain().avif().toBuffer()],
      ["gif", await plain().gif().toBuffer()],
    ] as const) {
      expect(imageKindOf(file)).toBe(kind);
      const picture = await makePicture(file);
      expect([kind, picture.width, picture.height]).toEqual([kind, 64, 48]);
      const large = await sharp(picture.bytes).metadata();
      expect([large.format, large.width, large.height]).toEqual(["webp", 64, 48]);
      const square = await sharp(picture.square).metadata();
      expect([square.format, square.width, square.height]).toEqual(["webp", 192, 192]);
    }
  });

  it("in grey, 16 bits or CMYK becomes a WebP too", async () => {
    for (const file of [
      await plain().greyscale().jpeg().toBuffer(),
      await plain().toColourspace("rgb16").png().toBuffer(),
      await plain().toColourspace("cmyk").jpeg().toBuffer(),
    ]) {
      expect((await makePicture(file)).width).toBe(64);
    }
  });

  it("keeps its shape and is at most 1280 pixels wide and high", async () => {
    expect(await makePicture(await plain(4000, 3000).jpeg().toBuffer())).toMatchObject({
      width: 1280,
      height: 960,
    });
    expect(await makePicture(png(10, 5000, 5000))).toMatchObject({ width: 3, height: 1280 });
  });

  it("is rotated upright, without metadata of place and time", async () => {
    const file = await plain(60, 40)
      .withExif({
        IFD0: { Copyright: "secret-place", Orientation: "6" },
        IFD3: { GPSLatitude: "51/1 30/1 0/1" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(file).metadata()).orientation).toBe(6);
    const picture = await makePicture(file);
    expect([picture.width, picture.height]).toEqual([40, 60]);
    for (const bytes of [picture.bytes, picture.square]) {
      const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
      expect(Buffer.from(bytes).includes("secret-place")).toBe(false);
    }
  });

  it("contains none of the file's hidden data", async () => {
    const secret = "<script>secret-page</script>";
    const jpeg = await plain().jpeg().toBuffer();
    const comment = Buffer.from(
      `\xff\xfe\0${String.fromCharCode(secret.length + 2)}${secret}`,
      "latin1",
    );
    const flat = await plain().png().toBuffer();
    // After the signature and the header.
    const [head, rest] = [flat.subarray(0, 33), flat.subarray(33)];
    const text = part("tEXt", Buffer.from(`Comment\0${secret}`));
    const packed = part(
      "zTXt",
      Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(Buffer.from(secret))]),
    );
    const xmp = part("iTXt", Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0<x>${secret}</x>`));
    for (const [kind, file] of [
      ["a comment", Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])],
      ["a page behind", Buffer.concat([jpeg, Buffer.from(secret)])],
      ["an archive behind", Buffer.concat([flat, Buffer.from(`PK\x03\x04${secret}`)])],
      ["texts", Buffer.concat([head, text, packed, xmp, rest])],
      ["a colour profile", await plain().withIccProfile("p3").jpeg().toBuffer()],
      ["XMP", await plain().withXmp(`<x:xmpmeta>${secret}</x:xmpmeta>`).webp().toBuffer()],
    ] as const) {
      const { bytes, square } = await makePicture(file);
      for (const made of [bytes, square]) {
        const { exif, xmp: xml, iptc, icc, comments } = await sharp(made).metadata();
        expect({ kind, exif, xml, iptc, icc, comments }).toEqual({ kind });
        expect([kind, Buffer.from(made).includes("secret-page")]).toEqual([kind, false]);
        // Archives are read from the end, and HTML from any offset.
        expect(Buffer.from(made).includes("PK\x03\x04")).toBe(false);
      }
    }
  });

  it("with extreme compression is decoded within limits", async () => {
    // 49 million pixels in some 50 kB: accepted, one at a time.
    const bomb = png(7000, 7000, 7000);
    expect(bomb.length).toBeLessThan(100_000);
    const made = await Promise.all([makePicture(bomb), makePicture(bomb)]);
    for (const { bytes, width, height } of made) {
      expect([width, height]).toEqual([1280, 1280]);
      expect(bytes.length).toBeLessThan(20_000);
    }
    // Compressed text chunks are not read.
    const flat = await plain().png().toBuffer();
    const swollen = part(
      "zTXt",
      Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(Buffer.alloc(60_000_000))]),
    );
    const file = Buffer.concat([flat.subarray(0, 33), swollen, flat.subarray(33)]);
    const before = process.memoryUsage().rss;
    expect(await reason(file)).toMatch(/^accepted$|^photoDamaged$/);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it("with much detail gets a lower quality until it is small", async () => {
    const picture = await makePicture(await noisy(1280, 1280).png().toBuffer());
    expect(picture.bytes.length).toBeLessThan(1_000_000);
    const calm = await makePicture(await noisy(400, 400).blur(4).png().toBuffer());
    expect(calm.bytes.length).toBeLessThan(200_000);
  });

  it("with animation becomes its first frame", async () => {
    const frames = Buffer.concat([Buffer.alloc(32 * 32 * 3, 255), Buffer.alloc(32 * 32 * 3, 0)]);
    const file = await sharp(frames, {
      raw: { width: 32, height: 64, channels: 3, pageHeight: 32 },
    })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(file).metadata()).pages).toBe(2);
    const picture = await makePicture(file);
    expect([picture.width, picture.height]).toEqual([32, 32]);
    expect((await sharp(picture.bytes).stats()).channels[0]?.mean).toBeGreaterThan(250);
  });
});

describe("a HEIC photo", () => {
  const scene = readFileSync("server/photo/testing/scene.heic");
  const large = readFileSync("server/photo/testing/scene-12-megapixels.heic");
  /** The same file with the size that it claims to have changed. */
  const claiming = (file: Buffer, width: number, height: number) => {
    const changed = Buffer.from(file);
    for (let at = changed.indexOf("ispe"); at >= 0; at = changed.indexOf("ispe", at + 4)) {
      changed.writeUInt32BE(width, at + 8);
      changed.writeUInt32BE(height, at + 12);
    }
    return changed;
  };

  /** Of red above left, green above right, and light below. */
  const coloursOf = async (file: Buffer) => {
    const { bytes, width, height } = await makePicture(file);
    const data = await sharp(bytes).raw().toBuffer();
    const nameOf = (x: number, y: number) => {
      const [red = 0, green = 0] = data.subarray((y * width + x) * 3);
      return red > 220 ? "light" : red > green ? "red" : "green";
    };
    const corners = [nameOf(6, 6), nameOf(width - 6, 6), nameOf(6, height - 6)];
    return { width, height, corners };
  };

  it("becomes a WebP with its colours in their places", async () => {
    expect(imageKindOf(scene)).toBe("heic");
    expect(await coloursOf(scene)).toEqual({
      width: 96,
      height: 64,
      corners: ["red", "green", "light"],
    });
  });

  it("is rotated upright", async () => {
    const turned = readFileSync("server/photo/testing/scene-turned.heic");
    expect(await coloursOf(turned)).toEqual({
      width: 64,
      height: 96,
      corners: ["light", "red", "light"],
    });
  });

  it("of 12 million pixels is decoded within limits", async () => {
    expect(await makePicture(large)).toMatchObject({ width: 1280, height: 960 });
  }, 120_000);

  it("is refused with a reason when it is too large, damaged or of another format", async () => {
    expect(await reason(claiming(scene, 65_535, 65_535))).toBe("photoTooManyPixels");
    for (const part of [0.1, 0.5, 0.9]) {
      const cut = scene.subarray(0, Math.floor(scene.length * part));
      expect([part, await reason(cut)]).toEqual([part, "photoDamaged"]);
    }
    // A file that claims a small image, and decodes to another size.
    expect(await reason(claiming(large, 64, 64))).toMatch(/^(accepted|photoDamaged)$/);
    expect(await reason(Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"))).toBe("photoDamaged");
  });

  it("is refused when decoding takes too long", async () => {
    await expect(decodeHeic(large, 50)).rejects.toThrow("photoDamaged");
  });

  it("with damage at any byte is refused with a reason", async () => {
    const change = fc.tuple(fc.nat(scene.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const file = Buffer.from(scene);
        for (const [place, byte] of changes) file[place] = byte;
        expect(["accepted", "photoNotAPicture", "photoDamaged", "photoTooManyPixels"]).toContain(
          await reason(file),
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe("a file that is no photo", () => {
  it("is refused by its content, whatever its name", async () => {
    for (const file of [
      Buffer.from("This is a text named holiday.jpg"),
      Buffer.from(SVG),
      Buffer.from(`<?xml version="1.0"?>${SVG}`),
      Buffer.from("%PDF-1.7\n"),
      Buffer.alloc(0),
      Buffer.from("II*\0\x08\0\0\0"),
      Buffer.from("BM\0\0\0\0"),
      Buffer.alloc(5000),
      // A video in the same container format.
      Buffer.from("\0\0\0\x18ftypisom\0\0\0\0mp41iso2"),
    ]) {
      expect([file.toString("latin1", 0, 20), await reason(file)]).toEqual([
        file.toString("latin1", 0, 20),
        "photoNotAPicture",
      ]);
    }
  });

  it("is refused as damaged when only its first bytes are valid", async () => {
    for (const kind of ["jpeg", "png", "webp", "avif"] as const) {
      const whole = await noisy(200, 200).toFormat(kind).toBuffer();
      expect(await reason(whole)).toBe("accepted");
      for (const length of [16, 40, whole.length >> 1, whole.length - 200]) {
        expect([kind, length, await reason(whole.subarray(0, length))]).toEqual([
          kind,
          length,
          expect.stringMatching(/^photoDamaged$|^photoNotAPicture$/),
        ]);
      }
      const head = Buffer.concat([whole.subarray(0, 16), Buffer.from(SVG)]);
      expect(await reason(head)).toMatch(/^photoDamaged$|^photoNotAPicture$/);
    }
  });

  it("is refused before decoding when it claims too many pixels", async () => {
    expect(await reason(png(60_000, 60_000, 1))).toBe("photoTooManyPixels");
    expect(await reason(png(2_000_000_000, 2, 0))).toMatch(/^photoTooManyPixels$|^photoDamaged$/);
    // Fewer pixels than allowed, with missing rows.
    expect(await reason(png(5000, 5000, 10))).toBe("photoDamaged");
  });

  it("is refused when it is too large", async () => {
    const small = await plain().jpeg().toBuffer();
    const file = Buffer.concat([small, Buffer.alloc(MAX_PHOTO_BYTES)]);
    expect(await reason(file)).toBe("photoTooLarge");
  });

  it("is always refused with a reason, whatever the bytes", async () => {
    const starts = [
      await plain().jpeg().toBuffer(),
      await plain().png().toBuffer(),
      await plain().webp().toBuffer(),
      await plain().avif().toBuffer(),
    ];
    const damaged = fc
      .record({
        start: fc.constantFrom(...starts),
        changes: fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 12 }),
      })
      .map(({ start, changes }) => {
        const file = Buffer.from(start);
        for (const [place, byte] of changes) file[place % file.length] = byte;
        return file;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), async (file) => {
        expect(["accepted", "photoNotAPicture", "photoDamaged", "photoTooManyPixels"]).toContain(
          await reason(file),
        );
      }),
      { numRuns: 150 },
    );
  });
});
