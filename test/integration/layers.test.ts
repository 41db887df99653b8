import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/run.ts';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { readFileContent } from '../../src/layers/fileContent.ts';
import { analyseExport, type ImageAnalysis } from '../../src/layers/imageAnalysis.ts';
import { LayerWorker } from '../../src/layers/layerWorker.ts';
import type { LayerEntry } from '../../src/layers/layerEntry.ts';
import { rootPath } from '../../src/layers/pathTree.ts';
import { TarReader } from '../../src/archive/tarReader.ts';
import { TreeDiff } from '../../src/layers/treeDiff.ts';
import { findDuplicates } from '../../src/layers/waste.ts';
import { pathChanges } from '../../src/model/imageLayers.ts';
import type { OpenProgress } from '../../src/model/layerQuestions.ts';
import {
  type BedImage,
  engineJson,
  engineRequest,
  type FaultProxy,
  startEngine,
  stopEngine,
  waitFor,
} from '../bed/bed.ts';
import { describeBed, describeOwnBed, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* Images of real engines: what the engine's history and a container's files say of them, the analysis must say, too. */

const bedImages: readonly BedImage[] = ['busybox:latest', 'quay/tools:1', 'quay/web:1', 'quay/noshell:1'];

/** The steps of an image that has each of dive's cases, and some more; each is a layer. */
const steps: readonly string[] = [
  `mkdir -p /srv/rm /srv/opaque/sub /srv/own; cd /srv
   for f in rm/a rm/b opaque/old opaque/sub/old own/a own/b old.so linked same1; do head -c 20000 /dev/urandom > $f; done
   ln linked linked2; ln -s old.so short; cp same1 same2; printf 'first\\n' > text`,
  `cd /srv; rm -rf rm opaque; mkdir opaque; echo new > opaque/new; chown -R 5:6 own
   ln -sf text old.so; rm linked; chmod 4711 same1; printf 'second\\n' > text; touch -t 200001010000 same2`,
  `cd /srv; rm linked2 short; mkdir short; echo in > short/file; rm -rf opaque; printf 'x' > opaque`,
];

/** `word` tells apart what several suites make. */
function cases(open: () => { readonly sandbox: Sandbox; readonly engine: EnginePort }, word: string): void {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let image = '';
  let analysis: ImageAnalysis;

  beforeAll(async () => {
    ({ sandbox, engine } = open());
    image = 'busybox';
    for (const [index, script] of steps.entries()) {
      const id = await sandbox.run(`${word}-${String(index)}`, image, '--', 'sh', '-ec', script);
      expect(await engine.waitContainer(id, never), script).toBe(0);
      image = sandbox.name(`${word}:${String(index)}`);
      await sandbox.bed.cli(['commit', '--message', `step ${String(index)}`, id, image]);
    }
    analysis = await analyseExport(engine.exportImage(image, never));
  });

  test('shows what a container of the image has', async () => {
    expect(filesOf(analysis)).toEqual(await containerFiles(sandbox, image));
  });

  test('wastes what the layers hide, each copy once', () => {
    const own = analysis.wasted.filter(({ path }) => path.startsWith('srv/'));
    expect(
      own
        .flatMap(({ path, copies }) =>
          copies.map(({ layer, hiddenBy, reason, sizeBytes }) =>
            [path, layer, hiddenBy, reason, sizeBytes].join(' '),
          ),
        )
        .sort(),
    ).toEqual([
      'srv/linked 1 3 removed 20000',
      'srv/old.so 1 2 replaced 20000',
      'srv/opaque/new 2 3 removed 4',
      'srv/opaque/old 1 2 removed 20000',
      'srv/opaque/sub/old 1 2 removed 20000',
      'srv/own/a 1 2 metadata 20000',
      'srv/own/b 1 2 metadata 20000',
      'srv/rm/a 1 2 removed 20000',
      'srv/rm/b 1 2 removed 20000',
      'srv/same1 1 2 metadata 20000',
      'srv/same2 1 2 same 20000',
      'srv/text 1 2 changed 6',
    ]);
    const { files } = analysis;
    const shown = [...files.paths.from(rootPath)].reduce((sum, path) => {
      const entry = files.versions.newest(path)?.entry;
      return sum + (entry?.type === 'file' ? entry.sizeBytes : 0);
    }, 0);
    const { sizeBytes, waste } = analysis.layers;
    expect(waste.wastedBytes).toBe(sizeBytes - shown);
    expect(findDuplicates(files)).toContainEqual({
      sizeBytes: 20_000,
      paths: ['srv/same1', 'srv/same2'],
    });
  });

  test('tells what each layer did', () => {
    const changes = (layer: number): string[] =>
      new TreeDiff(
        { files: analysis.files, layer: layer - 1 },
        { files: analysis.files, layer },
        { text: 'srv/', changes: pathChanges },
      )
        .differences(0, 1000)
        .rows.map(({ path, change }) => `${change} ${path.slice('srv/'.length)}`);
    expect(changes(3)).toEqual([
      'removed linked2',
      'changed opaque',
      'removed opaque/new',
      'changed short',
      'added short/file',
    ]);
    expect(changes(2)).toContain('rewritten same2');
    expect(changes(2)).toContain('removed opaque/sub/old');
  });

  test('opens a file as each layer has it', async () => {
    const open = async (layer: number): Promise<string> => {
      const { path, content } = analysis.image.layers[layer] ?? { path: '', content: { entries: [] } };
      const id = analysis.files.paths.find('srv/text');
      const entry = [...content.entries].find((each) => each.path === id);
      if (entry === undefined) throw new Error(`layer ${String(layer)} has no such file`);
      const file = { path: 'srv/text', sizeBytes: entry.sizeBytes, digest: entry.digest };
      const bytes = await readFileContent(() => engine.exportImage(image, never), path, file, 1000);
      return Buffer.from(bytes).toString();
    };
    expect([await open(1), await open(2)]).toEqual(['first\n', 'second\n']);
  });

  test('compares two images', async () => {
    const other = await analyseExport(engine.exportImage(sandbox.name(`${word}:1`), never));
    const diff = new TreeDiff(
      { files: other.files, layer: 2 },
      { files: analysis.files, layer: 3 },
      { text: '', changes: undefined },
    );
    expect(diff.total.counts).toEqual({ added: 1, changed: 1, rewritten: 0, removed: 2 });
    expect(diff.differences(0, 100).rows.map(({ path }) => path)).toEqual([
      'srv/linked2',
      'srv/opaque',
      'srv/opaque/new',
      'srv/short',
      'srv/short/file',
    ]);
  });
}

describeBed.each(kinds)('layers of images of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let proxy: FaultProxy;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-ly');
    proxy = await sandbox.proxy();
    engine = await sandbox.connect(proxy.socket);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  test.each(bedImages)('%s has the engine’s history, sizes and files', async (image) => {
    const analysis = await analyseExport(engine.exportImage(image, never));
    const { layers, image: exported } = analysis;
    // The engine's disk has the text of a symbolic link, too.
    const linkBytes = exported.layers.map(({ content }) =>
      [...content.entries].reduce(
        (sum, { type, linkTarget }) => sum + (type === 'symlink' ? linkTarget.length : 0),
        0,
      ),
    );
    const sizeOf = (layer: number): number =>
      (layers.layers[layer]?.sizeBytes ?? Number.NaN) + (linkBytes[layer] ?? Number.NaN);
    expect(
      layers.steps.map(({ instruction, createdAt, layer }) => ({
        instruction,
        createdAt,
        sizeBytes: layer === undefined ? 0 : sizeOf(layer),
      })),
    ).toEqual(await historyOf(sandbox, image));
    expect(filesOf(analysis)).toEqual(await containerFiles(sandbox, image));
  });

  describe('exportImage', () => {
    test('is asked for by tag or by id; what is not there is not found', async () => {
      const { id } = await engine.read('image', 'quay/web:1', never);
      const byId = await analyseExport(engine.exportImage(id, never));
      expect(byId.layers).toEqual((await analyseExport(engine.exportImage('quay/web:1', never))).layers);
      for (const missing of ['qs-ly-none:1', `sha256:${'0'.repeat(64)}`])
        expect(await failureOf(analyseExport(engine.exportImage(missing, never)))).toMatchObject({
          name: 'EngineError',
          reason: 'notFound',
        });
    });

    test('leaves no connection, stopped by the reader or by the signal', async () => {
      for await (const piece of engine.exportImage('quay/tools:1', never)) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
      const abort = new AbortController();
      const reading = (async () => {
        for await (const _piece of engine.exportImage('quay/tools:1', abort.signal)) abort.abort();
      })();
      expect(await failureOf(reading)).toMatchObject({ reason: 'cancelled' });
      // What is kept alive between calls is not left open by one.
      engine.dispose();
      await waitFor(
        { what: 'all connections closed', deadlineMs: patienceMs },
        () => proxy.openConnections() === 0,
      );
      engine = await sandbox.connect(proxy.socket);
    });

    test('that is cut off in the middle is an error, not a small image', async () => {
      await proxy.setMode({ kind: 'cut', afterBytes: 300_000 });
      expect(await failureOf(analyseExport(engine.exportImage('quay/tools:1', never)))).toMatchObject({
        name: 'EngineError',
        reason: 'unreachable',
      });
      await proxy.setMode({ kind: 'pass' });
    });
  });

  describe('a committed image', () => {
    cases(() => ({ sandbox, engine }), 'commit');
  });

  describe('the thread that reads them', () => {
    const progress: OpenProgress[] = [];
    const copies = mkdtempSync(join(tmpdir(), 'quayside-copies-'));
    let worker: LayerWorker;

    beforeAll(() => {
      worker = new LayerWorker({
        path: join(root, 'src/layers/worker.ts'),
        start: { endpoint: { kind: 'socket', path: sandbox.bed.socket }, copyFolder: copies },
        onProgress: (step) => progress.push(step),
        onBroken: (error) => {
          throw error;
        },
      });
    });

    afterAll(() => {
      worker.dispose();
    });

    test('answers what a panel asks', async () => {
      const { imageId, layers } = await worker.ask('open', { image: 'quay/tools:1' }, never);
      const analysis = await analyseExport(engine.exportImage(imageId, never));
      expect(layers).toEqual(analysis.layers);
      expect(progress[0]).toMatchObject({ imageId, expectedBytes: expect.any(Number) as number });
      const [before, after] = [-1, layers.layers.length - 1].map((layer) => ({ imageId, layer }));
      if (before === undefined || after === undefined) throw new Error('no states');
      const filter = { text: '', changes: undefined };
      const folding = { isOpen: true, except: ['data/numbers'] };
      const tree = await worker.ask(
        'tree',
        { before, after, filter, sort: 'size', folding, first: 0, count: 2 },
        never,
      );
      expect(tree.rows).toMatchObject([
        { path: 'data', level: 1, isOpen: true },
        { path: 'data/blob.bin', sizeBytes: 3_000_000, change: 'added', level: 2, place: 0, siblings: 11 },
      ]);
      const file = await worker.ask('file', { state: after, path: 'data/numbers/file-042.txt' }, never);
      expect(Buffer.from(file).toString()).toBe('42\n');
      expect(readdirSync(copies)).toHaveLength(1);
      const other = await worker.ask('file', { state: after, path: 'data/numbers/file-007.txt' }, never);
      expect(Buffer.from(other).toString()).toBe('7\n');
    });

    test('says what is wrong, as the engine or the reader does, and what was given up', async () => {
      expect(await failureOf(worker.ask('open', { image: 'qs-ly-none:1' }, never))).toMatchObject({
        name: 'EngineError',
        reason: 'notFound',
      });
      const part = { imageId: 'none', first: 0, count: 1 };
      expect(await failureOf(worker.ask('waste', part, never))).toMatchObject({
        name: 'ArchiveError',
        problem: 'notFound',
      });
      const abort = new AbortController();
      const opening = failureOf(worker.ask('open', { image: 'quay/web:1' }, abort.signal));
      abort.abort();
      expect(await opening).toMatchObject({ name: 'EngineError', reason: 'cancelled' });
    });

    test('fails what is asked once it has ended', async () => {
      const other = new LayerWorker({
        path: join(root, 'src/layers/worker.ts'),
        start: { endpoint: { kind: 'socket', path: sandbox.bed.socket }, copyFolder: copies },
        onProgress: () => undefined,
        onBroken: () => undefined,
      });
      const waiting = failureOf(other.ask('open', { image: 'quay/web:1' }, never));
      other.dispose();
      expect(await waiting).toMatchObject({ message: 'the layers are closed' });
      expect(await failureOf(other.ask('open', { image: 'quay/web:1' }, never))).toMatchObject({
        message: 'the layers are closed',
      });
      await expect.poll(() => existsSync(copies)).toBe(false);
    });
  });
});

