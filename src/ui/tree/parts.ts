import type { Localize } from '../../base/localize.ts';
import { explain } from '../../commands/explain.ts';
import type { Engine } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';
import { changesBelow } from '../../model/containerChanges.ts';
import { type PartNode, partMark } from '../../model/tree/nodes.ts';
import { partNode } from '../../model/tree/partRows.ts';

const answerTimeoutMs = 20_000;

/** A tree is no place for ten thousand rows of one folder. */
const maxEntries = 2000;

/** The rows below a container's processes and changes, asked from the engine each time they are expanded. */
export async function readParts(engine: Engine, node: PartNode, t: Localize): Promise<readonly PartNode[]> {
  const { engineId, containerId, part, key } = node;
  const path = key.slice(key.indexOf(partMark) + 1);
  const child = (name: string, content: PartNode['part']): PartNode =>
    partNode(engineId, containerId, `${path}/${name}`, content);
  const andMore = (count: number): readonly PartNode[] =>
    count === 0
      ? []
      : [child('\0more', { kind: 'failure', message: t('{count} more are not shown', { count }) })];
  const signal = AbortSignal.timeout(answerTimeoutMs);
  try {
    if (part.kind === 'processes') {
      const processes = await engine.processes(containerId, signal);
      return processes.map((process) => child(process.pid, { kind: 'process', ...process }));
    }
    if (part.kind === 'changes' || part.kind === 'change') {
      const changes = await engine.changes(containerId, signal);
      const below = changesBelow(changes, part.kind === 'changes' ? '' : part.path);
      if (below.length === 0)
        return [child('\0none', { kind: 'nothing', message: t('Nothing has changed.') })];
      const rows = below.slice(0, maxEntries).map((entry) => child(entry.name, { kind: 'change', ...entry }));
      return [...rows, ...andMore(below.length - rows.length)];
    }
    return [];
  } catch (error) {
    return [child('\0failure', { kind: 'failure', message: explain(asEngineError(error), t) })];
  }
}
