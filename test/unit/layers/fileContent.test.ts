import { describe, expect, test } from 'vitest';
import { type LayerFile, readFileContent } from '../../../src/layers/fileContent.ts';
import { analyseExport, type ImageAnalysis } from '../../../src/layers/imageAnalysis.ts';
import { file, folder } from './files.ts';
import { dockerArchive, ociLayout, type Packing, type Spec } from './imageBytes.ts';
import { inPieces, pax, tar } from './tarBytes.ts';

const spec: Spec = {
  layers: [
    [file('a', 'first'), file('big', 200_000)],
    [
      folder('d'),
      file('d/a', 'in a folder'),
      file('a', 'second'),
      file('empty', ''),
      file('twice', 'one'),
      file('twice', 'two'),
    ],
    [file('z', 300_000)],
  ],
};

function fileOf(image: ImageAnalysis, layer: number, path: string): LayerFile {
  const id = image.files.paths.find(path);
  const entry = [...(image.image.layers[layer]?.content.entries ?? [])].findLast((each) => each.path === id);
  if (entry === undefined) throw new Error(`${path} is not in layer ${String(layer)}`);
  return { path, sizeBytes: entry.sizeBytes, digest: entry.digest };
}

interface Opened {
  readonly content: string;
  /** Of the export. */
  readonly readBytes: number;
}

async function open(
  bytes: Buffer,
  layer: number,
  path: string,
  later = bytes,
  maxBytes = 1_000_000,
): Promise<Opened> {
  const image = await analyseExport(inPieces(bytes));
  let readBytes = 0;
  const again = async function* () {
    for await (const piece of inPieces(later, 1000)) {
      readBytes += piece.length;
      yield piece;
    }
  };
  const where = image.image.layers[layer]?.path ?? '';
  const content = await readFileContent(again, where, fileOf(image, layer, path), maxBytes);
  return { content: Buffer.from(content).toString(), readBytes };
}

describe('readFileContent', () => {
  test.each<Packing>(['none', 'gzip', 'zstd'])(
    'reads a file as a layer has it, packed by %s',
    async (packing) => {
      for (const bytes of [dockerArchive({ ...spec, packing }), ociLayout({ ...spec, packing })]) {
        expect((await open(bytes, 0, 'a')).content).toBe('first');
        expect((await open(bytes, 1, 'a')).content).toBe('second');
        expect((await open(bytes, 1, 'd/a')).content).toBe('in a folder');
        expect((await open(bytes, 1, 'empty')).content).toBe('');
        expect((await open(bytes, 2, 'z')).content).toHaveLength(300_000);
      }
    },
  );

  test('stops as soon as it has it', async () => {
    const bytes = dockerArchive(spec);
    expect((await open(bytes, 0, 'a')).readBytes).toBeLessThan(5000);
    const { readBytes } = await open(bytes, 1, 'a');
    expect(readBytes).toBeGreaterThan(200_000);
    expect(readBytes).toBeLessThan(220_000);
  });

  test('of a path that comes twice in a layer it reads what counts', async () => {
    expect((await open(dockerArchive(spec), 1, 'twice')).content).toBe('two');
  });

  test('refuses what is too big before it asks for anything', async () => {
    await expect(open(dockerArchive(spec), 0, 'big', undefined, 199_999)).rejects.toMatchObject({
      name: 'ArchiveError',
      problem: 'tooBig',
      message: 'big has 200 kB; up to 200 kB are opened',
    });
  });

  test('an export that has the file no longer is an error', async () => {
    const without = [
      dockerArchive({ layers: [] }),
      dockerArchive({ layers: [[file('other')], [file('other')], [file('other')]] }),
      dockerArchive({ layers: [[file('a', 'fresh')], [file('b')]] }),
    ];
    for (const later of without)
      await expect(open(dockerArchive(spec), 0, 'a', later)).rejects.toMatchObject({ problem: 'notFound' });
  });

  test('a sparse file is not given as if it were whole', async () => {
    const layer = tar(pax({ 'GNU.sparse.realsize': '9000' }), file('s', 'map and data'));
    await expect(open(dockerArchive({ layers: [layer] }), 0, 's')).rejects.toMatchObject({
      problem: 'unsupported',
    });
  });

  test('a damaged layer is an error, not a wait', async () => {
    const bytes = dockerArchive({ ...spec, packing: 'gzip' });
    const later = Buffer.from(bytes);
    // In the first layer's content: its folder's entries come before it.
    const at = later.indexOf(Buffer.from([0x1f, 0x8b]));
    later.fill(0xff, at + 20, at + 60);
    await expect(open(bytes, 0, 'big', later)).rejects.toMatchObject({ problem: 'damaged' });
  });
});
