/** Shows the demo's drawings as photos, the way the photos of members come in. */
import sharp from "sharp";
import type { Random } from "../../scripts/lib/random";
import type { MemberContext } from "../../server/membership/context";
import { type PhotoOf, setPhoto } from "../../server/photo/commands";
import { makePicture } from "../../server/photo/picture";
import { drawPortrait, drawStill, type Look } from "./drawings";
import type { Post } from "./year";

/** The share of listings that have a photo: in no neighbourhood all of them do. */
const LISTINGS = 0.4;

/** Those who put a photo of themselves up, and what they look like. */
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

/** What server/photo/picture.ts refuses of strangers: drawings, which can hold scripts. */
const SVG_READER = { operation: ["VipsForeignLoadSvgBuffer"] };

type Hanging = { by: string; of: PhotoOf; drawing: Buffer };

/**
 * @param as a member at a time
 * @param posts the listings that are open, with their ids
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

/** A drawing as the file that a camera would make of it. */
async function painted(drawing: Buffer): Promise<Buffer> {
  sharp.unblock(SVG_READER);
  try {
    return await sharp(drawing).jpeg({ quality: 85 }).toBuffer();
  } finally {
    sharp.block(SVG_READER);
  }
}
