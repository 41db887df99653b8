import type { Localize } from '../../base/localize.ts';
import { explain } from '../../commands/explain.ts';
import type { Engine } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';
import { type PartNode, partMark } from '../../model/tree/nodes.ts';
import { partNode } from '../../model/tree/partRows.ts';

const answerTimeoutMs = 20_000;

/** The rows below a container's processes, asked from the engine each time they are expanded. */
export async function readParts(engine: Engine, node: PartNode, t: Localize): Promise<readonly PartNode[]> {
  const { engineId, containerId, part, key } = node;
  const path = key.slice(key.indexOf(partMark) + 1);
  const child = (name: string, content: PartNode['part']): PartNode =>
    partNode(engineId, containerId, `${path}/${name}`, content);
  const signal = AbortSignal.timeout(answerTimeoutMs);
  try {
    if (part.kind === 'processes') {
      const processes = await engine.processes(containerId, signal);
      return processes.map((process) => child(process.pid, { kind: 'process', ...process }));
    }
    return [];
  } catch (error) {
    return [child('\0failure', { kind: 'failure', message: explain(asEngineError(error), t) })];
  }
}
