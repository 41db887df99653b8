import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { parseMemorySize } from '../../src/model/memorySize.ts';
import type { StatsSample } from '../../src/model/stats.ts';
import { type FaultProxy, waitFor } from '../bed/bed.ts';
import { describeBed, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* What a container uses, held against the docker CLI. */

const limit = 64 * 1024 * 1024;

describeBed.each(kinds)('stats of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let proxy: FaultProxy;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-us');
    proxy = await sandbox.proxy();
    engine = await sandbox.connect(proxy.socket);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  /** The second sample: the first has nothing to count CPU from. */
  async function measure(id: string): Promise<StatsSample> {
    let count = 0;
    for await (const sample of engine.stats(id, never)) if (++count === 2) return sample;
    throw new Error('the stream is over');
  }

  test('memory, limit and pids are what docker stats says', async () => {
    const id = await sandbox.run('use', 'busybox', `--memory=${String(limit)}`, '--', 'sleep', '1000');
    const sample = await measure(id);
    const said = await sandbox.bed.cli(['stats', '--no-stream', '--format={{.MemUsage}} / {{.PIDs}}', id]);
    const [memory = '', itsLimit = '', pids] = said.trim().split(' / ');
    expect(sample).toMatchObject({ memoryLimitBytes: parseMemorySize(itsLimit), pids: Number(pids) });
    // The kernel moves a page or two between two looks.
    const bytes = parseMemorySize(memory) ?? Number.NaN;
    expect(sample.memoryBytes).toBeGreaterThan(bytes / 2);
    expect(sample.memoryBytes).toBeLessThan(bytes * 2);
    expect(sample.memoryLimitBytes).toBe(limit);
  });

  test('a busy container uses more CPU than an idle one', async () => {
    const busy = await sandbox.run('busy', 'busybox', '--', 'sh', '-c', 'while :; do :; done');
    const idle = await sandbox.run('idle', 'busybox', '--', 'sleep', '1000');
    const [one, other] = await Promise.all([measure(busy), measure(idle)]);
    await sandbox.bed.cli(['kill', busy]);
    expect(one.cpuPercent).toBeGreaterThan((other.cpuPercent ?? Number.NaN) + 1);
  });

  test('who stops listening leaves no connection open', async () => {
    const id = await sandbox.run('left', 'busybox', '--', 'sleep', '1000');
    await measure(id);
    engine.dispose();
    await waitFor(
      { what: 'all connections closed', deadlineMs: patienceMs },
      () => proxy.openConnections() === 0,
    );
    engine = await sandbox.connect(proxy.socket);
  });
});
