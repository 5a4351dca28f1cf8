/** The exchanges in progress, and a few of the last weeks. */
// biome-ignore-all format: one a line reads as a table
import type { MeetingPlace } from "../../domain/listing/listing";
import type { Days } from "./days";
import type { Scene, Step } from "./scene";

/** The number of scenes below that end settled. */
export const settledAtPresent = 4;

/** Days ago (negative for future days) and the time of day. */
type When = readonly [ago: number, time: string];

export function presentScenes(days: Days, titles: ReadonlyMap<string, string>): Scene[] {
  const at = ([ago, time]: When) => days.at(ago, time);
  const say = (by: string, when: When, text: string): Step => ({ by, at: at(when), do: "note", text });
  const act = (by: string, when: When, what: "agree" | "confirm" | "dispute" | "resolveWithoutHours"): Step => ({
    by,
    at: at(when),
    do: what,
  });
  const end = (
    by: string,
    when: When,
    what: "decline" | "withdraw" | "cancel" | "reverse",
    reason: string,
  ): Step => ({ by, at: at(when), do: what, reason });
  const report = (by: string, when: When, minutes: number): Step => ({ by, at: at(when), do: "report", minutes });
  const wait = (by: string, when: When): Step => ({ by, at: at(when), do: "wait" });
  const resolveWithHours = (by: string, when: When, minutes: number, reason: string): Step => ({
    by,
    at: at(when),
    do: "resolveWithHours",
    minutes,
    reason,
  });
  const counter = (by: string, when: When, to: When, minutes: number, place: MeetingPlace, placeNote = ""): Step => ({
    by,
    at: at(when),
    do: "counter",
    date: days.date(to[0]),
    time: to[1],
    minutes,
    place,
    placeNote,
  });

  type Side = Pick<Scene, "from" | "mySide" | "other">;
  type Deed = Pick<Scene, "title" | "category" | "minutes"> & Partial<Pick<Scene, "place" | "placeNote">>;
  const scene = (
    side: Side,
    deed: Deed,
    asked: When,
    meet: When,
    note: string,
    then: Step[],
    more: { key?: string; isRecord?: boolean } = {},
  ): Scene => {
    const listing = more.key === undefined ? undefined : titles.get(more.key);
    if (more.key !== undefined && listing === undefined) throw new Error(`no listing ${more.key}`);
    return {
      ...side,
      place: "elsewhere",
      placeNote: "",
      ...deed,
      ...(listing ? { listing } : {}),
      at: at(asked),
      date: days.date(meet[0]),
      time: meet[1],
      note,
      isRecord: more.isRecord ?? false,
      then,
    };
  };
  const gets = (from: string, other: string): Side => ({ from, other, mySide: "receiver" });
  const gives = (from: string, other: string): Side => ({ from, other, mySide: "giver" });

  return [
    // Proposed, waiting for an answer.
    scene(gets("sven", "rosa"), { title: "Tagliatelle for someone with a very precise scale", category: "cooking", minutes: 120, place: "giver" }, [1, "19:42"], [-5, "10:00"], "Hello Rosa! My grandmother would say that pasta without a scale is gambling. May I bring mine?", [], { key: "rosa-pasta" }),
    scene(gets("daniel", "rosa"), { title: "Cake for the naming party, no nuts", category: "cooking", minutes: 90, place: "receiver" }, [2, "20:15"], [-10, "14:00"], "About twenty people, four of them under three. The baby won't eat any, but everyone will say it's for her.", [counter("rosa", [1, "08:05"], [-9, "15:00"], 120, "giver", "Lindenplatz 11, back door"), say("rosa", [1, "08:07"], "For twenty I need two hours and my own oven, Daniel. Come the evening before and hold the bowl. One day earlier is better for the cream.")], { key: "rosa-cake" }),
    scene(gives("linh", "rosa"), { title: "That tablet you got from your nephew", category: "digital", minutes: 60, place: "receiver" }, [1, "21:10"], [-4, "16:00"], "You said on the stairs it only shows a wheel. I'd have time in a few days, and I was not only thinking of the almond biscuits.", []),
    scene(gets("zeynep", "nadia"), { title: "Two hours of sleep in the morning", category: "children", minutes: 120, place: "receiver" }, [1, "05:12"], [-4, "10:00"], "Good morning (it's five, we are awake). Would you take Deniz, please? He is fed and in a good mood, which makes one of us.", []),
    scene(gets("paul", "tomasz"), { title: "Lower the light switches by 30 cm", category: "repair", minutes: 120, place: "receiver" }, [2, "12:00"], [-7, "17:30"], "Three switches. I've marked the spots. I know it's more than a lamp, say no if it's too much.", [counter("tomasz", [1, "17:45"], [-8, "09:00"], 150, "receiver"), say("tomasz", [1, "17:47"], "Not too much, but the wall behind the second one is concrete. In the morning, then it may be loud. 2½ hours to be honest.")]),
    scene(gives("farid", "bruno"), { title: "Chess, you take white", category: "company", minutes: 90, place: "receiver" }, [1, "14:20"], [-4, "15:00"], "Dear Mr Keller, in Herat I was not bad. I bring rolls.", [], { key: "bruno-chess" }),
    scene(gets("fatou", "jonas"), { title: "Maths for Awa before the test", category: "lessons", minutes: 60, place: "giver" }, [1, "18:33"], [-3, "17:00"], "She says she understands it. Her face says other things.", [], { key: "jonas-maths" }),
    scene(gets("ingrid", "katja"), { title: "Roses: which of them, and how far", category: "garden", minutes: 90, place: "receiver" }, [2, "15:05"], [-6, "11:00"], "I shall sit on the bench with a blanket and point.", [], { key: "katja-prune" }),

    // Agreed, in the coming two weeks.
    scene(gets("rosa", "gerd"), { title: "The kitchen drawer, before it wins", category: "repair", minutes: 60, place: "receiver" }, [5, "10:30"], [-2, "10:00"], "Gerd, it opened again at three in the night. I was up anyway, but it's the principle.", [act("gerd", [4, "09:10"], "agree"), say("gerd", [4, "09:12"], "It is the runner. I'll bring two, it is never only one."), say("rosa", [4, "09:40"], "Coffee black, I know. The biscuits are with almonds or with aniseed?"), say("gerd", [4, "12:01"], "Yes.")]),
    scene(gets("claire", "rosa"), { title: "Both twins after school, and a deadline", category: "children", minutes: 120, place: "giver" }, [4, "11:00"], [-1, "14:00"], "Could they come to you on that day? They ask whether the cat is still not to be carried.", [act("rosa", [3, "07:50"], "agree"), say("rosa", [3, "07:52"], "She is still not to be carried. They may brush her if they ask her first.")], { key: "rosa-kids" }),
    scene(gets("priya", "lena"), { title: "Babysitting: department dinner", category: "children", minutes: 180, place: "receiver" }, [6, "20:10"], [-8, "18:30"], "Anjali has prepared a lecture on ants for you. It has several parts.", [act("lena", [5, "13:00"], "agree"), say("lena", [5, "13:04"], "I've been waiting for part two since last time.")], { key: "lena-baby" }),
    scene(gets("olu", "mateo"), { title: "Child seat and brakes", category: "repair", minutes: 60, place: "giver" }, [5, "22:30"], [-1, "16:30"], "It squeaks so loudly that Temi sings along.", [act("mateo", [4, "08:00"], "agree")], { key: "mateo-bike" }),
    scene(gives("hasan", "ingrid"), { title: "Physiotherapy, there and back", category: "transport", minutes: 60, place: "receiver" }, [4, "16:00"], [-6, "09:30"], "I'm on late shift then, so I can drive you in the morning.", [act("ingrid", [3, "10:20"], "agree"), say("ingrid", [3, "10:22"], "You are a treasure. I'll be downstairs at a quarter past nine; the stairs and I need to discuss it first.")], { key: "ingrid-lift" }),
    scene(gets("marlies", "emil"), { title: "A new photo for my website that I shall never see", category: "arts", minutes: 60, place: "elsewhere", placeNote: "Canal bridge, north side" }, [6, "17:00"], [-11, "13:00"], "You don't hear, I don't see. Between us we are one very good photographer.", [act("emil", [5, "18:20"], "agree"), say("emil", [5, "18:25"], "Best message I have had all year. I'll tap your shoulder twice for 'now'.")]),
    scene(gives("piotr", "garden"), { title: "Bring the beehive stands to the shed", category: "garden", minutes: 120, place: "receiver" }, [7, "19:00"], [-3, "10:00"], "I can do the heavy things.", [act("garden", [6, "12:00"], "agree"), say("garden", [6, "12:02"], "Then the beehive stands, please: heavy, awkward, and the bees are asleep by now. Mostly. Soup at one, and Bigos gets a bone. Katja"), say("piotr", [6, "19:01"], "OK.")], { key: "garden-hands" }),
    scene(gets("hoffmanns", "yusuf"), { title: "New phone for Uschi: everything across", category: "digital", minutes: 60, place: "receiver" }, [5, "15:30"], [-4, "11:00"], "Dieter says it can wait. It cannot wait.", [act("yusuf", [5, "16:10"], "agree"), say("yusuf", [5, "16:11"], "Please have the old PIN ready, the real one, not the one on the fridge.")], { key: "yusuf-phone" }),

    // Reported, waiting for confirmation.
    scene(gets("rosa", "kwame"), { title: "Haircut before the choir concert", category: "beauty", minutes: 45, place: "giver" }, [8, "18:00"], [3, "11:00"], "Not too short. Last time my sister asked who I was.", [act("kwame", [7, "09:30"], "agree"), report("kwame", [2, "19:30"], 60), say("kwame", [2, "19:32"], "It took a little longer because of the story about the bishop. If you think 45 is right, tell me.")], { key: "kwame-hair" }),
    scene(gives("rosa", "selam"), { title: "Tiramisù for the coffee ceremony", category: "cooking", minutes: 90 }, [1, "20:50"], [2, "12:00"], "You said it shouldn't count, but I say it counts.", [], { isRecord: true }),
    scene(gets("samira", "jonas"), { title: "Karim and the equations", category: "lessons", minutes: 60, place: "giver" }, [9, "20:00"], [3, "17:00"], "He agreed by shrugging. That's a yes.", [act("jonas", [8, "17:20"], "agree"), report("jonas", [2, "20:00"], 60), say("jonas", [2, "20:02"], "He solved the last one before me and then pretended he hadn't.")], { key: "jonas-maths" }),
    scene(gives("tomasz", "beate"), { title: "Long round with Herr Müller", category: "animals", minutes: 45, place: "receiver" }, [6, "18:00"], [2, "18:00"], "My dog asks whether yours has time.", [act("beate", [5, "08:15"], "agree"), report("tomasz", [1, "19:15"], 60), say("tomasz", [1, "19:16"], "15 minutes more: he had met a hedgehog.")], { key: "beate-dog" }),
    scene(gets("mei", "daniel"), { title: "The insurance letter, explained with foxes", category: "administration", minutes: 60, place: "online" }, [7, "10:00"], [3, "20:30"], "I drew the first three paragraphs already. The fox is confused.", [act("daniel", [6, "21:00"], "agree"), report("mei", [1, "09:00"], 45), say("mei", [1, "09:03"], "We stopped at a quarter past, so I wrote 45. The fox understands now.")]),

    // Disputed: a coordinator decides.
    scene(gets("ana", "rita"), { title: "Windows before the family visit", category: "household", minutes: 120, place: "receiver" }, [14, "09:00"], [7, "10:00"], "Four big ones, one small one.", [act("rita", [13, "08:00"], "agree"), report("rita", [6, "18:00"], 165), act("ana", [5, "11:00"], "dispute"), say("ana", [5, "11:05"], "Rita, we had said two hours, and part of it was coffee with my mother, which was lovely but my idea. Can someone look at this with us?"), say("rita", [5, "14:30"], "The coffee I don't count! It was the frames. But let Jonas say, I don't want to quarrel over frames.")], { key: "rita-windows" }),
    scene(gives("ivan", "sven"), { title: "Carried a desk up and another desk down", category: "transport", minutes: 90 }, [5, "20:00"], [6, "12:00"], "", [act("sven", [4, "21:00"], "dispute"), say("sven", [4, "21:06"], "I think it was one hour, and it was Piotr who carried the second desk? I may be wrong, it was a blur of desks.")], { isRecord: true }),

    // Ended without settlement in the last weeks.
    scene(gets("noor", "elif"), { title: "Uniform trousers, shortened", category: "repair", minutes: 60, place: "giver" }, [20, "10:00"], [12, "15:00"], "", [act("elif", [19, "12:00"], "agree"), end("noor", [13, "22:10"], "cancel", "They changed my shift again. I'm sorry, I'll book anew when I know where my week is.")], { key: "elif-zip" }),
    scene(gets("farid", "hasan"), { title: "A bed from the other end of town", category: "transport", minutes: 90, place: "receiver" }, [25, "13:30"], [18, "15:00"], "It comes apart, I checked.", [act("hasan", [24, "16:00"], "agree"), end("hasan", [19, "07:10"], "cancel", "The van failed its inspection. Ask Piotr, he has his own."), say("farid", [19, "12:30"], "No problem, and good luck with the van!")], { key: "hasan-van" }),
    scene(gets("lena", "oksana"), { title: "Piano for an absolute beginner", category: "lessons", minutes: 45, place: "giver" }, [16, "12:00"], [8, "15:00"], "I'm 23, is that too late?", [act("oksana", [15, "15:00"], "agree"), end("oksana", [9, "20:00"], "cancel", "Both children have a fever. It's never too late, let's find another day.")], { key: "oksana-piano" }),
    scene(gets("piotr", "ingrid"), { title: "Letter to the landlord", category: "administration", minutes: 60, place: "online" }, [12, "20:00"], [5, "16:00"], "", [end("ingrid", [11, "10:00"], "decline", "I'd love to, but I'm in the clinic for some days. Beate is good with landlords.")], { key: "ingrid-proof" }),
    scene(gets("emil", "marlies"), { title: "Shoulders after the moving boxes", category: "health", minutes: 45, place: "giver" }, [22, "18:00"], [17, "10:00"], "", [end("marlies", [21, "09:00"], "decline", "My wrist is in a bandage this week. Ask again in a fortnight, I owe you a knot.")], { key: "marlies-massage" }),
    scene(gives("kwame", "priya"), { title: "Kindergarten run", category: "children", minutes: 90, place: "receiver" }, [10, "21:00"], [4, "07:30"], "", [end("kwame", [8, "22:00"], "withdraw", "I forgot that I open the shop that morning. Sorry!")], { key: "priya-run" }),

    // Settled with a coordinator's involvement.
    scene(gives("lena", "wilhelmine"), { title: "Photographs: the third shoe box", category: "company", minutes: 60 }, [34, "20:00"], [34, "12:00"], "Frau Kruse remembers all the names. All of them.", [wait("amara", [30, "12:00"]), wait("amara", [26, "12:00"]), resolveWithHours("amara", [25, "16:20"], 60, "Frau Kruse says on the phone: one hour, and the girl should come again.")], { isRecord: true }),
    scene(gives("mateo", "bruno"), { title: "Put the reading lamp where the reading is", category: "household", minutes: 30 }, [50, "18:00"], [50, "12:00"], "", [wait("jonas", [46, "12:00"]), wait("jonas", [42, "12:00"]), resolveWithHours("jonas", [41, "17:00"], 30, "Herr Keller checked the sum and signed with a pencil.")], { isRecord: true }),
    scene(gets("hoffmanns", "hasan"), { title: "Garden chairs back to the cellar", category: "household", minutes: 60 }, [15, "19:00"], [15, "12:00"], "Cake was eaten by all.", [], { isRecord: true }),
    scene(gets("hoffmanns", "hasan"), { title: "Garden chairs to the cellar", category: "household", minutes: 60 }, [14, "10:00"], [15, "12:00"], "", [end("jonas", [1, "18:00"], "reverse", "Entered twice: once by Uschi in the evening, once by Dieter in the morning.")], { isRecord: true }),
  ];
}
