import { DockerEngine } from '../../../src/engine/docker/dockerEngine.ts';
import { readOlder } from '../../../src/logs/history.ts';
import { HistoryEdge } from '../../../src/logs/historyEdge.ts';
import { readLines } from '../../../src/logs/readLines.ts';
import type { FindQuery } from '../../../src/model/log.ts';
import type { Figure, Measurement } from '../figure.ts';
import { bigLog, LINES } from '../bigLog.ts';
import { openReader } from '../logReading.ts';
import { pssMb } from '../memory.ts';
import type { Stage } from '../stage.ts';
import { timed } from '../timed.ts';

const never = new AbortController().signal;

/** The log reader's own thread, as packaged, on a log of a million lines, beside what other readers take for it. */
export const logReader: Figure = {
  name: 'log-reader',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage }) => {
    const { name, id } = await bigLog(stage);
    const path = `/v1.41/containers/${name}/logs?stdout=1&stderr=1&timestamps=1`;
    const url = `http://localhost${path}`;
    const curlMs = await timed('curl', ['-s', '-o', '/dev/null', '--unix-socket', stage.engine.socket, url]);
    const ingest = await readAll(stage, id);
    const curlAgainMs = await timed('curl', [
      '-s',
      '-o',
      '/dev/null',
      '--unix-socket',
      stage.engine.socket,
      url,
    ]);
    const dockerMs = await timed('docker', ['-H', stage.engine.host, 'logs', name]);
    const curl = (curlMs + curlAgainMs) / 2;
    const pages = await olderPages(stage, id);
    return [
      {
        figure: `log of ${LINES.toLocaleString('en')} lines: read to its beginning`,
        unit: 'ms',
        samples: [ingest.allMs],
        target: { limit: curl / 0.8, of: 'every' },
        daemonMs: curl,
        note: `${((curl / ingest.allMs) * 100).toFixed(0)} % of curl’s rate (before ${curlMs.toFixed(0)}, after ${curlAgainMs.toFixed(0)} ms), ${((dockerMs / ingest.allMs) * 100).toFixed(0)} % of that of docker logs > /dev/null (${dockerMs.toFixed(0)} ms)`,
      },
      ...ingest.finds,
      {
        figure: 'log: memory of the reader above an idle one',
        unit: 'MB',
        samples: [ingest.memoryMb],
        target: { limit: 64, of: 'every' },
      },
      ...pages,
    ];
  },
};

interface Ingest {
  readonly allMs: number;
  readonly memoryMb: number;
  readonly finds: readonly Measurement[];
}

async function readAll(stage: Stage, containerId: string): Promise<Ingest> {
  const memoryBefore = pssMb([process.pid]);
  const begin = performance.now();
  const { worker, until, forget } = await openReader(stage, containerId);
  try {
    worker.more(true);
    await until(({ history }) => history.phase === 'complete');
    const allMs = performance.now() - begin;
    const memoryMb = pssMb([process.pid]) - memoryBefore;
    const finds: Measurement[] = [];
    for (const [what, query, limit] of QUERIES) {
      const samples = { first: [] as number[], all: [] as number[] };
      for (let run = 1; run <= 3; run += 1) {
        await worker.ask('find', { findId: 0, query: undefined });
        forget();
        const begun = performance.now();
        await worker.ask('find', { findId: run, query });
        await until(({ find }) => find.total > 0 || find.isComplete);
        samples.first.push(performance.now() - begun);
        await until(({ find }) => find.isComplete);
        samples.all.push(performance.now() - begun);
      }
      finds.push(
        {
          figure: `find ${what}: first result`,
          unit: 'ms',
          samples: samples.first,
          target: { limit: 50, of: 'median' },
        },
        {
          figure: `find ${what}: all results`,
          unit: 'ms',
          samples: samples.all,
          target: { limit, of: 'median' },
        },
      );
    }
    return { allMs, memoryMb, finds };
  } finally {
    worker.dispose();
  }
}

const QUERIES: readonly (readonly [what: string, query: FindQuery, limitMs: number])[] = [
  ['a literal text', { pattern: 'took=123ms', isRegex: false, matchCase: false }, 400],
  ['a regular expression', { pattern: 'status=5\\d\\d took=3\\d\\dms', isRegex: true, matchCase: true }, 800],
];

/** A page of a thousand lines that is not in the spool, near the end and deep inside. */
async function olderPages(stage: Stage, containerId: string): Promise<readonly Measurement[]> {
  const engine = new DockerEngine({ kind: 'socket', path: stage.engine.socket });
  await engine.connect(never);
  const measurements: Measurement[] = [];
  for (const [where, held, limit] of [
    ['near the end', 1000, 60],
    ['500,000 lines deep', 500_000, 300],
  ] as const) {
    const edge = new HistoryEdge();
    for await (const batch of readLines(
      engine,
      containerId,
      { follow: false, timestamps: true, tail: held },
      never,
    ))
      for (const line of batch) edge.add(line);
    const samples: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const begin = performance.now();
      await readOlder(
        engine,
        containerId,
        edge,
        1000,
        { begin: () => undefined, lines: () => undefined },
        never,
      );
      samples.push(performance.now() - begin);
    }
    measurements.push({
      figure: `log: an older page, ${where}`,
      unit: 'ms',
      samples,
      target: { limit, of: 'median' },
    });
  }
  engine.dispose();
  return measurements;
}
