import { setTimeout as pause } from 'node:timers/promises';
import { cpuMs } from '../cpu.ts';
import type { Figure } from '../figure.ts';
import { playLives } from '../lives.ts';
import type { Session } from '../session.ts';
import type { Stage } from '../stage.ts';

/** Each action is given as long, so that rounds with and without Quayside last equally long. */
const ACTION_MS = 1_200;

/** So often five containers live before CPU is taken: after some 150 changes it falls no further. */
const WARM_LIVES = 8;

const STEPS = ['create', 'start', 'stop', 'remove'] as const;
type Step = (typeof STEPS)[number];

/** What a person does: `docker run` starts the container as soon as it is created. */
const ACTIONS: readonly (readonly Step[])[] = [['create', 'start'], ['stop'], ['remove']];

/** Which of the daemon's events a step's row can first be known from, and how the row reads then. */
const EVENT_OF: Readonly<Record<Step, string>> = {
  create: 'create',
  start: 'start',
  stop: 'die',
  remove: 'destroy',
};

const LABEL: Readonly<Record<Step, string>> = {
  create: 'run, create → row',
  start: 'run, start → running',
  stop: 'stop → exited',
  remove: 'remove → row gone',
};

/**
 * The daemon's own stamp of an event until the frame that shows it, and what the event costs the extension host.
 *
 * CPU is the kernel's count for the whole extension host, less that of the same rounds in the same workbench without
 * Quayside. So it holds all we cause, the tree's items and messages in the editor's own code among it, which a
 * profile of our functions alone would leave out. It is divided by the changes a person sees (four), not by the eight or so
 * events that the daemon sends for them.
 */
export const eventToRow: Figure = {
  name: 'event-to-row',
  at: 'each',
  run: async ({ stage, size, runs }) => {
    const rounds = runs(8, 3);
    const times = await stage.daemon.times();
    const delays: Readonly<Record<Step, number[]>> = { create: [], start: [], stop: [], remove: [] };

    const ours = await stage.openSettled('direct');
    await ours.showView();
    // Node compiles what runs often while it runs, ours and the editor's code alike; a figure of its own.
    const first = await cpuPerStep(stage, ours, rounds, (n) =>
      playRound(stage, `0-first-${n}`, ours, undefined),
    );
    for (let n = 0; n < runs(WARM_LIVES, 1); n += 1) await playLives(stage.daemon);
    const withUs = await cpuPerStep(stage, ours, rounds, (n) =>
      playRound(stage, `0-round-${n}`, ours, delays),
    );
    await ours.close();
    const bare = await stage.openSettled('bare');
    await playRound(stage, '0-warm', undefined, undefined);
    const without = await cpuPerStep(stage, bare, rounds, (n) =>
      playRound(stage, `0-round-${n}`, undefined, undefined),
    );
    await bare.close();

    const target = { limit: 100, of: 'median' } as const;
    const daemonMs = times.eventMs + times.inspectMs;
    const difference = (samples: readonly Cpu[], part: keyof Cpu): number[] => {
      const base = without.reduce((sum, sample) => sum + sample[part], 0) / without.length;
      return samples.map((sample) => sample[part] - base);
    };
    return [
      ...STEPS.map((step) => ({
        figure: LABEL[step],
        size,
        unit: 'ms' as const,
        samples: delays[step],
        target,
        daemonMs,
      })),
      {
        figure: 'CPU of the extension host for one event',
        size,
        unit: 'ms',
        samples: difference(withUs, 'host'),
        target: { limit: 10, of: 'median' },
      },
      {
        figure: `the same in the first ${rounds} rounds after a start`,
        size,
        unit: 'ms',
        samples: difference(first, 'host'),
      },
      {
        figure: 'CPU of dockerd for one event, caused by us',
        size,
        unit: 'ms',
        samples: difference(withUs, 'daemon'),
      },
    ];
  },
};

interface Cpu {
  readonly host: number;
  readonly daemon: number;
}

async function cpuPerStep(
  stage: Stage,
  session: Session,
  rounds: number,
  round: (n: number) => Promise<void>,
): Promise<readonly Cpu[]> {
  const hostPid = await session.hostPid();
  const daemonPid = stage.engine.pid() ?? 0;
  const samples: Cpu[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const before = { host: cpuMs(hostPid), daemon: cpuMs(daemonPid) };
    await round(n);
    samples.push({
      host: (cpuMs(hostPid) - before.host) / STEPS.length,
      daemon: (cpuMs(daemonPid) - before.daemon) / STEPS.length,
    });
  }
  return samples;
}

/** Takes a container through its life; with a session that shows it, notes how late each change of its row was. */
async function playRound(
  stage: Stage,
  name: string,
  session: Session | undefined,
  delays: Readonly<Record<Step, number[]>> | undefined,
): Promise<void> {
  const { daemon } = stage;
  const row = {
    create: { kind: 'begins', text: `${name}, ` },
    start: { kind: 'begins', text: `${name}, running` },
    stop: { kind: 'begins', text: `${name}, exited` },
    remove: { kind: 'gone', text: `${name}, ` },
  } as const;
  for (const steps of ACTIONS) {
    const end = Date.now() + ACTION_MS;
    const seen = new Map(steps.map((step) => [step, session?.rows(row[step])]));
    for (const step of steps) await daemon[step](name);
    for (const step of steps) {
      const stamp = await daemon.stampOf(EVENT_OF[step], name);
      const timing = await seen.get(step);
      if (timing !== undefined) delays?.[step].push(timing.paintedAt - stamp);
    }
    await pause(Math.max(0, end - Date.now()));
  }
}
