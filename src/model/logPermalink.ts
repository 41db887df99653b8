import type { LinePlace } from './logQuestions.ts';
import { type ContainerScope, parseContainerScope, printContainerScope } from './containerScope.ts';

/** A line of a log, as a link names it. */
export interface LogPermalink {
  readonly scope: ContainerScope;
  readonly line: LinePlace;
}

/** A longer text was made by nobody. */
const maxLength = 20_000;
/** More containers than anybody reads as one log. */
export const maxLinkedContainers = 100;
/** The largest time that a date can have. */
const maxTime = 8.64e15;

/** The query of the link: `scope=…&at=1772366462123&text=0f3a…`. */
export function printLogPermalink({ scope, line }: LogPermalink): string {
  return `scope=${encodeURIComponent(printContainerScope(scope))}&at=${String(line.at)}&text=${line.textHash}`;
}

/** Undefined for anything else: a link comes from wherever, and what it says is checked here once and for all. */
export function parseLogPermalink(query: string): LogPermalink | undefined {
  if (query.length > maxLength) return undefined;
  const parts = new Map(query.split('&').map(splitPart));
  const scope = parseContainerScope(decode(parts.get('scope') ?? ''));
  const at = parts.get('at') ?? '';
  const textHash = parts.get('text') ?? '';
  if (scope === undefined || !isBounded(scope)) return undefined;
  if (!/^-?\d{1,16}$/.test(at) || Math.abs(Number(at)) > maxTime) return undefined;
  if (!/^[0-9a-f]{8}$/.test(textHash)) return undefined;
  return { scope, line: { at: Number(at), textHash } };
}

function isBounded(scope: ContainerScope): boolean {
  return scope.kind === 'compose' ? scope.project !== '' : scope.refs.length <= maxLinkedContainers;
}

function splitPart(part: string): [string, string] {
  const equals = part.indexOf('=');
  return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
