import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, inject } from 'vitest';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import type { OutputChunk } from '../../src/engine/engine.ts';
import {
  type Engine,
  type EngineKind,
  engineJson,
  type FaultProxy,
  runningEngine,
  startFaultProxy,
  usesHostEngine,
} from '../bed/bed.ts';

/** Long enough for a busy machine, far from what anything here takes. */
export const patienceMs = 30_000;

/** The signal of calls that nobody gives up. */
export const never = new AbortController().signal;

/** A suite that is skipped where there is no bed. */
export const describeBed = describe.skipIf(inject('bed').missing !== '');

/** One that also stops and kills daemons: never on somebody's own. */
export const describeOwnBed = describe.skipIf(inject('bed').missing !== '' || usesHostEngine());

export const kinds: readonly EngineKind[] = inject('bed').kinds;

/** One engine of the bed with what a test file makes on it, which is removed at the end. */
export class Sandbox {
  readonly bed: Engine;
  readonly prefix: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'quayside-it-'));
  private readonly proxies: FaultProxy[] = [];
  private readonly engines: DockerEngine[] = [];
  private count = 0;

  private constructor(bed: Engine, prefix: string) {
    this.bed = bed;
    this.prefix = prefix;
  }

  /** All names begin with the prefix, so that files do not see each other's objects. */
  static async open(kind: EngineKind, prefix: string): Promise<Sandbox> {
    const bed = await runningEngine(kind, 'test');
    if (bed === undefined) throw new Error(`the ${kind} engine of the run "test" does not run`);
    return new Sandbox(bed, prefix);
  }

  static of(bed: Engine, prefix: string): Sandbox {
    return new Sandbox(bed, prefix);
  }

  name(word: string): string {
    return `${this.prefix}-${word}`;
  }

  /** The port under test, connected. */
  async connect(socket = this.bed.socket): Promise<DockerEngine> {
    const engine = this.open(socket);
    await engine.connect(never);
    return engine;
  }

  open(socket = this.bed.socket): DockerEngine {
    const engine = new DockerEngine({ kind: 'socket', path: socket });
    this.engines.push(engine);
    return engine;
  }

  async proxy(): Promise<FaultProxy> {
    this.count += 1;
    const proxy = await startFaultProxy(this.bed.socket, join(this.folder, `${String(this.count)}.sock`));
    this.proxies.push(proxy);
    return proxy;
  }

  /** `docker run -d` with a name of this sandbox; gives back the id. */
  async run(word: string, image: string, ...rest: readonly string[]): Promise<string> {
    return this.make(['run', '-d'], word, image, rest);
  }

  async create(word: string, image: string, ...rest: readonly string[]): Promise<string> {
    return this.make(['create'], word, image, rest);
  }

  /** Removes all objects whose name begins with the prefix, and ends every connection. */
  async close(): Promise<void> {
    for (const engine of this.engines) engine.dispose();
    for (const proxy of this.proxies) await proxy.stop();
    rmSync(this.folder, { recursive: true, force: true });
    const { cli } = this.bed;
    const names = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await cli(args)).split('\n').filter((name) => name.startsWith(this.prefix));
    const containers = await names(
      'ps',
      '-a',
      '--filter',
      `label=${this.bed.label}`,
      '--format',
      '{{.Names}}',
    );
    if (containers.length > 0) await cli(['rm', '-fv', ...containers]);
    const volumes = await names('volume', 'ls', '--format', '{{.Name}}');
    if (volumes.length > 0) await cli(['volume', 'rm', '-f', ...volumes]);
    const networks = await names('network', 'ls', '--format', '{{.Name}}');
    if (networks.length > 0) await cli(['network', 'rm', ...networks]);
    const images = await names('images', '--format', '{{.Repository}}:{{.Tag}}');
    if (images.length > 0) await cli(['rmi', '-f', ...images]);
  }

  /** Ids of all containers, as the engine lists them now. */
  async containerIds(): Promise<readonly string[]> {
    const records = await engineJson(this.bed.socket, '/containers/json?all=1');
    return (Array.isArray(records) ? (records as readonly { readonly Id: string }[]) : [])
      .map(({ Id }) => Id)
      .sort();
  }

  /** Options stand before the image, the command behind `--`. */
  private async make(
    verb: readonly string[],
    word: string,
    image: string,
    rest: readonly string[],
  ): Promise<string> {
    const split = rest.indexOf('--');
    const options = split < 0 ? rest : rest.slice(0, split);
    const command = split < 0 ? [] : rest.slice(split + 1);
    const label = this.bed.label;
    const args = [...verb, '--name', this.name(word), '--label', label, ...options, image, ...command];
    return (await this.bed.cli(args)).trim();
  }
}

/** All that a container's output says, by stream. */
export async function textOf(
  output: AsyncIterable<OutputChunk>,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const parts: Record<OutputChunk['stream'], Uint8Array[]> = { stdout: [], stderr: [] };
  for await (const { stream, data } of output) parts[stream].push(data);
  return { stdout: Buffer.concat(parts.stdout).toString(), stderr: Buffer.concat(parts.stderr).toString() };
}

/** What a promise was rejected with. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => new Error(`resolved to ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

/** Reads to the end of what nobody looks at. */
export async function drain(steps: AsyncIterable<unknown>): Promise<void> {
  for await (const _step of steps);
}
