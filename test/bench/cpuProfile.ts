import { field } from './inspector.ts';

/** One function, at one place in the call tree, of a profile as V8 gives it. */
interface ProfileNode {
  readonly name: string;
  readonly url: string;
  readonly line: number;
  readonly parent: ProfileNode | undefined;
  selfMs: number;
}

export interface HotFunction {
  readonly name: string;
  readonly url: string;
  /** Counted from 1. */
  readonly line: number;
  readonly selfMs: number;
  /** With all it has called. */
  readonly totalMs: number;
}

export interface CpuSummary {
  readonly functions: readonly HotFunction[];
  readonly busyMs: number;
}

/** Adds the samples up by function; idle time is left out. */
export function summarize(profile: unknown): CpuSummary {
  const nodes = readNodes(profile);
  const ids = numbers(field(profile, 'samples'));
  const deltas = numbers(field(profile, 'timeDeltas'));
  ids.forEach((id, index) => {
    const node = nodes.get(id);
    if (node !== undefined) node.selfMs += (deltas[index + 1] ?? 0) / 1000;
  });
  const functions = new Map<string, HotFunction>();
  const add = ({ name, url, line }: ProfileNode, selfMs: number, totalMs: number): void => {
    const key = `${name} ${url} ${line}`;
    const known = functions.get(key) ?? { name, url, line: line + 1, selfMs: 0, totalMs: 0 };
    functions.set(key, { ...known, selfMs: known.selfMs + selfMs, totalMs: known.totalMs + totalMs });
  };
  let busyMs = 0;
  for (const node of nodes.values()) {
    if (node.selfMs === 0 || node.name === '(idle)') continue;
    busyMs += node.selfMs;
    add(node, node.selfMs, 0);
    const counted = new Set<string>();
    for (let at: ProfileNode | undefined = node; at !== undefined; at = at.parent) {
      const key = `${at.name} ${at.url} ${at.line}`;
      // A function that calls itself counts once.
      if (!counted.has(key)) add(at, 0, node.selfMs);
      counted.add(key);
    }
  }
  return { functions: [...functions.values()], busyMs };
}

function readNodes(profile: unknown): Map<number, ProfileNode> {
  const raw = list(field(profile, 'nodes'));
  const parents = new Map<number, number>();
  for (const node of raw)
    for (const child of numbers(field(node, 'children'))) parents.set(child, Number(field(node, 'id')));
  const nodes = new Map<number, ProfileNode>();
  // Parents stand before their children.
  for (const node of raw) {
    const id = Number(field(node, 'id'));
    const frame = field(node, 'callFrame');
    nodes.set(id, {
      name: String(field(frame, 'functionName')) || '(anonymous)',
      url: String(field(frame, 'url')),
      line: Number(field(frame, 'lineNumber')),
      parent: nodes.get(parents.get(id) ?? -1),
      selfMs: 0,
    });
  }
  return nodes;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function numbers(value: unknown): number[] {
  return list(value).map(Number);
}