/* The containerd image store exports layers as they are stored: packed. */

const run = 'layer-store';

describeOwnBed('layers of images in the containerd image store', () => {
  let sandbox: Sandbox;
  let engine: EnginePort;

  beforeAll(async () => {
    const daemonSettings = { features: { 'containerd-snapshotter': true } };
    sandbox = Sandbox.of(await startEngine('new', { name: run, daemonSettings }), 'qs-ls');
    engine = await sandbox.connect();
  });

  afterAll(async () => {
    await sandbox.close();
    await stopEngine('new', run, { deleteData: true });
  });

  test.each(bedImages)('%s has the engine’s history and files', async (image) => {
    const analysis = await analyseExport(engine.exportImage(image, never));
    expect(analysis.layers.steps.map(({ instruction }) => instruction)).toEqual(
      (await historyOf(sandbox, image)).map(({ instruction }) => instruction),
    );
    expect(filesOf(analysis)).toEqual(await containerFiles(sandbox, image));
  });

  describe('a committed image', () => {
    cases(() => ({ sandbox, engine }), 'commit');
  });

  test.each(['gzip', 'zstd', 'estargz'])(
    'a built image with an attestation and %s layers',
    async (packing) => {
      const image = sandbox.name(`built-${packing}:1`);
      const output = `type=image,name=${image},compression=${packing},force-compression=true,oci-mediatypes=true`;
      await sandbox.bed.cli(['buildx', 'build', '--provenance=true', '--output', output, '-'], {
        input:
          'FROM busybox\nRUN mkdir /srv && seq 100000 > /srv/numbers\nRUN rm /srv/numbers && echo x > /srv/x\n',
      });
      const analysis = await analyseExport(engine.exportImage(image, never));
      expect(analysis.wasted.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
        ['srv/numbers', 588_895],
      ]);
      expect(filesOf(analysis)).toEqual(await containerFiles(sandbox, image));
    },
  );
});

