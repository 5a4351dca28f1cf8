/** Thanks, general enough for any help. */
// biome-ignore-all format: one a line reads as a list
export const thanks = [
  "You came early and left late, and would not even take the second piece of cake. Thank you!",
  "I had put it off for a year. With you it took an hour.",
  "Patient, funny, and it works now. What more does one want?",
  "Thank you for the help, and more so for not asking why I had not done it long ago.",
  "My mother still talks about you. In a good way.",
  "It was raining, and you came all the same.",
  "The hour went by like ten minutes. I hope it did for you too.",
  "You explained it so that even my brother understood.",
  "Thank you. I slept well that night, for the first time in weeks.",
  "Best hour of the week. The children ask when you come again.",
  "You saw what needed doing before I had said it.",
  "A good pair of hands and a better sense of humour.",
];
