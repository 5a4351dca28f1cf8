/** Which of the three steps are done, told from what is there: nothing else is kept of them. */
export const stepsDone = (
  me: { about: string; neighbourhood: string },
  listings: readonly { kind: "offer" | "request" }[],
): [about: boolean, offer: boolean, request: boolean] => [
  me.about !== "" || me.neighbourhood !== "",
  listings.some(({ kind }) => kind === "offer"),
  listings.some(({ kind }) => kind === "request"),
];
