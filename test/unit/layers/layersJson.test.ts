import { expect, test } from 'vitest';
import { analyseExport } from '../../../src/layers/imageAnalysis.ts';
import { layersJson } from '../../../src/layers/layersJson.ts';
import { analyse, file, folder, gone, hardlink, opaque, symlink } from './files.ts';
import { dockerArchive, sha256 } from './imageBytes.ts';
import { inPieces, tar } from './tarBytes.ts';

test('has dive’s fields, and beside them what dive does not know', async () => {
  const layers = [
    [
      folder('d', { mode: 0o1777 }),
      file('d/a', 'one', { uid: 1, gid: 2, mode: 0o4755 }),
      symlink('l', 'd/a'),
    ],
    [gone('l'), opaque('d'), file('d/a', 'three'), hardlink('d/b', 'd/a')],
  ];
  const history = [
    { created_by: 'COPY . /' },
    { created_by: 'CMD x', empty_layer: true },
    { created_by: 'RUN y' },
  ];
  const image = await analyseExport(inPieces(dockerArchive({ layers, history })));
  const [first, second] = image.image.layers;
  expect(JSON.parse([...layersJson(image)].join(''))).toEqual({
    layer: [
      {
        index: 0,
        id: first?.path,
        digestId: `sha256:${sha256(tar(...(layers[0] ?? [])))}`,
        sizeBytes: 3,
        command: 'COPY . /',
        fileList: [
          // Go's modes: a sticky folder, a setuid file, a link.
          {
            path: 'd',
            typeFlag: 53,
            linkName: '',
            size: 0,
            fileMode: 2148532735,
            uid: 0,
            gid: 0,
            isDir: true,
          },
          {
            path: 'd/a',
            typeFlag: 48,
            linkName: '',
            size: 3,
            fileMode: 8389101,
            uid: 1,
            gid: 2,
            isDir: false,
          },
          {
            path: 'l',
            typeFlag: 50,
            linkName: 'd/a',
            size: 0,
            fileMode: 134218148,
            uid: 0,
            gid: 0,
            isDir: false,
          },
        ],
        removed: [],
        opaque: [],
      },
      {
        index: 1,
        id: second?.path,
        digestId: `sha256:${sha256(tar(...(layers[1] ?? [])))}`,
        sizeBytes: 5,
        command: 'RUN y',
        fileList: [
          { path: 'd/a', typeFlag: 48, linkName: '', size: 5, fileMode: 420, uid: 0, gid: 0, isDir: false },
          {
            path: 'd/b',
            typeFlag: 49,
            linkName: 'd/a',
            size: 0,
            fileMode: 420,
            uid: 0,
            gid: 0,
            isDir: false,
          },
        ],
        removed: ['l'],
        opaque: ['d'],
      },
    ],
    image: {
      sizeBytes: 8,
      inefficientBytes: 3,
      efficiencyScore: 0.625,
      userWastedRatio: 0.6,
      platform: 'linux/amd64',
      history: [
        { instruction: 'COPY . /', layer: 0 },
        { instruction: 'CMD x' },
        { instruction: 'RUN y', layer: 1 },
      ],
      fileReference: [
        {
          count: 1,
          sizeBytes: 3,
          file: '/d/a',
          copies: [{ layer: 0, hiddenBy: 1, reason: 'changed', sizeBytes: 3 }],
        },
      ],
    },
  });
});

test('is valid for an image of nothing, and comes in pieces for a large one', async () => {
  expect(JSON.parse([...layersJson(await analyse())].join(''))).toMatchObject({ layer: [] });
  const many = Array.from({ length: 12_000 }, (_, index) => file(`folder/file-${String(index)}`, ''));
  const pieces = [...layersJson(await analyse(many))];
  expect(pieces.length).toBeGreaterThan(1);
  expect(JSON.parse(pieces.join(''))).toMatchObject({ image: { sizeBytes: 0 } });
});
