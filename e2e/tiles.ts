/** A local server of map tiles that records its requests. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32, deflateSync } from "node:zlib";

const SIDE = 256;
/** Ground and streets as red, green and blue. */
const GROUND = [236, 230, 214];
const STREET = [255, 255, 255];
const EDGE = [196, 188, 168];

export type TileServer = {
  /** The value of EVENHOUR_MAP_TILES. */
  tiles: string;
  origin: string;
  /** The requests received. */
  asked: { path: string; headers: IncomingHttpHeaders }[];
  stop: () => Promise<void>;
};

/** Answers every tile with the same streets. */
export async function startTiles(): Promise<TileServer> {
  const picture = streets();
  const asked: TileServer["asked"] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? "", headers: request.headers });
    response.writeHead(200, { "content-type": "image/png" }).end(picture);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    tiles: `${origin}/{z}/{x}/{y}.png`,
    origin,
    asked,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** Streets that continue in the neighbouring tiles. */
function streets(): Buffer {
  const colour = (x: number, y: number) => {
    const bent = y + 14 * Math.sin((x / SIDE) * 2 * Math.PI);
    const far = Math.min(...[x - 70, x - 190, bent - 60, bent - 170].map(Math.abs));
    if (far < 5) return STREET;
    return far < 7 ? EDGE : GROUND;
  };
  const rows = Array.from({ length: SIDE }, (_, y) => [
    0,
    ...Array.from({ length: SIDE }, (__, x) => colour(x, y)).flat(),
  ]);
  return png(Buffer.from(rows.flat()));
}

/** A PNG file from rows of RGB pixels, each row preceded by a zero byte (no filter). */
function png(rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  head.set([8, 2], 8);
  const parts = [
    ["IHDR", head],
    ["IDAT", deflateSync(rows)],
    ["IEND", Buffer.alloc(0)],
  ] as const;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, ...parts.map(([name, data]) => chunk(name, data))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
