import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runFolder } from '../../bed/bed.ts';
import { makeFolder } from '../../bed/folders.ts';
import type { Figure } from '../figure.ts';
import { listCalls } from '../requests.ts';
import { watchSpawns } from '../spawned.ts';

const REPLICAS = 50;

/** A container's row begins with its name and state. */
const ROW = /^(\S+), (created|running|paused|restarting|removing|exited|dead)(,|$)/;

/** A big burst costs few calls, and afterwards the tree says what the daemon says. */
export const composeUp: Figure = {
  name: 'compose-up',
  at: 'smallest',
  run: async ({ stage, size }) => {
    const { engine, daemon, proxy } = stage;
    const file = join(makeFolder(runFolder(engine.name, 'burst')), 'compose.yaml');
    writeFileSync(file, composeFile(engine.label));
    const compose = (...args: string[]): Promise<string> =>
      engine.cli(['compose', '--project-name', 'burst', '--file', file, ...args], { timeoutMs: 240_000 });
    const session = await stage.openSettled('counted');
    await session.showView();
    const spawns = await watchSpawns(await session.hostPid());
    proxy.reset();
    const begin = Date.now();
    await compose('up', '--detach', '--quiet-pull', '--scale', `web=${REPLICAS}`);
    const seconds = (Date.now() - begin) / 1000;
    await pause(3_000);
    const lists = listCalls(proxy.requests());
    const all = proxy.requests().length;
    const { byUs } = await spawns.end();

    const shown = new Map<string, string>();
    for (const label of await session.readWholeTree((text) => ROW.test(text))) {
      const [, name = '', state = ''] = ROW.exec(label) ?? [];
      shown.set(name, state);
    }
    const known = new Map((await daemon.containers()).map(({ name, state }) => [name, state]));
    const wrong = [...new Set([...shown.keys(), ...known.keys()])].filter(
      (name) => shown.get(name) !== known.get(name),
    );
    await session.close();
    await compose('down', '--timeout', '0');
    const shared = { size, target: { limit: 0, of: 'every' } } as const;
    return [
      {
        ...shared,
        figure: `compose up of ${REPLICAS}: list calls`,
        unit: 'calls',
        samples: [lists.length],
        target: { limit: 10, of: 'every' },
        note: `${all} requests in all; compose took ${seconds.toFixed(1)} s`,
      },
      {
        ...shared,
        figure: 'compose up: rows that differ from the daemon’s list',
        unit: 'rows',
        samples: [wrong.length],
        note:
          wrong.length === 0
            ? `${shown.size} rows compared`
            : wrong
                .slice(0, 3)
                .map((name) => `${name}: ${shown.get(name)} / ${known.get(name)}`)
                .join(', '),
      },
      {
        ...shared,
        figure: 'compose up: processes spawned by us',
        unit: 'processes',
        samples: [byUs.length],
      },
    ];
  },
};

function composeFile(label: string): string {
  return `services:
  web:
    image: busybox:latest
    command: ["sleep", "1000000"]
    stop_signal: SIGKILL
    labels: ["${label}"]
networks:
  default:
    labels: ["${label}"]
`;
}
