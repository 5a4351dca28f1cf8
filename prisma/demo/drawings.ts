/**
 * The demo's pictures, drawn so that they show no real person or home. Each is an SVG with random
 * colours and details.
 */
import type { Category } from "../../domain/listing/listing";
import type { Random } from "../../scripts/lib/random";

const WIDTH = 800;
const HEIGHT = 600;
const SIDE = 480;

const WALLS = ["#efe3cb", "#dfe8e4", "#f3d9c6", "#d9dfee", "#f6ecd2", "#e6dcea"];
const WOODS = ["#b98a5a", "#9c6f47", "#caa074", "#84603f"];
const BRIGHTS = ["#c2482b", "#1f5c4d", "#e0a526", "#2f5d8a", "#7d4a7a", "#d9744b", "#4f8a5b"];
const INK = "#2a2622";

const svg = (width: number, height: number, parts: string[]): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join("")}</svg>`,
  );
const rect = (x: number, y: number, w: number, h: number, fill: string, r = 0) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`;
const disc = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
const oval = (x: number, y: number, rx: number, ry: number, fill: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const line = (d: string, stroke: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
const ring = (x: number, y: number, r: number, stroke: string, width: number) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;

/** A wall with light from a window, and a table in front of it. */
function room(random: Random): string[] {
  const x = random.integer(-80, 520);
  return [
    rect(0, 0, WIDTH, HEIGHT, random.pick(WALLS)),
    path(`M${x} 0h150l-90 430h-150z`, "#ffffff55"),
    path(`M${x + 190} 0h60l-90 430h-60z`, "#ffffff40"),
    rect(0, 430, WIDTH, 170, random.pick(WOODS)),
    rect(0, 430, WIDTH, 10, "#00000022"),
  ];
}

const outside = (random: Random): string[] => [
  rect(0, 0, WIDTH, HEIGHT, random.pick(["#cfe3ee", "#f6ddc2", "#dce9f2"])),
  disc(random.integer(90, 700), random.integer(80, 150), 55, "#f8e3a0"),
  path(`M0 380q200-${random.integer(60, 140)} 420-30t380-40v290h-800z`, "#8fb08a"),
  rect(0, 450, WIDTH, 150, "#6f9a72"),
];

function cup(x: number, y: number, fill: string): string {
  return [
    oval(x, y + 96, 92, 16, "#00000022"),
    rect(x - 60, y, 120, 92, fill, 26),
    ring(x + 66, y + 40, 24, fill, 14),
    oval(x, y + 6, 56, 12, "#5a3a22"),
    line(`M${x - 14} ${y - 20}q-14-24 0-44t0-44`, "#ffffffaa", 8),
    line(`M${x + 16} ${y - 20}q14-24 0-44t0-44`, "#ffffffaa", 8),
  ].join("");
}

function plant(x: number, y: number, pot: string, leaves: number): string {
  const leaf = Array.from({ length: leaves }, (_, index) => {
    const turn = -70 + (140 / Math.max(1, leaves - 1)) * index;
    const shade = index % 2 === 0 ? "#3f7a4c" : "#5b9a62";
    return `<path transform="rotate(${turn} ${x} ${y})" d="M${x} ${y}q-44-90 0-190q44 100 0 190" fill="${shade}"/>`;
  });
  return [...leaf, path(`M${x - 62} ${y - 12}h124l-18 120h-88z`, pot)].join("");
}

type Still = (random: Random) => string[];

const table: Still = (random) => [
  ...room(random),
  cup(random.integer(200, 260), 350, random.pick(BRIGHTS)),
  cup(random.integer(500, 560), 360, random.pick(BRIGHTS)),
  oval(390, 490, 120, 26, "#f7f1e4"),
  ...[340, 385, 430].map((x, index) => disc(x, 474 - (index % 2) * 14, 28, "#c98f4e")),
];

const kitchen: Still = (random) => {
  const pot = random.pick(BRIGHTS);
  return [
    ...room(random),
    line(
      "M330 200q-30-44 0-84t0-84M400 210q-30-44 0-84t0-84M470 200q-30-44 0-84t0-84",
      "#ffffff99",
      12,
    ),
    rect(240, 280, 320, 190, pot, 30),
    rect(200, 310, 50, 24, pot, 12),
    rect(550, 310, 50, 24, pot, 12),
    oval(400, 284, 160, 30, "#00000030"),
    line("M430 280l120-190", "#8a5a32", 16),
    ...[120, 178, 640, 700].map((x) =>
      [
        disc(x, random.integer(470, 500), 36, "#cf3f2e"),
        rect(x - 6, 440, 12, 18, "#3f7a4c", 4),
      ].join(""),
    ),
  ];
};

const garden: Still = (random) => [
  ...outside(random),
  ...[130, 310, 500, 680].map((x) =>
    plant(x, random.integer(420, 450), random.pick(BRIGHTS), random.integer(4, 7)),
  ),
];

const workshop: Still = (random) => [
  rect(0, 0, WIDTH, HEIGHT, random.pick(WOODS)),
  ...Array.from({ length: 40 }, (_, index) =>
    disc(60 + (index % 8) * 97, 60 + Math.floor(index / 8) * 97, 7, "#00000030"),
  ),
  rect(140, 130, 150, 56, "#4a4f55", 8),
  rect(204, 180, 26, 250, random.pick(BRIGHTS), 10),
  path("M360 150h300l-70 90h-230z", "#c9ccd0"),
  rect(330, 130, 70, 130, random.pick(BRIGHTS), 18),
  rect(400, 330, 34, 120, random.pick(BRIGHTS), 14),
  rect(411, 440, 12, 100, "#c9ccd0", 4),
  ring(590, 420, 60, "#c9ccd0", 26),
  rect(576, 470, 28, 100, "#c9ccd0", 8),
  rect(0, 560, WIDTH, 40, "#00000030"),
];

const books: Still = (random) => {
  let x = 90;
  const spines: string[] = [];
  while (x < 560) {
    const [wide, high] = [random.integer(34, 70), random.integer(180, 270)];
    spines.push(rect(x, 430 - high, wide, high, random.pick(BRIGHTS), 5));
    spines.push(rect(x + 8, 430 - high + 30, wide - 16, 10, "#ffffff88", 3));
    x += wide + 4;
  }
  return [
    ...room(random),
    ...spines,
    path("M620 300h130l-30-90h-70z", random.pick(BRIGHTS)),
    rect(678, 300, 14, 120, INK, 4),
    oval(685, 426, 60, 14, INK),
    path("M180 500q110-40 220 0q110-40 220 0v60q-110-40-220 0q-110-40-220 0z", "#fbf7ee"),
    line("M400 500v60M220 520q80-20 150 2M430 522q80-22 150-2", "#b9b09d", 5),
  ];
};

const desk: Still = (random) => [
  ...room(random),
  rect(210, 190, 380, 250, INK, 18),
  rect(228, 208, 344, 210, random.pick(["#bcd6e4", "#f4e2b8", "#c9e0cf"]), 8),
  rect(256, 240, 180, 22, "#ffffffbb", 8),
  rect(256, 280, 280, 14, "#ffffff88", 7),
  rect(256, 308, 240, 14, "#ffffff88", 7),
  path("M160 440h480l50 60h-580z", "#8d9298"),
  cup(700, 390, random.pick(BRIGHTS)),
];

const easel: Still = (random) => [
  ...room(random),
  line("M300 110l-90 460M500 110l90 460M400 90v450", "#7a5434", 18),
  rect(220, 130, 360, 270, "#fbf7ee", 6),
  path(`M220 400v-80q90-${random.integer(40, 120)} 180-30t180-20v130z`, random.pick(BRIGHTS)),
  disc(random.integer(290, 510), 200, 34, random.pick(BRIGHTS)),
  rect(200, 400, 400, 20, "#7a5434", 6),
  ...[80, 140, 650, 710].map((x) => disc(x, random.integer(470, 520), 26, random.pick(BRIGHTS))),
];

const canal: Still = (random) => [
  ...outside(random),
  rect(0, 430, WIDTH, 170, "#5f93a8"),
  line("M40 480h130M250 520h180M560 475h160M600 550h120M90 560h110", "#ffffff77", 8),
  path("M180 450q220 60 440 0q-40 76-110 76h-220q-70 0-110-76z", random.pick(BRIGHTS)),
  line("M330 520l150-240", "#7a5434", 12),
  oval(490, 262, 20, 44, "#7a5434"),
];

const cat: Still = (random) => {
  const fur = random.pick(["#4a433d", "#c98a4a", "#d9d2c6", "#7d7368"]);
  const sofa = random.pick(BRIGHTS);
  return [
    ...room(random),
    rect(60, 250, 680, 220, sofa, 50),
    rect(40, 330, 110, 200, sofa, 40),
    rect(650, 330, 110, 200, sofa, 40),
    rect(130, 390, 540, 130, "#00000018", 30),
    oval(410, 390, 150, 72, fur),
    disc(290, 350, 66, fur),
    path("M238 312l6-70l52 44zM300 290l44-48l8 70z", fur),
    line("M550 410q80 0 60-80", fur, 26),
    line("M262 350q10 10 22 0M300 350q10 10 22 0", INK, 5),
  ];
};

const blocks: Still = (random) => [
  ...room(random),
  ...Array.from({ length: 9 }, (_, index) => {
    const row = index < 4 ? 0 : index < 7 ? 1 : 2;
    const place = index - ([0, 4, 7][row] ?? 0);
    return rect(180 + row * 50 + place * 108, 380 - row * 104, 100, 100, random.pick(BRIGHTS), 10);
  }),
  disc(680, 470, 60, random.pick(BRIGHTS)),
  path("M626 470q54-40 108 0", "#ffffff66"),
];

const mirror: Still = (random) => [
  ...room(random),
  oval(400, 240, 170, 190, random.pick(WOODS)),
  oval(400, 240, 148, 168, "#dbe7ea"),
  path("M300 160l90-60M330 220l130-90", "#ffffff"),
  line("M300 160l90-60M320 220l140-94", "#ffffffcc", 14),
  ring(180, 520, 26, random.pick(BRIGHTS), 12),
  ring(240, 530, 26, random.pick(BRIGHTS), 12),
  line("M195 500l90-90M230 506l10-110", "#8d9298", 12),
  rect(520, 470, 190, 34, random.pick(BRIGHTS), 8),
  line(Array.from({ length: 12 }, (_, index) => `M${532 + index * 15} 504v40`).join(""), INK, 5),
];

const bags: Still = (random) => [
  ...room(random),
  line("M310 210q90-140 180 0", "#7a5434", 16),
  path("M230 210h340l-34 300h-272z", random.pick(["#d8b98a", "#e9dcc0", "#c2a06c"])),
  path("M300 214l-40-120q40-30 70 10l20 110z", "#5b9a62"),
  rect(430, 60, 60, 160, "#c98f4e", 30),
  rect(500, 90, 50, 130, "#cf8a3e", 25),
  disc(130, 480, 40, random.pick(BRIGHTS)),
  disc(660, 490, 44, random.pick(BRIGHTS)),
];

const van: Still = (random) => {
  const paint = random.pick(BRIGHTS);
  return [
    ...outside(random),
    rect(0, 470, WIDTH, 130, "#77736c"),
    rect(150, 250, 360, 230, paint, 20),
    path("M510 310h110l70 90v80h-180z", paint),
    path("M530 330h80l50 70h-130z", "#dbe7ea"),
    rect(190, 290, 280, 60, "#ffffff55", 8),
    ...[250, 590].map((x) => disc(x, 484, 52, INK) + disc(x, 484, 24, "#b9b9b9")),
  ];
};

const bicycle: Still = (random) => {
  const paint = random.pick(BRIGHTS);
  return [
    rect(0, 0, WIDTH, HEIGHT, random.pick(WALLS)),
    rect(0, 490, WIDTH, 110, "#9b948a"),
    ring(240, 400, 110, INK, 12),
    ring(570, 400, 110, INK, 12),
    line("M240 400l90-170h170l70 170M330 230l80 170l90-170M410 400h-170", paint, 14),
    line("M500 230l-10-60h60M310 216h60", INK, 12),
    disc(410, 400, 20, INK),
    rect(500, 110, 110, 64, random.pick(WOODS), 10),
  ];
};

const STILLS: Record<Category, readonly Still[]> = {
  company: [table],
  care: [table],
  health: [table, garden],
  children: [blocks],
  household: [workshop, kitchen],
  cooking: [kitchen],
  garden: [garden],
  repair: [workshop, bicycle],
  transport: [van],
  shopping: [bags],
  digital: [desk],
  administration: [books, desk],
  languages: [books, table],
  lessons: [books],
  arts: [easel],
  sport: [canal],
  beauty: [mirror],
  animals: [cat],
  events: [table],
  lending: [workshop],
  other: [table],
};

/** A picture that suits a category. */
export const drawStill = (category: Category, random: Random): Buffer =>
  svg(WIDTH, HEIGHT, random.pick(STILLS[category])(random));

const SKINS = {
  pale: "#f7dfcb",
  light: "#f3d3b8",
  tan: "#e0ac82",
  warm: "#c98d62",
  brown: "#9c6844",
  deep: "#6f4a31",
};
const HAIRS = {
  black: "#2a2622",
  brown: "#5a3a22",
  fair: "#d8b36a",
  red: "#7a2f22",
  grey: "#b9b2a8",
  white: "#efeae0",
};

export type Look = {
  skin: keyof typeof SKINS;
  hair: keyof typeof HAIRS;
  cut: "short" | "round" | "long" | "bun";
  glasses?: true;
  beard?: true;
};

/** An invented person: shoulders, hair, and two lines for eyes. */
export function drawPortrait(look: Look, random: Random): Buffer {
  const [skin, hair, coat] = [SKINS[look.skin], HAIRS[look.hair], random.pick(BRIGHTS)];
  const back = {
    short: [],
    round: [disc(240, 170, 96, hair)],
    long: [
      rect(150, 120, 180, 230, hair, 84),
      path("M150 300q-10 70 16 100h148q26-30 16-100z", hair),
    ],
    bun: [disc(240, 92, 44, hair), disc(240, 172, 94, hair)],
  }[look.cut];
  const fringe = random.pick([
    path("M160 190q10-90 80-90t80 90q-70-50-160 0z", hair),
    path("M158 200q0-100 82-100t82 100q-20-60-82-60t-82 60z", hair),
  ]);
  const glasses = [
    ring(208, 214, 24, INK, 5),
    ring(272, 214, 24, INK, 5),
    line("M232 214h16", INK, 5),
  ];
  return svg(SIDE, SIDE, [
    rect(0, 0, SIDE, SIDE, random.pick(WALLS)),
    disc(random.integer(60, 420), random.integer(60, 200), 120, "#ffffff55"),
    ...back,
    path("M70 480q10-130 120-140h100q110 10 120 140z", coat),
    rect(208, 290, 64, 80, skin, 30),
    oval(240, 220, 82, 98, skin),
    fringe,
    ...(look.beard
      ? [path("M160 236q10 90 80 90t80-90q-20 30-44 20q-36-14-72 0q-24 10-44-20z", hair)]
      : []),
    line("M200 216q8-8 16 0M264 216q8-8 16 0", INK, 5),
    ...(look.glasses ? glasses : []),
    line("M214 268q26 20 52 0", "#7a3b2c", 6),
  ]);
}
