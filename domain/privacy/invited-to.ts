const JOIN_PAGE = /^\/join\/(?<community>[a-z0-9-]+)(?:\/(?<token>[A-Za-z0-9_-]+))?$/;

/** The community and the invitation of a join page, by its path; null for any other path. */
export function invitedTo(path: string): { community: string; token: string | undefined } | null {
  const { community, token } = JOIN_PAGE.exec(path)?.groups ?? {};
  return community === undefined ? null : { community, token };
}
