import { zstdCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseExport, type ImageAnalysis } from '../../../src/layers/imageAnalysis.ts';
import { toPathEntry } from '../../../src/layers/layerEntry.ts';
import { rootPath } from '../../../src/layers/pathTree.ts';
import { analyse, entryAt, file, folder, gone, hardlink, symlink } from './files.ts';
import { dockerArchive, ociLayout, type Packing, sha256, type Spec } from './imageBytes.ts';
import { archiveEnd, inPieces, tar, tarEntry } from './tarBytes.ts';
import { zstdOf } from './zstdBytes.ts';

const spec: Spec = {
  layers: [
    [folder('bin'), file('bin/sh', 3000), symlink('bin/ash', 'sh'), hardlink('bin/bash', 'bin/sh')],
    [file('etc/motd', 'hello\n'), gone('bin/ash')],
    [],
  ],
  history: [
    { created: '2026-01-01T00:00:00Z', created_by: 'ADD rootfs.tar /' },
    { created_by: 'ENV A=b', empty_layer: true },
    { created: '2026-01-02T00:00:00Z', created_by: 'RUN echo hello > /etc/motd' },
    { created_by: 'RUN true' },
  ],
};

async function failure(bytes: Buffer): Promise<unknown> {
  return analyseExport(inPieces(bytes)).then(
    () => 'read it',
    (error: unknown) => error,
  );
}

