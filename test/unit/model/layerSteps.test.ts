import { describe, expect, test } from 'vitest';
import type { ImageLayers } from '../../../src/model/imageLayers.ts';
import { instructionText } from '../../../src/model/instructionText.ts';
import {
  lastState,
  lastStepWithLayer,
  layerOfStep,
  sharedLayers,
  statesOfStep,
  stepOfLayer,
} from '../../../src/model/layerSteps.ts';
import { layersKey, readLayersTarget } from '../../../src/model/layersTarget.ts';
import { modeText } from '../../../src/model/modeText.ts';

function image(diffIds: readonly string[], layersOfSteps: readonly (number | undefined)[]): ImageLayers {
  const changes = { added: 0, changed: 0, rewritten: 0, removed: 0 };
  return {
    platform: '',
    layers: diffIds.map((diffId) => ({ diffId, sizeBytes: 1, changes, hiddenBytes: 0, hidingBytes: 0 })),
    steps: layersOfSteps.map((layer) => ({ instruction: '', createdAt: undefined, layer })),
    sizeBytes: 1,
    waste: { wastedBytes: 0, efficiency: 1, userWastedRatio: 0 },
    hidings: [],
  };
}

describe('the steps of an image', () => {
  const layers = image(['a', 'b'], [undefined, 0, undefined, 1, undefined]);
  const open = { imageId: 'i', layers };

  test('lie between two states, or change none', () => {
    const states = (step: number): number[] => {
      const { before, after } = statesOfStep(open, step);
      return [before.layer, after.layer];
    };
    expect([0, 1, 2, 3, 4].map(states)).toEqual([
      [-1, -1],
      [-1, 0],
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
    expect(lastState(open)).toEqual({ imageId: 'i', layer: 1 });
  });

  test('and its layers are found by each other', () => {
    expect(lastStepWithLayer(layers)).toBe(3);
    expect(lastStepWithLayer(image([], []))).toBe(0);
    expect(stepOfLayer(layers, 1)).toBe(3);
    expect(layerOfStep(layers, 3)?.diffId).toBe('b');
    expect(layerOfStep(layers, 2)).toBeUndefined();
  });

  test('two images share layers from the lowest on', () => {
    expect(sharedLayers(image(['a', 'b', 'c'], []), image(['a', 'b', 'd'], []))).toBe(2);
    expect(sharedLayers(image(['a'], []), image(['a', 'b'], []))).toBe(1);
    expect(sharedLayers(image(['', 'b'], []), image(['', 'b'], []))).toBe(0);
  });
});

test.each([
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
  ['/bin/sh -c #(nop) ADD file:1 in / ', 'ADD file:1 in /'],
  ['/bin/sh -c make', 'RUN make'],
  ['RUN /bin/sh -c make all # buildkit', 'RUN make all'],
  ['RUN |1 A=b c /bin/sh -c make # buildkit', 'RUN make'],
  ['|1 A=b /bin/sh -c make', 'RUN make'],
  ['COPY . . # buildkit', 'COPY . .'],
  ['RUN /bin/bash -o pipefail -c make # buildkit', 'RUN /bin/bash -o pipefail -c make'],
  ['', ''],
])('the step %j reads %j', (createdBy, text) => {
  expect(instructionText(createdBy)).toBe(text);
});

test.each([
  [{ type: 'file', mode: 0o644 }, '-rw-r--r--'],
  [{ type: 'file', mode: 0o4755 }, '-rwsr-xr-x'],
  [{ type: 'hardlink', mode: 0o2644 }, '-rw-r-Sr--'],
  [{ type: 'directory', mode: 0o1777 }, 'drwxrwxrwt'],
  [{ type: 'symlink', mode: 0o777 }, 'lrwxrwxrwx'],
] as const)('%j reads %s', (entry, text) => {
  expect(modeText(entry)).toBe(text);
});

describe('what a panel of layers shows', () => {
  const one = { ref: 'e/image/sha256:a', name: 'web:1' };
  const other = { ref: 'e/image/sha256:b', name: 'web:2' };

  test('is read from what a page kept', () => {
    const target = readLayersTarget([one, other]);
    expect(target?.map(({ name }) => name)).toEqual(['web:1', 'web:2']);
    expect(target && layersKey(target)).toBe('e/image/sha256:a e/image/sha256:b');
  });

  test.each([
    [[]],
    [[one, other, one]],
    [[{ ...one, ref: 'e/container/c' }]],
    [[one, { ...other, ref: 'lab/image/sha256:b' }]],
    [[{ ...one, ref: 'nothing' }]],
  ])('unless it names none: %j', (images) => {
    expect(readLayersTarget(images)).toBeUndefined();
  });
});
