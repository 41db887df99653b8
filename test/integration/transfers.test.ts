import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Logger, nullLogger } from '../../src/base/logger.ts';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { type ImageReference, parseImageReference } from '../../src/model/imageReference.ts';
import { ownDigests } from '../../src/model/registryDigest.ts';
import type { RegistryAuth } from '../../src/model/registryAuth.ts';
import {
  emptyTransfer,
  reduceTransfer,
  summarizeTransfer,
  type TransferStep,
  type TransferSummary,
} from '../../src/model/transfer.ts';
import { RegistryCredentials } from '../../src/registry/registryCredentials.ts';
import {
  pushImage,
  type Registry,
  type RegistryGate,
  startRegistry,
  startRegistryGate,
  waitFor,
} from '../bed/bed.ts';
import { moveTag } from '../support/moveTag.ts';
import { writeCredentialHelper } from '../support/credentialHelper.ts';
import { describeOwnBed, drain, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* The port's contract about images on their way, kept by both engines with real registries. */

const user = { name: 'anna', password: 'pä:ss wörd' };
const megabytes = 24;

describeOwnBed.each(kinds)('images on their way, of the %s engine', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-transfers-'));
  let sandbox: Sandbox;
  let engine: EnginePort;
  let open: Registry;
  let closed: Registry;
  let gate: RegistryGate;

  /** Of the registry that everybody may use. */
  const inOpen = (name: string): ImageReference => named(open.address, name);
  const inClosed = (name: string): ImageReference => named(closed.address, name);

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-tr');
    engine = await sandbox.connect();
    open = await startRegistry({ name: sandbox.bed.name, id: `open-${kind}` });
    closed = await startRegistry({ name: sandbox.bed.name, id: `closed-${kind}`, users: [user] });
    gate = await startRegistryGate(open);
    await pushImage(sandbox.bed, 'quay/tools:1', open, 'team/tools:1');
    // The engine has all layers of the bed's own images: the one on top of this is only in the registry.
    const maker = await sandbox.run(
      'maker',
      'busybox',
      '--',
      'dd',
      'if=/dev/urandom',
      'of=/noise',
      'bs=1M',
      `count=${megabytes}`,
    );
    await engine.waitContainer(maker, never);
    await sandbox.bed.cli(['commit', maker, sandbox.name('big:1')]);
    await engine.removeContainer(maker, never);
    await pushImage(sandbox.bed, sandbox.name('big:1'), open, 'team/big:1');
    await sandbox.bed.cli(['rmi', sandbox.name('big:1')]);
  });

  afterAll(async () => {
    for (const { address } of [open, closed, gate]) await removeAllOf(address);
    await sandbox.close();
    await gate.stop();
    await open.stop();
    await closed.stop();
    rmSync(folder, { recursive: true });
  });

  const tags = async (): Promise<readonly string[]> =>
    (await engine.list('image', never)).flatMap((image) => image.tags);

  async function removeAllOf(address: string): Promise<void> {
    for (const tag of await tags()) if (tag.startsWith(address)) await engine.removeImage(tag, never);
  }

  const pull = (reference: ImageReference, auth?: RegistryAuth): Promise<readonly TransferStep[]> =>
    collect(engine.pullImage(reference, { auth }, never));
  const push = (reference: ImageReference, auth?: RegistryAuth): Promise<readonly TransferStep[]> =>
    collect(engine.pushImage(reference, { auth }, never));

  describe('pull', () => {
    test('brings an image, and says so when there is nothing more to bring', async () => {
      await pull(inOpen('team/tools:1'));
      expect(await tags()).toContain(`${open.address}/team/tools:1`);
      const again = await pull(inOpen('team/tools:1'));
      expect(again.some(({ isUpToDate }) => isUpToDate)).toBe(true);
    });

    test('tells of each layer, and of its bytes while they come', async () => {
      const summaries = stages(await pull(inOpen('team/big:1')));
      expect(summaries.at(-1)).toMatchObject({ layersDone: 2, layersTotal: 2, fraction: 1 });
      expect(summaries.at(-1)?.totalBytes).toBeGreaterThanOrEqual(megabytes * 1024 * 1024);
      const underWay = summaries.filter(
        ({ currentBytes, totalBytes = 0 }) => currentBytes > 0 && currentBytes < totalBytes,
      );
      expect(underWay.length).toBeGreaterThan(0);
      await removeAllOf(open.address);
    });

    test('by digest brings just that', async () => {
      await pull(inOpen('team/tools:1'));
      const [digest = ''] = (await engine.read('image', `${open.address}/team/tools:1`, never)).digests;
      await removeAllOf(open.address);
      const byDigest = parseImageReference(digest);
      expect(byDigest?.digest).toMatch(/^sha256:/);
      if (byDigest !== undefined) await pull(byDigest);
      expect((await engine.read('image', digest, never)).digests).toContain(digest);
      await engine.removeImage(digest, never);
    });

    test('finds out what a tag is now, also when another image has got it', async () => {
      await pull(inOpen('team/tools:1'));
      await pushImage(sandbox.bed, 'quay/tools:1', open, 'team/moving:1');
      await pushImage(sandbox.bed, 'busybox', open, 'team/moving:2');
      await pull(inOpen('team/moving:1'));
      const moving = `${open.address}/team/moving:1`;
      const ask = (): Promise<string> => engine.registryDigest(inOpen('team/moving:1'), {}, never);
      const mine = async (): Promise<readonly string[]> =>
        ownDigests(await engine.read('image', moving, never), moving);
      expect(await mine()).toEqual([await ask()]);
      await moveTag(open.url, 'team/moving', '1', '2');
      expect(await mine()).not.toContain(await ask());
      await pull(inOpen('team/moving:1'));
      expect(await mine()).toContain(await ask());
      await removeAllOf(open.address);
    });

    test('says why a registry does not tell what a tag is', async () => {
      const ask = (reference: ImageReference, auth?: RegistryAuth): Promise<string> =>
        engine.registryDigest(reference, { auth }, never);
      expect(await failureOf(ask(inOpen('team/none:1')))).toMatchObject({ problem: 'missing' });
      expect(await failureOf(ask(named('127.0.0.1:9', 'team/x:1')))).toMatchObject({
        problem: 'unreachable',
      });
      expect(await failureOf(ask(inClosed('team/x:1')))).toMatchObject({ problem: 'denied' });
    });

    test.each([
      ['a tag that is not there', 'team/tools:none'],
      ['a repository that is not there', 'team/none:1'],
    ])('of %s says that it is missing', async (_what, name) => {
      expect(await failureOf(pull(inOpen(name)))).toMatchObject({ reason: 'notFound', problem: 'missing' });
    });

    test('from a registry that is not there says that it is not reached', async () => {
      expect(await failureOf(pull(named('127.0.0.1:9', 'team/x:1')))).toMatchObject({
        problem: 'unreachable',
        registry: '127.0.0.1:9',
      });
    });

    test('for a platform that the image is not made for says so', async () => {
      const pulling = engine.pullImage(inOpen('team/tools:1'), { platform: 'linux/riscv64' }, never);
      expect(await failureOf(drain(pulling))).toMatchObject({ problem: 'platform' });
      await removeAllOf(open.address);
    });

    test('that is cut off ends the engine’s work, and leaves no image', async () => {
      const abort = new AbortController();
      const before = gate.givenUp();
      const held = gate.hold();
      const pulling = failureOf(drain(engine.pullImage(named(gate.address, 'team/big:1'), {}, abort.signal)));
      await held;
      abort.abort();
      expect(await pulling).toMatchObject({ reason: 'cancelled' });
      gate.release();
      await waitFor(
        { what: 'the engine giving the layer up', deadlineMs: patienceMs },
        () => gate.givenUp() > before,
      );
      expect(await tags()).not.toContain(`${gate.address}/team/big:1`);
    });

    test('that is left by its reader ends the engine’s work too', async () => {
      const before = gate.givenUp();
      const held = gate.hold();
      for await (const { phase } of engine.pullImage(named(gate.address, 'team/big:1'), {}, never))
        if (phase === 'transferring') {
          await held;
          break;
        }
      gate.release();
      await waitFor(
        { what: 'the engine giving the layer up', deadlineMs: patienceMs },
        () => gate.givenUp() > before,
      );
    });
  });

  describe('push', () => {
    test('sends a tag, says of each layer how it goes, and what is there already', async () => {
      await pull(inOpen('team/big:1'));
      const copy = inOpen('copy/big:1');
      await engine.tagImage(`${open.address}/team/big:1`, copy, never);
      const summaries = stages(await push(copy));
      expect(summaries.at(-1)).toMatchObject({ layersDone: 2, layersTotal: 2, fraction: 1 });
      const again = await push(copy);
      expect(new Set(again.flatMap(({ phase }) => (phase === undefined ? [] : [phase])))).toContain(
        'existing',
      );
      await removeAllOf(open.address);
      await pull(copy);
      await removeAllOf(open.address);
    });

    test('of what the engine does not have fails, saying so', async () => {
      expect(await failureOf(push(inOpen('team/nothing:1')))).toMatchObject({
        name: 'EngineError',
        message: expect.stringContaining('does not exist locally') as string,
      });
    });

    test('that is cut off ends the engine’s work, and the registry has no such tag', async () => {
      await pull(inOpen('team/big:1'));
      const cut = named(gate.address, 'cut/big:1');
      await engine.tagImage(`${open.address}/team/big:1`, cut, never);
      const abort = new AbortController();
      const before = gate.givenUp();
      const held = gate.hold();
      const pushing = failureOf(drain(engine.pushImage(cut, {}, abort.signal)));
      await held;
      abort.abort();
      expect(await pushing).toMatchObject({ reason: 'cancelled' });
      gate.release();
      await waitFor(
        { what: 'the engine giving the layer up', deadlineMs: patienceMs },
        () => gate.givenUp() > before,
      );
      expect(await failureOf(pull(inOpen('cut/big:1')))).toMatchObject({ problem: 'missing' });
      await removeAllOf(open.address);
      await removeAllOf(gate.address);
    });
  });

  describe('tag', () => {
    test('gives an image one more name, and takes it away from another', async () => {
      const name = inOpen('team/name:1');
      const [hello, crash] = await Promise.all(
        ['quay/hello:1', 'quay/crash:1'].map((tag) => engine.read('image', tag, never)),
      );
      await engine.tagImage('quay/hello:1', name, never);
      expect((await engine.read('image', `${open.address}/team/name:1`, never)).id).toBe(hello?.id);
      await engine.tagImage(crash?.id ?? '', name, never);
      expect((await engine.read('image', `${open.address}/team/name:1`, never)).id).toBe(crash?.id);
      await removeAllOf(open.address);
    });

    test('of what is not there is not found', async () => {
      expect(await failureOf(engine.tagImage('qs-tr-none:1', inOpen('team/x:1'), never))).toMatchObject({
        reason: 'notFound',
      });
    });
  });

  describe('a registry that wants to know who asks', () => {
    const auth = (password: string): RegistryAuth => ({
      registry: closed.address,
      credential: { kind: 'password', username: user.name, password },
    });

    beforeAll(async () => {
      await engine.tagImage('quay/tools:1', inClosed('team/tools:1'), never);
    });

    test('refuses who does not say, and who says it wrong', async () => {
      const refused = { reason: 'unauthorized', problem: 'denied', registry: closed.address };
      for (const who of [undefined, auth('wrong')]) {
        expect(await failureOf(push(inClosed('team/tools:1'), who))).toMatchObject(refused);
        expect(await failureOf(pull(inClosed('team/tools:1'), who))).toMatchObject(refused);
      }
    });

    test('takes and gives for the right password', async () => {
      await push(inClosed('team/tools:1'), auth(user.password));
      const steps = await pull(inClosed('team/tools:1'), auth(user.password));
      expect(steps.some(({ isUpToDate }) => isUpToDate)).toBe(true);
      expect(await failureOf(pull(inClosed('team/none:1'), auth(user.password)))).toMatchObject({
        problem: 'missing',
      });
    });

    test('never sees a password of another one', async () => {
      const other = { ...auth(user.password), registry: open.address };
      expect(await failureOf(pull(inClosed('team/tools:1'), other))).toMatchObject({ problem: 'denied' });
    });

    test('is satisfied by a helper of the docker config', async () => {
      const bin = join(folder, 'bin');
      writeCredentialHelper(bin, 'bed', {
        [closed.address]: { Username: user.name, Secret: user.password },
      });
      writeFileSync(
        join(folder, 'config.json'),
        JSON.stringify({ credHelpers: { [closed.address]: 'bed' } }),
      );
      const logged: string[] = [];
      const log: Logger = { ...nullLogger, warn: (message) => logged.push(message) };
      const nothing = () => Promise.resolve(undefined);
      const credentials = new RegistryCredentials({ get: nothing, store: nothing, delete: nothing }, log, {
        env: { DOCKER_CONFIG: folder, PATH: `${bin}:/usr/bin:/bin` },
      });
      const found: RegistryAuth[] = [];
      for await (const { auth: each } of credentials.find(closed.address, never)) found.push(each);
      expect(found).toHaveLength(1);
      await pull(inClosed('team/tools:1'), found[0]);
      expect(readFileSync(join(bin, 'docker-credential-bed.asked'), 'utf8')).toBe(`get ${closed.address}\n`);
      expect(logged).toEqual([]);
    });
  });
});

function named(address: string, name: string): ImageReference {
  const reference = parseImageReference(`${address}/${name}`);
  if (reference === undefined) throw new Error(`${address}/${name} is no reference`);
  return reference;
}

async function collect(steps: AsyncIterable<TransferStep>): Promise<readonly TransferStep[]> {
  const collected: TransferStep[] = [];
  for await (const step of steps) collected.push(step);
  return collected;
}

/** What was known after each line. */
function stages(steps: readonly TransferStep[]): readonly TransferSummary[] {
  let transfer = emptyTransfer;
  return steps.map((step, index) => {
    transfer = reduceTransfer(transfer, step, index);
    return summarizeTransfer(transfer);
  });
}
