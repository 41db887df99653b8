import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newImageFiles } from '../../../src/layers/imageFiles.ts';
import type { EntryFacts, LayerEntry } from '../../../src/layers/layerEntry.ts';

/* The tables against what they stand for: an object for each entry, and for each path a list of its versions. */

const anyWhole = fc.oneof(fc.nat(), fc.maxSafeInteger());

const anyFacts = fc.record({
  path: fc.nat({ max: 10_000 }),
  type: fc.constantFrom('file', 'hardlink', 'symlink', 'device', 'directory', 'fifo'),
  sizeBytes: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  mode: fc.nat({ max: 0o7777 }),
  uid: anyWhole,
  gid: anyWhole,
  modifiedAt: anyWhole,
  linkTarget: fc.oneof(fc.constant(''), fc.string()),
  digest: fc.nat({ max: 2 ** 48 - 1 }),
}) satisfies fc.Arbitrary<Omit<EntryFacts, 'linked'>>;

function factsOf(entry: LayerEntry): Omit<EntryFacts, 'linked'> & { readonly linked: number | undefined } {
  const { path, type, sizeBytes, mode, uid, gid, modifiedAt, linkTarget, digest, linked } = entry;
  return { path, type, sizeBytes, mode, uid, gid, modifiedAt, linkTarget, digest, linked: linked?.id };
}

test('entries are what was added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyFacts, fc.option(fc.nat())), { maxLength: 100 }), (added) => {
      const { entries } = newImageFiles();
      const expected = added.map(([facts, link], index) => {
        const linked = link === null || index === 0 ? undefined : entries.at(link % index);
        return { id: entries.add({ ...facts, linked }).id, facts: { ...facts, linked: linked?.id } };
      });
      for (const { id, facts } of expected) expect(factsOf(entries.at(id))).toEqual(facts);
      const ids = expected.map(({ id }) => id).reverse();
      expect([...entries.list(ids)].map(({ id }) => id)).toEqual(ids);
    }),
  );
});

test('paths have the versions that the layers gave them, the last one of each', () => {
  const anyStep = fc.record({
    path: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 9000 })),
    layer: fc.nat({ max: 6 }),
    isGone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 100 }), anyFacts, (steps, facts) => {
      const { entries, versions } = newImageFiles();
      const expected = new Map<number, Map<number, number | undefined>>();
      for (const { path, layer, isGone } of steps.sort((a, b) => a.layer - b.layer)) {
        const entry = isGone ? undefined : entries.add({ ...facts, path, linked: undefined });
        versions.set(path, layer, entry);
        expected.set(
          path,
          (expected.get(path) ?? new Map<number, number | undefined>()).set(layer, entry?.id),
        );
      }
      for (const path of [0, 1, 2, 3, 4, 5, 9001, ...expected.keys()]) {
        const all = [...(expected.get(path) ?? [])].map(([layer, id]) => ({ layer, id })).reverse();
        const plain = (version: ReturnType<typeof versions.newest>) =>
          version && { layer: version.layer, id: version.entry?.id };
        expect([...versions.history(path)].map(({ version }) => plain(version))).toEqual(all);
        expect([...versions.history(path)].map(({ below }) => plain(below))).toEqual(
          all.map((_, index) => all[index + 1]),
        );
        expect(plain(versions.newest(path))).toEqual(all[0]);
        for (let layer = -1; layer < 8; layer++)
          expect(plain(versions.at(path, layer))).toEqual(all.find((version) => version.layer <= layer));
      }
    }),
  );
});
