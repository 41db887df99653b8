import { hasEnding, isJvmFile, isSourceFile } from './sourceFiles.ts';
import { positionAt, type SourcePosition } from './sourcePosition.ts';
import { isBlank } from './traceRules.ts';

/** Where in a line a source position stands: offsets in its visible text, line and column from 1. */
export interface SourceRef {
  readonly start: number;
  readonly end: number;
  /** As the program knows it: absolute, or relative to what only the program knows. */
  readonly path: string;
  readonly line: number;
  readonly column: number | undefined;
}

const maxRefs = 8;
const maxText = 4000;
const maxFolder = 100;

const colon = 0x3a;
const open = 0x28;
const quote = 0x22;
const notInPaths = new Set(Array.from('"\'`()[]{}<>|,;=:*?', (character) => character.charCodeAt(0)));
/** What stands in a program, not in a file. */
const foreignSchemes = new Set(['node', 'ext', 'npm', 'bun', 'data', 'blob']);

/** The source positions in a visible line, from left to right; at most 8, in its first 4,000 characters. */
export function sourceRefs(text: string): readonly SourceRef[] {
  const head = text.length > maxText ? text.slice(0, maxText) : text;
  const refs: SourceRef[] = [];
  let floor = 0;
  for (let at = 1; at < head.length && refs.length < maxRefs; at++) {
    const ref = refAt(head, at, floor);
    if (ref === undefined) continue;
    refs.push(ref);
    floor = ref.end;
    at = ref.end - 1;
  }
  return refs;
}

/** A position whose path ends before `at`; nothing before `floor` is looked at. */
function refAt(text: string, at: number, floor: number): SourceRef | undefined {
  const position = positionAt(text, at);
  if (position === undefined) return undefined;
  if (text.charCodeAt(at) === quote) return refOfQuoted(text, at, floor, position);
  const start = pathStart(text, at, floor);
  if (start >= at) return undefined;
  return refOfPath(text, start, at, floor, position);
}

/** Python's: the only path that may have blanks in it. */
function refOfQuoted(
  text: string,
  end: number,
  floor: number,
  position: SourcePosition,
): SourceRef | undefined {
  const start = text.lastIndexOf('"', end - 1) + 1;
  if (start === 0 || start < floor) return undefined;
  const path = text.slice(start, end);
  return isFilePath(path) ? { start, path, ...position } : undefined;
}

function pathStart(text: string, end: number, floor: number): number {
  let at = end;
  for (; at > floor; at--) {
    const code = text.charCodeAt(at - 1);
    if (isBlank(code)) break;
    if (!notInPaths.has(code)) continue;
    const folder = bracketedFolder(text, at, floor);
    if (folder === undefined) break;
    at = folder + 1;
  }
  return at;
}

/** `…/(group)/…` and `…/[id]/…` are folders of web frameworks; where one begins whose bracket closes before `end`. */
function bracketedFolder(text: string, end: number, floor: number): number | undefined {
  if (text.charAt(end) !== '/') return undefined;
  const closing = text.charAt(end - 1);
  const opening = closing === ')' ? '(' : closing === ']' ? '[' : undefined;
  if (opening === undefined) return undefined;
  const from = Math.max(floor, end - maxFolder);
  const start = text.slice(from, end).lastIndexOf(opening) + from;
  return start > from && text.charAt(start - 1) === '/' && !text.slice(start, end).includes(' ')
    ? start
    : undefined;
}

function refOfPath(
  text: string,
  start: number,
  end: number,
  floor: number,
  position: SourcePosition,
): SourceRef | undefined {
  const path = text.slice(start, end);
  const before = text.charCodeAt(start - 1);
  if (before === colon && start - 1 > floor) return refOfScheme(text, start, path, floor, position);
  if (path.startsWith('//')) return undefined;
  if (before === open && isJvmFile(path) && !path.includes('/'))
    return { start, path: `${packageFolder(text, start - 1, floor)}${path}`, ...position };
  return isFilePath(path) || isPlainFrame(path, position) ? { start, path, ...position } : undefined;
}

/** What stands before a path's colon: a drive, a scheme, or a word that has nothing to do with it. */
function refOfScheme(
  text: string,
  start: number,
  path: string,
  floor: number,
  position: SourcePosition,
): SourceRef | undefined {
  let at = start - 1;
  while (at > floor && /[A-Za-z-]/.test(text.charAt(at - 1))) at--;
  const scheme = text.slice(at, start - 1).toLowerCase();
  if (scheme.length === 1) {
    const whole = text.slice(at, start) + path;
    return /^[\\/]/.test(path) && isFilePath(path) ? { start: at, path: whole, ...position } : undefined;
  }
  // What follows `host:` or `user:` in a url is no path.
  if (foreignSchemes.has(scheme) || /^\d+\/|^[^/]*@/.test(path)) return undefined;
  if (!path.startsWith('//')) return isFilePath(path) ? { start, path, ...position } : undefined;
  if (!path.startsWith('///')) return undefined;
  // `webpack-internal:///(rsc)/./src/x.ts` is relative to the bundler's folder, `file:///app/x.mjs` is absolute.
  const local = scheme === 'file' ? decoded(path.slice(2)) : path.slice(Math.max(path.indexOf('/./') + 1, 2));
  return isFilePath(local) ? { start: at, path: local, ...position } : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A name alone must be source code: `redis.internal:6379` is none. */
function isFilePath(path: string): boolean {
  if (/\/$|\\$/.test(path) || path.startsWith('//')) return false;
  return isSourceFile(path) || (/^[/\\]|^\.{1,2}\//.test(path) && hasEnding(path));
}

/** `/app/bin/www:12:3`: without an ending, only both numbers make it a place. */
function isPlainFrame(path: string, { column }: SourcePosition): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return column !== undefined && /^\/[^/]/.test(path) && path.indexOf('/', 1) > 0 && /[A-Za-z]/.test(name);
}

/** `java.base/com.acme.Order$Line.sum` before the parenthesis: `com/acme/`. */
function packageFolder(text: string, end: number, floor: number): string {
  let start = end;
  while (start > floor && !isBlank(text.charCodeAt(start - 1)) && text.charCodeAt(start - 1) !== open)
    start--;
  const name = text.slice(start, end);
  const parts = name
    .slice(name.lastIndexOf('/') + 1)
    .split('.')
    .filter((part) => part !== '');
  const folders = parts.slice(0, -2);
  return folders.length === 0 ? '' : `${folders.join('/')}/`;
}