interface Step {
  readonly instruction: string;
  readonly createdAt: number;
  readonly sizeBytes: number;
}

/** What the engine says, the oldest first. */
async function historyOf(sandbox: Sandbox, image: string): Promise<readonly Step[]> {
  const raw = (await engineJson(sandbox.bed.socket, `/images/${image}/history`)) as readonly {
    readonly CreatedBy: string;
    readonly Created: number;
    readonly Size: number;
  }[];
  return raw
    .map(({ CreatedBy, Created, Size }) => ({
      instruction: CreatedBy,
      createdAt: Created * 1000,
      sizeBytes: Size,
    }))
    .reverse();
}

/** The files of a container that was never started, but for those that the engine puts into each. */
async function containerFiles(sandbox: Sandbox, image: string): Promise<readonly string[]> {
  const id = await sandbox.create(`files-${image.replace(/\W+/g, '-')}`, image, '--', 'true');
  const { body } = await engineRequest(sandbox.bed.socket, `/containers/${id}/export`);
  const files: string[] = [];
  const reader = new TarReader({
    entry(entry) {
      files.push(line(entry.path, entry));
    },
    content: () => undefined,
    entryEnd: () => undefined,
  });
  reader.push(body);
  reader.end();
  return files.filter(isImages).sort();
}

function filesOf({ files: { paths, versions } }: ImageAnalysis): readonly string[] {
  return [...paths.from(rootPath)]
    .flatMap((path) => {
      const entry = versions.newest(path)?.entry;
      return entry === undefined ? [] : [line(paths.text(path), entry)];
    })
    .filter(isImages)
    .sort();
}

type Facts = Pick<LayerEntry, 'type' | 'sizeBytes' | 'mode' | 'uid' | 'gid' | 'linkTarget'>;

function line(path: string, { type, sizeBytes, mode, uid, gid, linkTarget }: Facts): string {
  const facts = [mode.toString(8), uid, gid].join(' ');
  // Which name of a file is a link to which is the archive's choice.
  if (type === 'hardlink' || path.startsWith('srv/linked')) return `${path} ${facts}`;
  return [path, type, sizeBytes, facts, linkTarget].join(' ');
}

/** What an engine makes in each container is not the image's: mount points, files of its own, the root. */
function isImages(file: string): boolean {
  return !/^(|\.dockerenv|etc|etc\/(hosts|hostname|resolv\.conf|mtab)|(dev|proc|sys)(\/\S*)?) /.test(file);
}
