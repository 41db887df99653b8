import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock, throttle } from '../base/async.ts';
import { cliEnvironment } from '../engine/docker/cliEnvironment.ts';
import { DockerEngine } from '../engine/docker/dockerEngine.ts';
import type { Endpoint } from '../engine/docker/endpoint.ts';
import { signedInEnvironment } from '../engine/docker/signedInEnvironment.ts';
import { type BuildEvent, compactBuildEvents } from '../model/build.ts';
import type { BuildWorkerStart, FromBuildWorker, ToBuildWorker } from './messages.ts';
import { runBuild } from './runBuild.ts';

/** Faster than anybody reads, slow enough that a talkative build costs little. */
const everyMs = 60;

/** One build, in a thread of its own with a connection of its own; it ends by itself. */
async function main(
  start: BuildWorkerStart,
  signal: AbortSignal,
  post: (message: FromBuildWorker) => void,
): Promise<void> {
  let waiting: BuildEvent[] = [];
  const flush = (): void => {
    if (waiting.length > 0) post({ kind: 'events', events: compactBuildEvents(waiting) });
    waiting = [];
  };
  const flushing = throttle(systemClock, () => {
    flush();
    return everyMs;
  });
  // The host passes on what the composition root made with the same adapter.
  const endpoint = start.endpoint as Endpoint;
  const engine = new DockerEngine(endpoint);
  const folder = await mkdtemp(join(tmpdir(), 'quayside-cli-'));
  try {
    const emit = (event: BuildEvent): void => {
      waiting.push(event);
      flushing.call();
    };
    const own = await signedInEnvironment(
      process.env,
      start.builder === 'buildkit' ? start.auths : [],
      folder,
    );
    const env = await cliEnvironment(endpoint, own, folder);
    await runBuild({ ...start, engine, env, emit, now: systemClock.now }, signal);
  } finally {
    flushing.dispose();
    flush();
    engine.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

const port = parentPort;
if (port !== null) {
  const abort = new AbortController();
  port.on('message', (_message: ToBuildWorker) => {
    abort.abort();
  });
  void main(workerData as BuildWorkerStart, abort.signal, (message) => {
    port.postMessage(message);
  }).finally(() => {
    port.close();
  });
}
