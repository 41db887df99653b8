import { oneLine } from '../base/format.ts';
import type { Localize } from '../base/localize.ts';
import type { ObjectKind } from '../model/identity.ts';
import type { Target } from './targets.ts';

/** `web`, or `3 containers`: what a progress or a question calls its targets. */
export function nameTargets(targets: readonly Target[], kind: ObjectKind, t: Localize): string {
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) return oneLine(only.name, 80);
  const count = targets.length;
  const names: Readonly<Record<ObjectKind, () => string>> = {
    container: () => t('{count} containers', { count }),
    image: () => t('{count} images', { count }),
    volume: () => t('{count} volumes', { count }),
    network: () => t('{count} networks', { count }),
  };
  return names[kind]();
}

/** One a line, as many as a dialog holds. */
export function listLines(lines: readonly string[], t: Localize): string {
  const shown = lines.slice(0, 12).map((line) => oneLine(line, 120));
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [t('… and {count} more', { count: more })] : [])].join('\n');
}
