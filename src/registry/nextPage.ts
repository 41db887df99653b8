/**
 * The next page as a path on the same server, from a `Link: <…>; rel="next"`. Undefined at the end, for a link to
 * another place, which would get this registry's login, and for one that leads back to where it stands.
 */
export function nextPage(link: string | undefined, current: URL): string | undefined {
  const target = /<([^>]*)>\s*;[^<]*\brel\s*=\s*"?next"?/i.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, current.href)) return undefined;
  const next = new URL(target, current);
  const path = next.pathname + next.search;
  const isElsewhere = next.host !== current.host || !next.pathname.startsWith('/v2/');
  return isElsewhere || path === current.pathname + current.search ? undefined : path;
}
