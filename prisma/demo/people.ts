/** The members of Lindenhof. They and their telephone numbers are invented. */

/** What an offer or request requires of the other side. */
export type Trait =
  | "kids"
  | "dog"
  | "cat"
  | "garden"
  | "bike"
  | "old"
  | "young"
  | "handy"
  | "car"
  /** Can lift, climb and run after children. */
  | "fit"
  /** Writes German confidently. */
  | "german"
  /** Sometimes needs an interpreter. */
  | "newcomer";

export type Person = {
  key: string;
  name: string;
  /** Days ago. */
  joined: number;
  quarter: (typeof quarters)[number];
  languages: string[];
  about: string;
  contact: string;
  traits: Trait[];
  /** The balance, in hours, towards which theirs drifts. */
  leaning: number;
  /** How often they take part, relative to others. */
  busy: number;
  isOffline?: true;
};

const quarters = [
  "Am Kanal",
  "Gärtnerviertel",
  "Alte Mälzerei",
  "Lindenplatz",
  "Neue Höfe",
] as const;

/** The centre of each quarter, in degrees: about two kilometres across, along a canal. */
export const middles: Record<Person["quarter"], { north: number; east: number }> = {
  "Am Kanal": { north: 52.4975, east: 13.4236 },
  Gärtnerviertel: { north: 52.4921, east: 13.4398 },
  "Alte Mälzerei": { north: 52.5012, east: 13.4375 },
  Lindenplatz: { north: 52.4968, east: 13.4317 },
  "Neue Höfe": { north: 52.4889, east: 13.4262 },
};

