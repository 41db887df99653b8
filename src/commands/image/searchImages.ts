import { oneLine } from '../../base/format.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import { asEngineError } from '../../model/engineError.ts';
import { type FoundImage, searchTerm } from '../../model/foundImage.ts';
import { parseImageReference } from '../../model/imageReference.ts';
import type { Deps, Offers } from '../deps.ts';
import { explain } from '../explain.ts';

/**
 * Looks through Docker Hub, or the registry that a name begins with, by way of the engine. A registry that can't be
 * searched is said once, beside what can be pulled all the same, and not asked again.
 */
export function imageSearch(
  deps: Deps,
  { store }: KnownEngine,
): (typed: string, signal: AbortSignal) => Promise<Offers> {
  const unsearchable = new Map<string, string>();
  return async (typed, signal) => {
    const term = searchTerm(typed);
    if (term === undefined) return { items: [] };
    const registry = parseImageReference(term)?.registry ?? '';
    const known = unsearchable.get(registry);
    if (known !== undefined) return { items: [], note: known };
    try {
      const found = await store.engine.searchImages(term, signal);
      return { items: found.map((image) => toItem(image, deps)) };
    } catch (error) {
      if (signal.aborted) throw error;
      deps.log.error(`no search for ${term}`, error);
      const why = oneLine(explain(asEngineError(error), deps.t), 150);
      const note = deps.t('Search is not available: {why}', { why });
      unsearchable.set(registry, note);
      return { items: [], note };
    }
  };
}

function toItem({ name, description, stars, isOfficial }: FoundImage, { t }: Deps): Offers['items'][number] {
  const facts = [
    ...(isOfficial ? [`$(verified) ${t('official')}`] : []),
    ...(stars > 0 ? [`$(star-full) ${String(stars)}`] : []),
  ];
  return {
    value: name,
    label: oneLine(name, 120),
    description: facts.join(' · '),
    ...(description === '' ? {} : { detail: withoutIcons(oneLine(description, 160)) }),
  };
}

/** The editor would draw what a stranger wrote as an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
