import { describe, expect, test } from 'vitest';
import {
  isImagePart,
  isLayersPageState,
  isLocateRequest,
  isOpenPath,
  isTreeRequest,
  type LayersPageState,
} from '../../../src/protocol/layers.ts';

const state = { imageId: 'sha256:a', layer: -1 };
const tree = {
  before: state,
  after: { imageId: 'sha256:a', layer: 3 },
  filter: { text: 'etc', changes: ['added'] },
  sort: 'name',
  folding: { isOpen: true, except: ['usr/lib'] },
  first: 0,
  count: 100,
};

const kept: LayersPageState = {
  version: 1,
  target: { images: [{ ref: 'e/image/sha256:a', name: 'web:1' }] },
  step: undefined,
  scope: 'changes',
  tab: 'files',
  text: '',
  hidden: ['removed'],
  sort: 'size',
};

describe('what a page of layers says', () => {
  test('is taken as it should be', () => {
    expect(isTreeRequest(tree)).toBe(true);
    expect(isTreeRequest({ ...tree, filter: { text: '' } })).toBe(true);
    expect(isLocateRequest({ ...tree, path: 'etc/passwd' })).toBe(true);
    expect(isImagePart({ imageId: 'a', first: 5, count: 5 })).toBe(true);
    expect(isOpenPath({ before: state, after: state, path: 'a', isPlain: false })).toBe(true);
  });

  test.each([
    { ...tree, count: 100_000 },
    { ...tree, first: -1 },
    { ...tree, sort: 'owner' },
    { ...tree, before: { imageId: 'a', layer: 0.5 } },
    { ...tree, filter: { text: 'x'.repeat(5000), changes: undefined } },
    { ...tree, filter: { text: '', changes: ['moved'] } },
    { ...tree, folding: { isOpen: true, except: Array.from({ length: 10_001 }, String) } },
    undefined,
  ])('and refused otherwise: %#', (request) => {
    expect(isTreeRequest(request)).toBe(false);
  });
});

describe('what a page of layers keeps', () => {
  test('is read again', () => {
    expect(isLayersPageState(JSON.parse(JSON.stringify(kept)))).toBe(true);
  });

  test.each([
    { ...kept, version: 2 },
    { ...kept, tab: 'rules' },
    { ...kept, step: -1 },
    { ...kept, target: { images: [1] } },
    { ...kept, target: { images: [...kept.target.images, ...kept.target.images, ...kept.target.images] } },
    null,
  ])('unless it is of another version or none: %#', (other) => {
    expect(isLayersPageState(other)).toBe(false);
  });
});
