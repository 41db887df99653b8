import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseImageReference } from '../../src/model/imageReference.ts';
import {
  type Registry,
  RegistryFill,
  runFolder,
  startEngine,
  startRegistry,
  startRegistryGate,
  stopEngine,
} from '../bed/bed.ts';
import { digestOf } from '../bed/registryFill.ts';
import { tar } from '../bed/tar.ts';
import { describeOwnBed, drain, failureOf, never, Sandbox } from './sandbox.ts';

/* What may happen to a pull, on an engine whose disk is small, and which tries once: by itself it would for a minute. */

const run = 'pull-worst';
const diskMegabytes = 40;

describeOwnBed('the worst of pulls', () => {
  const disk = runFolder(run, 'disk');
  let sandbox: Sandbox;
  let registry: Registry;

  beforeAll(async () => {
    mkdirSync(disk, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(diskMegabytes)}m`, 'tmpfs', disk]);
    registry = await startRegistry({ name: run, id: 'open' });
    const flags = [`--data-root=${disk}`, '--max-download-attempts=1'];
    sandbox = Sandbox.of(await startEngine('new', { name: run, images: false, flags }), 'qs-pw');
  });

  afterAll(async () => {
    await sandbox.close();
    await registry.stop();
    await stopEngine('new', run, { deleteData: true });
    execFileSync('umount', [disk]);
  });

  /** An image of one layer that cannot be packed any smaller; gives back the layer. */
  async function put(name: string, megabytes: number): Promise<Buffer> {
    const noise = { kind: 'file', path: 'noise', content: randomBytes(megabytes * 1_000_000) } as const;
    const layer = tar([noise], new Date(0));
    await new RegistryFill(registry).image(name, '1', { layer });
    return layer;
  }

  async function failedPull(address: string, name: string): Promise<unknown> {
    const reference = parseImageReference(`${address}/${name}:1`);
    if (reference === undefined) throw new Error(`${name} is no reference`);
    const engine = await sandbox.connect();
    const failure = await failureOf(drain(engine.pullImage(reference, {}, never)));
    expect(await engine.list('image', never)).toEqual([]);
    return failure;
  }

  test('a registry that goes in the middle of a layer is said, and no image is left', async () => {
    await put('team/cut', 8);
    const gate = await startRegistryGate(registry);
    const held = gate.hold();
    const pulling = failedPull(gate.address, 'team/cut');
    await held;
    await gate.stop();
    expect(await pulling).toMatchObject({ problem: 'unreachable', registry: gate.address });
  });

  test('a layer that is not what its digest says is said, and no image is left', async () => {
    const layer = await put('team/false', 1);
    const [, hex = ''] = digestOf(layer).split(':');
    const blobs = runFolder(run, 'open', 'data', 'docker', 'registry', 'v2', 'blobs', 'sha256');
    writeFileSync(join(blobs, hex.slice(0, 2), hex, 'data'), randomBytes(layer.length));
    expect(await failedPull(registry.address, 'team/false')).toMatchObject({ problem: 'corrupt' });
  });

  test('a full disk of the engine is said, and no image is left', async () => {
    await put('team/large', diskMegabytes + 8);
    expect(await failedPull(registry.address, 'team/large')).toMatchObject({ problem: 'diskFull' });
  });
});