export const people: Person[] = [
  {
    key: "amara",
    name: "Amara Okonkwo",
    joined: 366,
    quarter: "Lindenplatz",
    languages: ["English", "German", "Igbo"],
    about:
      "I started this with Jonas over a broken lift and a very long staircase. Midwife for 22 years, now I only deliver newsletters. Ring me about anything; if I don't know, I know who does.\n\nOffice hour in the library café: Thursdays, 16:00 to 18:00. There is always cake, because Rosa.",
    contact: "030 23125 101, or just ring: Lindenplatz 4, second floor",
    traits: ["old", "bike"],
    leaning: 9,
    busy: 1.3,
  },
  {
    key: "jonas",
    name: "Jonas Petersen",
    joined: 366,
    quarter: "Am Kanal",
    languages: ["German", "English", "Danish"],
    about:
      "Second coordinator, first in line for leftovers. I teach maths at the comprehensive and keep the tool shelf behind the laundry. If you borrowed the long ladder: I know who you are.",
    contact: "0176 04069 002 (message me, I never hear it ring)",
    traits: ["bike", "handy", "kids", "fit", "german"],
    leaning: 4,
    busy: 1.1,
  },
  {
    key: "rosa",
    name: "Rosa Marchetti",
    joined: 364,
    quarter: "Lindenplatz",
    languages: ["Italian", "German", "English"],
    about:
      "Retired pastry cook from Bologna, in Lindenhof since 1989. I bake when I'm happy and when I'm sad, so there is usually something. What I cannot do: ladders, tax forms, and saying no to children.\n\nMy kitchen is open to anyone who washes their hands first.",
    contact: "030 23125 103. The doorbell says Marchetti/Lorenz; ring twice",
    traits: ["old", "cat", "german"],
    leaning: 6,
    busy: 3.2,
  },
  {
    key: "wilhelmine",
    name: "Wilhelmine Kruse",
    joined: 352,
    quarter: "Lindenplatz",
    languages: ["German"],
    about:
      "Eighty-four, and no computer, thank you. I darn anything that can be darned and I remember who lived where since 1961. Amara writes in here for me.",
    contact: "030 23125 104, before eight in the evening; or through Amara",
    traits: ["old", "german"],
    leaning: -2,
    busy: 1,
    isOffline: true,
  },
  {
    key: "hasan",
    name: "Hasan Yıldız",
    joined: 361,
    quarter: "Am Kanal",
    languages: ["Turkish", "German"],
    about:
      "Bus driver, line 29. Early shifts mean free afternoons, and I like to be outside with a saw in my hand. I have a van, and a bad back on Mondays.",
    contact: "0176 04069 005",
    traits: ["car", "handy", "kids", "garden", "fit", "german"],
    leaning: 10,
    busy: 1.6,
  },
  {
    key: "oksana",
    name: "Oksana Melnyk",
    joined: 331,
    quarter: "Neue Höfe",
    languages: ["Ukrainian", "Russian", "German", "English"],
    about:
      "From Kharkiv, three years here, two children, one piano that four men carried up five floors. I taught music for fifteen years. My German is good for talking and bad for letters from offices.",
    contact: "0176 04069 006, Signal is best",
    traits: ["kids", "cat", "fit"],
    leaning: -3,
    busy: 1.6,
  },
  {
    key: "linh",
    name: "Linh Nguyễn",
    joined: 340,
    quarter: "Gärtnerviertel",
    languages: ["Vietnamese", "German", "English"],
    about:
      "Software tester by day, which means I am paid to be suspicious. I can usually find out why the printer hates you. Growing coriander on every windowsill.",
    contact: "linh@demo.evenhour.example, or 0176 04069 007",
    traits: ["bike", "young", "fit"],
    leaning: 5,
    busy: 1.4,
  },
  {
    key: "samira",
    name: "Samira Haddad · سميرة",
    joined: 318,
    quarter: "Alte Mälzerei",
    languages: ["Arabic", "German", "French"],
    about:
      "Pharmacist in Aleppo, pharmacy assistant here until the papers are done. Mother of three loud boys. I translate at appointments because somebody did it for me.",
    contact: "0176 04069 008, please text first",
    traits: ["kids", "fit"],
    leaning: 2,
    busy: 1.5,
  },
  {
    key: "gerd",
    name: "Gerd Wolters",
    joined: 365,
    quarter: "Alte Mälzerei",
    languages: ["German"],
    about:
      "Carpenter, 44 years in the trade, retired in theory. I don't like wasted wood, loud radios or Swedish shelves, but I do put them up. Coffee black.",
    contact: "030 23125 109. No messages please, I have a telephone",
    traits: ["old", "handy", "garden", "car", "german"],
    leaning: 17,
    busy: 2,
  },
  {
    key: "ingrid",
    name: "Ingrid Sommer",
    joined: 355,
    quarter: "Gärtnerviertel",
    languages: ["German", "English", "Swedish"],
    about:
      "Librarian until last spring. I read aloud, I proofread, and I will find that book whose title you forgot but which was blue. New hip since October; the stairs and I are not friends.",
    contact: "030 23125 110, afternoons",
    traits: ["old", "garden", "cat", "german"],
    leaning: -1,
    busy: 1.3,
  },
  {
    key: "tomasz",
    name: "Tomasz Zieliński",
    joined: 344,
    quarter: "Neue Höfe",
    languages: ["Polish", "German", "English"],
    about:
      "Electrician. I help with small things that are allowed to be small: lamps, sockets that wobble, that fuse that always goes when Aunt Beate bakes. For anything bigger I tell you honestly whom to call.",
    contact: "0176 04069 011, after 17:00",
    traits: ["handy", "car", "dog", "fit"],
    leaning: 7,
    busy: 1.4,
  },
  {
    key: "priya",
    name: "Priya Raman",
    joined: 287,
    quarter: "Neue Höfe",
    languages: ["Tamil", "English", "German"],
    about:
      "Physicist, yoga teacher on the side, single mother of Anjali (5, opinions on everything). I'm great before 9 and useless after 21.",
    contact: "0176 04069 012 (Signal, Telegram, carrier pigeon)",
    traits: ["kids", "bike", "fit"],
    leaning: -5,
    busy: 1.5,
  },
  {
    key: "kwame",
    name: "Kwame Boateng",
    joined: 309,
    quarter: "Am Kanal",
    languages: ["Twi", "English", "German"],
    about:
      "Barber with a proper chair in my hallway. Choir on Tuesdays, football on Sundays, and my mother on the phone in between. I cut hair the way I was taught in Kumasi: slowly and with advice.",
    contact: "0176 04069 013",
    traits: ["bike", "young", "fit", "german"],
    leaning: 5,
    busy: 1.4,
  },
  {
    key: "lena",
    name: "Lena Brandt",
    joined: 262,
    quarter: "Alte Mälzerei",
    languages: ["German", "English", "Spanish"],
    about:
      "Studying social work, third semester. Poor in money, rich in Tuesdays. Will trade anything for a home-cooked meal at a table with more than one chair.",
    contact: "lena@demo.evenhour.example",
    traits: ["young", "bike", "fit", "german"],
    leaning: 3,
    busy: 1.5,
  },
  {
    key: "yusuf",
    name: "Yusuf Demir",
    joined: 201,
    quarter: "Am Kanal",
    languages: ["German", "Turkish", "English"],
    about:
      "17, in year 12, Hasan is my uncle and made me sign up. I explain phones to people without sighing. Saving hours for driving practice.",
    contact: "0176 04069 015",
    traits: ["young", "bike", "fit", "german"],
    leaning: 4,
    busy: 1.3,
  },
  {
    key: "elif",
    name: "Elif Aydın",
    joined: 298,
    quarter: "Lindenplatz",
    languages: ["Turkish", "German", "English"],
    about:
      "Tailor. My shop closed, my Pfaff from 1974 did not. Zips, hems, curtains, and one wedding dress that we do not talk about.",
    contact: "030 23125 116",
    traits: ["kids", "cat", "fit", "german"],
    leaning: 6,
    busy: 1.4,
  },
  {
    key: "mateo",
    name: "Mateo Quispe",
    joined: 224,
    quarter: "Neue Höfe",
    languages: ["Spanish", "Quechua", "English", "German (slowly)"],
    about:
      "From Cusco, came for love and stayed for the bicycles. I work in a bike shop four days a week. On the fifth I do the same thing, but with you and for no money.",
    contact: "0176 04069 017",
    traits: ["bike", "handy", "young", "fit"],
    leaning: 4,
    busy: 1.4,
  },
  {
    key: "beate",
    name: "Beate Lindner",
    joined: 358,
    quarter: "Gärtnerviertel",
    languages: ["German"],
    about:
      "Tax clerk, retired. I like forms. Yes, really. Two grandchildren in Hamburg, one dachshund in charge here (Herr Müller).",
    contact: "030 23125 118, or over the fence",
    traits: ["old", "dog", "garden", "german"],
    leaning: 8,
    busy: 1.3,
  },
  {
    key: "farid",
    name: "Farid Ahmadi",
    joined: 233,
    quarter: "Am Kanal",
    languages: ["Dari", "German", "English"],
    about:
      "Civil engineer from Herat, now learning to be one in German. Night shifts at the bakery. I need people to talk with who correct my articles (der, die, das, why?).",
    contact: "0176 04069 019, not before noon",
    traits: ["handy", "young", "bike", "fit"],
    leaning: -2,
    busy: 1.3,
  },
  {
    key: "claire",
    name: "Claire Dubois",
    joined: 276,
    quarter: "Lindenplatz",
    languages: ["French", "German", "English"],
    about:
      "Translator, works from the kitchen table, talks to the tomatoes. Twins (8). I am the person with the red cargo bike that is always in the way. Sorry.",
    contact: "claire@demo.evenhour.example, 0176 04069 020",
    traits: ["kids", "bike", "garden", "fit"],
    leaning: -4,
    busy: 1.4,
  },
  {
    key: "hoffmanns",
    name: "Uschi & Dieter Hoffmann",
    joined: 349,
    quarter: "Gärtnerviertel",
    languages: ["German", "a little Italian"],
    about:
      "Married 51 years, one account between us, as with everything. Dieter mends clocks. Uschi makes jam and keeps the list. We can no longer lift things; we can still hold the door.",
    contact: "030 23125 121 (if Dieter answers, ask for Uschi)",
    traits: ["old", "garden", "cat", "german"],
    leaning: -1,
    busy: 1.4,
  },
  {
    key: "noor",
    name: "Noor Rahimi",
    joined: 187,
    quarter: "Alte Mälzerei",
    languages: ["Dari", "Pashto", "English", "German"],
    about:
      "Nurse in training at the Elisabeth hospital. Shift worker: my free day may be your Monday morning. I swim, badly but with joy.",
    contact: "0176 04069 022",
    traits: ["young", "fit"],
    leaning: 1,
    busy: 1.1,
  },
  {
    key: "ana",
    name: "Ana Horvat",
    joined: 305,
    quarter: "Neue Höfe",
    languages: ["Croatian", "German", "English"],
    about:
      "Geriatric nurse on sick leave, one good arm at the moment (shoulder). So for now I listen, phone, organise and play cards. The other arm is coming back in spring.",
    contact: "0176 04069 023",
    traits: ["cat"],
    leaning: -6,
    busy: 1.1,
  },
  {
    key: "piotr",
    name: "Piotr Nowak",
    joined: 268,
    quarter: "Am Kanal",
    languages: ["Polish", "German"],
    about:
      "Removal man. I have straps, blankets and a system. I don't talk much. The dog talks for me.",
    contact: "0176 04069 024",
    traits: ["dog", "car", "handy", "fit"],
    leaning: 8,
    busy: 1.2,
  },
  {
    key: "selam",
    name: "Selam Tesfaye",
    joined: 176,
    quarter: "Neue Höfe",
    languages: ["Tigrinya", "Amharic", "English", "German"],
    about:
      "I came from Asmara with my daughter in 2019. I cook for twenty as easily as for two. Coffee ceremony on the first Sunday of the month, bring only time.",
    contact: "0176 04069 025",
    traits: ["kids", "fit"],
    leaning: 1,
    busy: 1.3,
  },
  {
    key: "bruno",
    name: "Bruno Keller",
    joined: 241,
    quarter: "Alte Mälzerei",
    languages: ["German", "Swiss German"],
    about:
      "79, typesetter, widower, plays chess by post with a man in Graz (it is going badly). No internet. Jonas fills in my hours, I check his sums.",
    contact: "030 23125 126. Let it ring, I am slow",
    traits: ["old", "german"],
    leaning: -3,
    busy: 0.9,
    isOffline: true,
  },
  {
    key: "mei",
    name: "Mei Sato",
    joined: 212,
    quarter: "Lindenplatz",
    languages: ["Japanese", "German", "English"],
    about:
      "Illustrator. I draw your cat, your shop sign, or you as a cat. Looking for someone to explain German insurance to me; nobody has succeeded yet.",
    contact: "mei@demo.evenhour.example",
    traits: ["cat", "bike", "young", "fit"],
    leaning: 2,
    busy: 1.1,
  },
  {
    key: "olu",
    name: "Olu Adeyemi",
    joined: 253,
    quarter: "Am Kanal",
    languages: ["Yoruba", "English", "German"],
    about:
      "Sound engineer, father of Temi (3). If your party needs a microphone, I bring two, because one is always broken. I run along the canal at six, company welcome.",
    contact: "0176 04069 028",
    traits: ["kids", "handy", "fit"],
    leaning: -3,
    busy: 1.2,
  },
  {
    key: "katja",
    name: "Katja Reuter",
    joined: 327,
    quarter: "Gärtnerviertel",
    languages: ["German", "English"],
    about:
      "Landscape gardener with opinions about gravel (don't). I prune, I plant, I lend you the shredder if you give it back with all its fingers.",
    contact: "0176 04069 029",
    traits: ["garden", "dog", "car", "handy", "fit", "german"],
    leaning: 9,
    busy: 1.4,
  },
  {
    key: "ivan",
    name: "Ivan Petrov",
    joined: 158,
    quarter: "Neue Höfe",
    languages: ["Bulgarian", "German", "Russian"],
    about:
      "Long-distance lorry driver, home every second week. When I am home I like to cook slowly, play backgammon and not drive.",
    contact: "0176 04069 030, works in all of Europe",
    traits: ["car", "handy", "fit"],
    leaning: 1,
    busy: 0.9,
  },
  {
    key: "marlies",
    name: "Marlies Vogt",
    joined: 336,
    quarter: "Lindenplatz",
    languages: ["German", "French"],
    about:
      "I see with my fingers, since 2011. I tune my own radio, bake bread by smell and know every kerb between here and the market. I need eyes for post and labels; I give massage in return.",
    contact: "030 23125 131. Please phone rather than write",
    traits: ["old", "german"],
    leaning: -2,
    busy: 1.3,
  },
  {
    key: "sven",
    name: "Sven Carlsson",
    joined: 139,
    quarter: "Alte Mälzerei",
    languages: ["Swedish", "English", "German"],
    about:
      "Moved in with two suitcases and a standing desk. Data person. Learning to sit down and know my neighbours. I make very serious cinnamon buns.",
    contact: "sven@demo.evenhour.example",
    traits: ["bike", "young", "fit"],
    leaning: -2,
    busy: 1.1,
  },
  {
    key: "fatou",
    name: "Fatou Diallo",
    joined: 219,
    quarter: "Am Kanal",
    languages: ["French", "Wolof", "German"],
    about:
      "Hair braider, seamstress of everything that shines, mother of a teenager (send help). I laugh loud, the whole yard knows when I'm home.",
    contact: "0176 04069 033",
    traits: ["kids", "fit", "newcomer"],
    leaning: 3,
    busy: 1.2,
  },
  {
    key: "paul",
    name: "Paul Schreiber",
    joined: 293,
    quarter: "Gärtnerviertel",
    languages: ["German", "English"],
    about:
      "Wheelchair user, radio amateur (DL-something), terrible puns. I repair electronics at my bench, which is the right height for once. What I can't reach, I ask for.",
    contact: "0176 04069 034, or on 145.500 MHz",
    traits: ["handy", "cat", "german"],
    leaning: 2,
    busy: 1.3,
  },
  {
    key: "zeynep",
    name: "Zeynep Kaya",
    joined: 121,
    quarter: "Neue Höfe",
    languages: ["Turkish", "Kurdish", "German"],
    about:
      "Baby Deniz is five months old and I am about four hundred years old. I'd love company, a walk, two hands free. I do graphic design when he sleeps, so: rarely.",
    contact: "0176 04069 035 (silent mode, always)",
    traits: ["kids", "young"],
    leaning: -7,
    busy: 1.2,
  },
  {
    key: "garden",
    name: "Gemeinschaftsgarten Lindenhof",
    joined: 322,
    quarter: "Gärtnerviertel",
    languages: ["German", "English", "Turkish", "Arabic"],
    about:
      "The community garden behind the old gasworks: 34 beds, 9 beehives, one shared hose. Open Saturdays from 10:00. We spend hours on helping hands and earn them with plants, tables and a very big pot. Katja and Hasan look after this account.",
    contact: "garten@demo.evenhour.example; the gate code hangs inside the shed",
    traits: ["garden", "german"],
    leaning: -5,
    busy: 1.3,
  },
  {
    key: "daniel",
    name: "Daniel Cohen",
    joined: 104,
    quarter: "Lindenplatz",
    languages: ["English", "Hebrew", "German"],
    about:
      "History teacher, bread nerd, slow runner. New baby, old flat, so please forgive the dust. I read contracts for fun and explain what they hide.",
    contact: "0176 04069 037",
    traits: ["kids", "bike", "fit"],
    leaning: -1,
    busy: 1,
  },
  {
    key: "rita",
    name: "Rita Fernandes",
    joined: 148,
    quarter: "Am Kanal",
    languages: ["Portuguese", "German", "English"],
    about:
      "Forty years of cleaning other people's offices. Now I clean only for friends, and I have the best trick against limescale in Europe. Fado on Fridays, windows open.",
    contact: "030 23125 138",
    traits: ["old", "cat"],
    leaning: 3,
    busy: 1.2,
  },
  {
    key: "emil",
    name: "Emil Braun",
    joined: 67,
    quarter: "Alte Mälzerei",
    languages: ["German", "German Sign Language", "English"],
    about:
      "Deaf, baker's son, photographer. I teach sign to anyone patient with their own hands. Please write, don't ring: the door lamp works, the phone never will.",
    contact: "Text 0176 04069 039",
    traits: ["bike", "young", "dog", "fit", "german"],
    leaning: 1,
    busy: 1,
  },
  {
    key: "nadia",
    name: "Nadia Bensalem",
    joined: 38,
    quarter: "Neue Höfe",
    languages: ["Arabic", "French", "German"],
    about:
      "New here since the autumn, with my father (71) who wants to play cards with everyone. I work in a crèche and still like children afterwards.",
    contact: "0176 04069 040",
    traits: ["cat", "fit", "newcomer"],
    leaning: 0,
    busy: 0.9,
  },
  {
    key: "nils",
    name: "Nils Andresen",
    joined: 1,
    quarter: "Am Kanal",
    languages: ["German", "English"],
    about: "",
    contact: "",
    traits: ["bike", "young"],
    leaning: 0,
    busy: 0,
  },
];