/** All that is known of the image, to compare. */
function flat({ files, layers, wasted }: ImageAnalysis): unknown {
  const paths = [...files.paths.from(rootPath)].flatMap((path) => {
    const versions = [...files.versions.history(path)].map(({ version: { layer, entry } }) => ({
      layer,
      entry: entry && {
        ...toPathEntry(entry),
        digest: entry.digest,
        linked: entry.linked && files.paths.text(entry.linked.path),
      },
    }));
    return versions.length === 0 ? [] : [{ path: files.paths.text(path), versions }];
  });
  return { layers, wasted, paths: paths.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

const forms: readonly (readonly [string, (packing: Packing) => Buffer])[] = [
  ['a docker-archive', (packing) => dockerArchive({ ...spec, packing })],
  ['an OCI layout', (packing) => ociLayout({ ...spec, packing })],
  [
    'an OCI layout that begins with its index',
    (packing) => ociLayout({ ...spec, packing }, { isManifestFirst: true }),
  ],
  [
    'an OCI layout with docker’s manifest',
    (packing) => ociLayout({ ...spec, packing }, { hasDockerManifest: true }),
  ],
];

describe.each(forms)('%s', (_name, make) => {
  test.each<Packing>(['none', 'gzip', 'zstd'])('with layers packed by %s', async (packing) => {
    const image = await analyseExport(inPieces(make(packing)));
    expect(image.layers).toMatchObject({
      platform: 'linux/amd64',
      sizeBytes: 3006,
      layers: [
        { sizeBytes: 3000, changes: { added: 3, changed: 0, rewritten: 0, removed: 0 } },
        { sizeBytes: 6, changes: { added: 1, changed: 0, rewritten: 0, removed: 1 } },
        { sizeBytes: 0, changes: { added: 0, changed: 0, rewritten: 0, removed: 0 } },
      ],
      steps: [
        { instruction: 'ADD rootfs.tar /', createdAt: Date.UTC(2026, 0, 1), layer: 0 },
        { instruction: 'ENV A=b', createdAt: undefined, layer: undefined },
        { instruction: 'RUN echo hello > /etc/motd', createdAt: Date.UTC(2026, 0, 2), layer: 1 },
        { instruction: 'RUN true', layer: 2 },
      ],
    });
    const [first, second] = spec.layers.map((layer) => tar(...(Buffer.isBuffer(layer) ? [] : layer)));
    expect(image.layers.layers.slice(0, 2).map(({ diffId }) => diffId)).toEqual(
      [first, second].map((bytes) => `sha256:${sha256(bytes ?? Buffer.alloc(0))}`),
    );
    expect(entryAt(image, 'bin/bash')).toMatchObject({ type: 'hardlink', sizeBytes: 3000 });
    expect(entryAt(image, 'bin/ash')).toBeUndefined();
  });
});

describe('reading an export', () => {
  test('gives the same whatever pieces it comes in', async () => {
    const whole = forms.flatMap(([, make]) => [make('none'), make('gzip'), make('zstd')]);
    const expected = flat(await analyseExport(inPieces(whole[0] ?? Buffer.alloc(0))));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), fc.integer({ min: 1, max: 3000 }), async (bytes, size) => {
        expect(flat(await analyseExport(inPieces(bytes, size)))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('a layer that comes twice in an old export is a link there', async () => {
    const same = [file('a', 10)];
    const { layers } = await analyseExport(inPieces(dockerArchive({ layers: [same, [file('b')], same] })));
    expect(layers.layers.map(({ sizeBytes }) => sizeBytes)).toEqual([10, 1, 10]);
    expect(layers.layers[2]?.changes).toMatchObject({ rewritten: 1 });
  });

  test('packed layers of several frames, as lazily pulled images have them, are read whole', async () => {
    const bytes = tar(file('a', 700), file('b', 900));
    for (const pack of [gzipSync, zstdCompressSync])
      for (const pieceBytes of [64_000, 100]) {
        const packed = Buffer.concat([pack(bytes.subarray(0, 600)), pack(bytes.subarray(600))]);
        const image = await analyseExport(inPieces(dockerArchive({ layers: [packed] }), pieceBytes));
        expect(image.layers.layers[0]).toMatchObject({ sizeBytes: 1600, changes: { added: 2 } });
      }
  });

  test('tells how many bytes it has read', async () => {
    const bytes = dockerArchive(spec);
    const seen: number[] = [];
    await analyseExport(inPieces(bytes, 1000), (readBytes) => seen.push(readBytes));
    expect(seen.slice(0, 2)).toEqual([1000, 2000]);
    expect(seen.at(-1)).toBe(bytes.length);
  });

  test('finds the image among attestations and platforms that are not there', async () => {
    const layer = { digest: `sha256:${'0'.repeat(64)}` };
    const others = [
      // Named, not there.
      {
        descriptor: { digest: `sha256:${'1'.repeat(64)}`, platform: { os: 'linux', architecture: 'arm64' } },
      },
      // The manifest is there, its layers are not.
      { descriptor: {}, manifest: { config: layer, layers: [layer] } },
      {
        descriptor: { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
        manifest: { config: layer, layers: [] },
      },
    ];
    for (const isNested of [false, true]) {
      const image = await analyseExport(inPieces(ociLayout(spec, { others, isNested })));
      expect(image.layers.layers).toHaveLength(3);
    }
  });

  test('a history that does not fit the layers is not guessed at', async () => {
    const image = await analyseExport(
      inPieces(dockerArchive({ ...spec, history: [{ created_by: 'FROM x' }] })),
    );
    expect(image.layers.steps).toEqual(
      [0, 1, 2].map((layer) => ({ instruction: '', createdAt: undefined, layer })),
    );
  });

  test('an image without layers has none', async () => {
    const image = await analyseExport(inPieces(dockerArchive({ layers: [] })));
    expect(image.layers).toMatchObject({ layers: [], steps: [], sizeBytes: 0, waste: { efficiency: 1 } });
  });

  describe('refuses', () => {
    const config = { name: 'c.json', content: '{}' };
    const manifest = (value: unknown) => ({ name: 'manifest.json', content: JSON.stringify(value) });
    const packed = gzipSync(
      tar(file('a', 5000, { content: Buffer.from(sha256(Buffer.alloc(1)).repeat(80)) })),
    );
    const broken = Buffer.from(packed);
    broken.fill(0xff, 60, 90);
    test.each<[string, string, Buffer]>([
      ['an archive without an image', 'noImage', tar(file('a'))],
      ['an empty archive', 'noImage', tar()],
      ['an image without its configuration', 'noImage', tar(manifest([{ Config: 'c.json', Layers: [] }]))],
      ['one without a layer', 'noImage', tar(config, manifest([{ Config: 'c.json', Layers: ['l.tar'] }]))],
      [
        'a layer that is a configuration',
        'noImage',
        tar(config, manifest([{ Config: 'c.json', Layers: ['c.json/x'] }])),
      ],
      ['a manifest that is no JSON', 'damaged', tar({ name: 'manifest.json', content: '[{' })],
      ['an end in the middle', 'truncated', dockerArchive(spec).subarray(0, 4000)],
      ['a layer cut short', 'truncated', dockerArchive({ layers: [tar(file('a', 2000)).subarray(0, 1000)] })],
      [
        'a packed layer cut short',
        'truncated',
        dockerArchive({ layers: [packed.subarray(0, packed.length - 20)] }),
      ],
      ['a packed layer that is damaged', 'damaged', dockerArchive({ layers: [broken] })],
      ['a path out of a layer', 'unsafe', dockerArchive({ layers: [[file('../../x')]] })],
      [
        'a path out of a packed layer',
        'unsafe',
        dockerArchive({ layers: [[file('../../x')]], packing: 'gzip' }),
      ],
      [
        'a path out of a packed layer behind much else',
        'unsafe',
        dockerArchive({ layers: [[file('much', 500_000), file('../../x')]], packing: 'gzip' }),
      ],
      ['a link out of the archive', 'unsafe', tar(symlink('a', '../../x'))],
      ['what is no archive', 'damaged', Buffer.from('{"message":"no such image"}'.repeat(40))],
    ])('%s', async (_what, problem, bytes) => {
      expect(await failure(bytes)).toMatchObject({ name: 'ArchiveError', problem });
    });
  });

  test('links to anywhere on the machine are texts, and absolute names are the layer’s own', async () => {
    const image = await analyse([
      symlink('passwd', '/etc/passwd'),
      symlink('up', '../../../x'),
      file('/etc/a'),
    ]);
    expect(entryAt(image, 'passwd')).toMatchObject({ type: 'symlink', linkTarget: '/etc/passwd' });
    expect(entryAt(image, 'up')).toMatchObject({ linkTarget: '../../../x' });
    expect(entryAt(image, 'etc/a')).toMatchObject({ type: 'file' });
  });

  test('four gigabytes of zeros in some kilobytes are counted, not kept', { timeout: 120_000 }, async () => {
    const sizeBytes = 4 * 2 ** 30;
    const header = tarEntry({ name: 'zeros', sizeBytes });
    const packed = zstdOf(header, sizeBytes + archiveEnd.length);
    expect(packed.length).toBeLessThan(200_000);
    const manifest = [{ Config: 'c.json', Layers: ['l.tar'] }];
    const { layers } = await analyseExport(
      inPieces(
        tar(
          { name: 'c.json', content: JSON.stringify({ rootfs: { diff_ids: ['sha256:0'] } }) },
          { name: 'l.tar', content: packed },
          { name: 'manifest.json', content: JSON.stringify(manifest) },
        ),
      ),
    );
    expect(layers.sizeBytes).toBe(sizeBytes);
  });

  test('a folder of a hundred thousand entries is read', async () => {
    const names = Array.from({ length: 100_000 }, (_, at) => file(`d/f${String(at)}`));
    const { files, layers } = await analyse(names);
    expect([...files.paths.children(files.paths.find('d') ?? rootPath)]).toHaveLength(100_000);
    expect(layers.layers[0]?.changes.added).toBe(100_000);
  });

  test('an error of the stream is the reader’s', async () => {
    const stream = (async function* () {
      yield* inPieces(dockerArchive(spec).subarray(0, 3000));
      throw new Error('the engine went away');
    })();
    await expect(analyseExport(stream)).rejects.toThrow('the engine went away');
  });
});
