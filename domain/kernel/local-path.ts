/** A path of this site to come back to; anything that leads elsewhere becomes `otherwise`. */
export function localPath(from: unknown, otherwise: string): string {
  if (typeof from !== "string" || !/^\/(?![/\\])/.test(from) || /\p{Cc}|\\/u.test(from)) {
    return otherwise;
  }
  return from;
}
