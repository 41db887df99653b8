import { dockerHub, familiarReference, parseImageReference } from './imageReference.ts';

/** What a registry's search told of one repository. */
export interface FoundImage {
  /** With its registry where that is not Docker Hub: what can be pulled. */
  readonly name: string;
  readonly description: string;
  readonly stars: number;
  readonly isOfficial: boolean;
}

/** Registries want a few characters, and a whole name with its tag needs no search. */
const minTermLength = 2;

/** What to search for while this is typed; undefined for several names, names with a tag or a digest, and hosts alone. */
export function searchTerm(typed: string): string | undefined {
  const term = typed.trim();
  if (/[\s,@]/.test(term)) return undefined;
  const last = term.slice(term.lastIndexOf('/') + 1);
  return last.includes(':') || last.length < minTermLength ? undefined : term;
}

/** Registries tell names without their own: with it, the name leads back to where it was found. */
export function nameInRegistry(term: string, name: string): string {
  const registry = parseImageReference(term)?.registry ?? dockerHub;
  const isWhole = registry === dockerHub || name.startsWith(`${registry}/`);
  const reference = parseImageReference(isWhole ? name : `${registry}/${name}`);
  return reference === undefined ? name : familiarReference(reference).replace(/:latest$/, '');
}
