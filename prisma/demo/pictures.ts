/** Uploads the demo's drawings as photos, in the same way as members' photos. */
import sharp from "sharp";
import type { Random } from "../../scripts/lib/random";
import type { MemberContext } from "../../server/membership/context";
import { type PhotoOf, setPhoto } from "../../server/photo/commands";
import { makePicture } from "../../server/photo/picture";
import { drawPortrait, drawStill, type Look } from "./drawings";
import type { Post } from "./year";

/** The share of listings with a photo. */
const LISTINGS = 0.4;

/** The members with a profile photo, and what they look like. */
// biome-ignore format: one a line reads as a table
const looks: Record<string, Look> = {
  amara: { skin: "deep", hair: "grey", cut: "bun" },
  jonas: { skin: "light", hair: "fair", cut: "short", beard: true },
  rosa: { skin: "tan", hair: "black", cut: "round" },
  hasan: { skin: "tan", hair: "grey", cut: "short", beard: true },
  oksana: { skin: "light", hair: "fair", cut: "bun" },
  linh: { skin: "tan", hair: "black", cut: "long", glasses: true },
  gerd: { skin: "light", hair: "white", cut: "short", glasses: true },
  ingrid: { skin: "pale", hair: "white", cut: "round", glasses: true },
  priya: { skin: "brown", hair: "black", cut: "long" },
  kwame: { skin: "deep", hair: "black", cut: "short" },
  lena: { skin: "light", hair: "brown", cut: "long" },
  yusuf: { skin: "warm", hair: "black", cut: "short", beard: true },
  mateo: { skin: "warm", hair: "black", cut: "short" },
  beate: { skin: "pale", hair: "red", cut: "round", glasses: true },
  claire: { skin: "light", hair: "brown", cut: "bun" },
  ana: { skin: "light", hair: "brown", cut: "round" },
  piotr: { skin: "light", hair: "brown", cut: "short" },
  selam: { skin: "brown", hair: "black", cut: "round" },
  mei: { skin: "light", hair: "black", cut: "bun" },
  olu: { skin: "deep", hair: "black", cut: "short", glasses: true },
  katja: { skin: "pale", hair: "fair", cut: "long" },
  sven: { skin: "pale", hair: "fair", cut: "short", beard: true },
  fatou: { skin: "deep", hair: "black", cut: "bun" },
  zeynep: { skin: "tan", hair: "brown", cut: "long" },
  daniel: { skin: "tan", hair: "brown", cut: "short", glasses: true },
  rita: { skin: "warm", hair: "grey", cut: "round" },
};

/** The SVG reader, which server/photo/picture.ts blocks for uploads because SVGs can contain scripts. */
const SVG_READER = { operation: ["VipsForeignLoadSvgBuffer"] };

type Hanging = { by: string; of: PhotoOf; drawing: Buffer };

/**
 * @param as returns a member's context at a time
 * @param posts the open listings, with their ids
 */
export async function hangPictures(
  as: (key: string, now: Date) => MemberContext,
  posts: readonly { post: Post; id: string }[],
  random: Random,
): Promise<void> {
  const hangings: Hanging[] = [
    ...Object.entries(looks).map(([by, look]) => ({
      by,
      of: {},
      drawing: drawPortrait(look, random),
    })),
    ...posts
      .filter(() => random.happens(LISTINGS))
      .map(({ post, id }) => ({
        by: post.owner,
        of: { listingId: id },
        drawing: drawStill(post.category, random),
      })),
  ];
  const now = new Date();
  for (const { by, of, drawing } of hangings) {
    await setPhoto(as(by, now), of, await makePicture(await painted(drawing)));
  }
}

/** Rasterizes a drawing, as an upload from a camera would be. */
async function painted(drawing: Buffer): Promise<Buffer> {
  sharp.unblock(SVG_READER);
  try {
    return await sharp(drawing).jpeg({ quality: 85 }).toBuffer();
  } finally {
    sharp.block(SVG_READER);
  }
}
