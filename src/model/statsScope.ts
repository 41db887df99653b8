import type { Container } from './container.ts';
import {
  isInScope,
  type ContainerScope,
  parseContainerScope,
  printContainerScope,
} from './containerScope.ts';

/** Whose use is shown: certain containers, those of a compose project or service, or all that run on any engine. */
export type StatsScope = ContainerScope | { readonly kind: 'all' };

const allText = 'all';

export function printStatsScope(scope: StatsScope): string {
  return scope.kind === 'all' ? allText : printContainerScope(scope);
}

/** Undefined for a text that names no scope. */
export function parseStatsScope(text: string): StatsScope | undefined {
  return text === allText ? { kind: 'all' } : parseContainerScope(text);
}

export function isInStatsScope(scope: StatsScope, engineId: string, container: Container): boolean {
  return scope.kind === 'all' ? container.state === 'running' : isInScope(scope, engineId, container);
}
