/** Which of the three steps are done. Derived from the profile and listings: no progress is stored. */
export const stepsDone = (
  me: { about: string; neighbourhood: string },
  listings: readonly { kind: "offer" | "request" }[],
): [about: boolean, offer: boolean, request: boolean] => [
  me.about !== "" || me.neighbourhood !== "",
  listings.some(({ kind }) => kind === "offer"),
  listings.some(({ kind }) => kind === "request"),
];
