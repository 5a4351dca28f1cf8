/** Notes for the exchanges of the year, general enough for any help. */

export const asking = [
  "Hello! I saw your note on the board. Would this day suit you?",
  "Hi, would you have time? I'm flexible by an hour or two.",
  "Good morning, Amara said you are the right person for this.",
  "No hurry at all. If next week is better, just say so.",
  "I'd be so glad of this. I'll make tea.",
  "Hello neighbour, third floor here, the one with the yellow bicycle.",
  "Could you? I have tried it alone and I was not convincing.",
  "I hope I'm doing this right, it's only my second booking.",
  "If it rains, shall we simply move it?",
  "It may take a little longer, I'd rather book too much than too little.",
  "Same as last time, if you don't mind?",
];

export const answering = [
  "Gladly. See you then!",
  "Works for me. Please put the good biscuits out.",
  "Yes. I'll ring at the yard door, the bell upstairs is still dead.",
  "Perfect, I'm in the building anyway.",
  "Happy to. I might be five minutes late, the 29 is the 29.",
  "Of course. Do I need to bring anything?",
  "Fine! I'll bring my own gloves.",
  "Yes, and thank you for asking so kindly.",
];

export const thanking = [
  "Thank you! That was a weight off my shoulders.",
  "Many thanks, and the cake tin comes back on Sunday.",
  "That was quicker than I feared. Thanks again.",
  "You left your scarf here. I'll hang it on your door.",
  "It still works this morning. I checked twice.",
  "Thank you. We should have done this months ago.",
  "Lovely to meet you properly after six years of nodding on the stairs.",
  "I slept well for the first time this week, thank you.",
  "The children want to know when you are coming again.",
  "Wonderful. I've told my whole staircase about you.",
];

/** Help without a listing. */
export const unlisted = [
  {
    title: "Carried the crates of water up to the fourth floor",
    category: "shopping",
    minutes: 30,
  },
  { title: "Sat with me in the emergency room", category: "care", minutes: 180 },
  { title: "Let the plumber in and waited with him", category: "household", minutes: 60 },
  { title: "Took the parcels for the whole staircase", category: "other", minutes: 30 },
  { title: "Talk in the stairwell that turned into an evening", category: "company", minutes: 60 },
  { title: "Brought soup while I had the flu", category: "cooking", minutes: 45 },
  { title: "Helped set up and clear away at the summer party", category: "events", minutes: 120 },
  { title: "Jump-started the car in the frost", category: "transport", minutes: 30 },
  { title: "Found my key in the hedge with a torch", category: "other", minutes: 30 },
  { title: "Looked after the plants for the long weekend", category: "household", minutes: 45 },
  { title: "Went along to the viewing of the flat", category: "company", minutes: 90 },
  { title: "Filled in the form for the nursery place", category: "administration", minutes: 45 },
] as const;
