import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, removeFolder } from '../../bed/folders.ts';
import { runFolder } from '../../bed/bed.ts';
import { BuildWorker } from '../../../src/build/buildWorker.ts';
import type { BuildSpec } from '../../../src/model/build.ts';
import type { Figure } from '../figure.ts';
import { median } from '../statistics.ts';
import type { Stage } from '../stage.ts';

const IGNORED = 48_000;
const SENT = 2_000;
const IN_FOLDER = 100;

/** A build by the classic builder of a context most of which is ignored, beside the docker CLI's own. */
export const buildContext: Figure = {
  name: 'build-context',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage }) => {
    const folder = makeContext();
    const ours: number[] = [];
    const cli: number[] = [];
    // In turns, so that what else the machine does falls on both.
    for (let run = 0; run < 7; run += 1) {
      cli.push(await cliBuild(stage, folder));
      ours.push(await ownBuild(stage, folder));
    }
    removeFolder(folder);
    const docker = median(cli);
    return [
      {
        figure: `build: a context of ${(IGNORED + SENT).toLocaleString('en')} files, ${SENT.toLocaleString('en')} of them sent`,
        unit: 'ms',
        samples: ours,
        target: { limit: docker * 1.2, of: 'median' },
        daemonMs: docker,
        note: `docker build takes ${cli.map((ms) => ms.toFixed(0)).join(', ')} ms`,
      },
    ];
  },
};

function makeContext(): string {
  const folder = runFolder('bench', 'context');
  removeFolder(folder);
  makeFolder(folder);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM busybox\n');
  writeFileSync(join(folder, '.dockerignore'), '**/node_modules\n*.log\n!important.log\n');
  fillWith(join(folder, 'node_modules'), IGNORED);
  fillWith(join(folder, 'src'), SENT);
  return folder;
}

function fillWith(folder: string, count: number): void {
  const content = 'export const answer = 42;\n'.repeat(80);
  for (let at = 0; at < count; at += 1) {
    const below = join(folder, `package-${Math.floor(at / IN_FOLDER)}`);
    if (at % IN_FOLDER === 0) mkdirSync(below, { recursive: true });
    writeFileSync(join(below, `file-${at}.js`), content);
  }
}

async function cliBuild({ engine }: Stage, folder: string): Promise<number> {
  const begin = performance.now();
  const args = ['build', '--quiet', '--tag', 'bench-context:cli', folder];
  await engine.cli(args, { env: { DOCKER_BUILDKIT: '0' } });
  return performance.now() - begin;
}

async function ownBuild(stage: Stage, folder: string): Promise<number> {
  const path = join(await stage.extensionFolder(), 'dist', 'buildWorker.cjs');
  const spec: BuildSpec = {
    dockerfile: join(folder, 'Dockerfile'),
    context: folder,
    tags: ['bench-context:own'],
    target: undefined,
    buildArgs: {},
    labels: {},
    platforms: [],
    secrets: [],
    cacheFrom: [],
    cacheTo: [],
    noCache: false,
    pull: false,
    push: false,
  };
  const begin = performance.now();
  return await new Promise((resolve, reject) => {
    let tookMs: number | undefined;
    new BuildWorker({
      path,
      start: { endpoint: { kind: 'socket', path: stage.engine.socket }, spec, builder: 'classic', auths: [] },
      onEvents: (events) => {
        const end = events.find(({ kind }) => kind === 'ended');
        if (end?.kind !== 'ended') return;
        tookMs = performance.now() - begin;
        if (end.outcome !== 'succeeded')
          reject(new Error(`the build ${end.outcome}: ${end.problem?.said ?? ''}`));
      },
      onOver: (error) => {
        if (tookMs === undefined) reject(error ?? new Error('the build ended without a word'));
        else resolve(tookMs);
      },
    });
  });
}
