import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyTransfer,
  reduceTransfer,
  summarizeTransfer,
  type Transfer,
  type TransferPhase,
  type TransferStep,
  type TransferSummary,
} from '../../../src/model/transfer.ts';

function step(
  layerId: string,
  phase: TransferPhase,
  currentBytes?: number,
  totalBytes?: number,
): TransferStep {
  return {
    layerId,
    phase,
    status: phase,
    ...(currentBytes === undefined ? {} : { currentBytes }),
    ...(totalBytes === undefined ? {} : { totalBytes }),
  };
}

/** One line every 100 ms. */
function after(steps: readonly TransferStep[], from: Transfer = emptyTransfer): Transfer {
  return steps.reduce((transfer, each, index) => reduceTransfer(transfer, each, index * 100), from);
}

function summary(...steps: readonly TransferStep[]): TransferSummary {
  return summarizeTransfer(after(steps));
}

describe('a transfer', () => {
  test('that has told nothing has no layers and no bytes', () => {
    expect(summary()).toEqual({
      layersMoved: 0,
      layersDone: 0,
      layersTotal: 0,
      currentBytes: 0,
      totalBytes: undefined,
      bytesPerSecond: undefined,
      isExtracting: false,
      fraction: 0,
    });
  });

  test('counts layers that are done or were there, and the bytes of the others', () => {
    expect(
      summary(
        step('a', 'existing'),
        step('b', 'waiting'),
        step('c', 'waiting'),
        step('b', 'transferring', 30, 100),
        step('c', 'transferring', 50, 50),
        step('c', 'transferred'),
        step('c', 'done'),
      ),
    ).toMatchObject({ layersMoved: 2, layersDone: 2, layersTotal: 3, currentBytes: 80, totalBytes: 150 });
  });

  test('has no total while a layer waits for its turn: its size is not known', () => {
    expect(summary(step('a', 'transferring', 30, 100), step('b', 'waiting'))).toMatchObject({
      currentBytes: 30,
      totalBytes: undefined,
    });
  });

  test('has a total although a small layer never told its size', () => {
    expect(
      summary(step('a', 'transferring', 30, 100), step('b', 'waiting'), step('b', 'transferred')),
    ).toMatchObject({ currentBytes: 30, totalBytes: 100 });
  });

  test('does not count what extracting says as bytes that moved', () => {
    const told = [step('a', 'transferring', 100, 100), step('a', 'extracting', 7, 900)];
    expect(summary(...told)).toMatchObject({ currentBytes: 100, totalBytes: 100, isExtracting: true });
  });

  test('is extracting only when nothing moves any more', () => {
    expect(
      summary(
        step('a', 'transferring', 100, 100),
        step('b', 'transferring', 1, 100),
        step('a', 'extracting', 7, 100),
      ).isExtracting,
    ).toBe(false);
  });

  test('is extracting also between two layers, and not when all are done', () => {
    const [a, b] = ['a', 'b'].map((id) => [step(id, 'transferring', 100, 100), step(id, 'transferred')]);
    const first = [...(a ?? []), ...(b ?? []), step('a', 'extracting', 7), step('a', 'done')];
    expect(summary(...first)).toMatchObject({ layersMoved: 2, layersDone: 1, isExtracting: true });
    expect(summary(...first, step('b', 'extracting', 7), step('b', 'done')).isExtracting).toBe(false);
  });

  test('whose engine tells of no more than the bytes has layers that are there', () => {
    expect(summary(step('a', 'transferring', 100, 100), step('a', 'transferred'))).toMatchObject({
      layersMoved: 1,
      layersDone: 0,
      isExtracting: false,
    });
  });

  test('never has moved more of a layer than there is of it', () => {
    expect(summary(step('a', 'transferring', 120, 100))).toMatchObject({
      currentBytes: 100,
      totalBytes: 100,
    });
  });

  test('takes a layer that is tried again from its start', () => {
    expect(summary(step('a', 'transferring', 60, 100), step('a', 'waiting'))).toMatchObject({
      currentBytes: 0,
      totalBytes: 100,
    });
  });

  test('ignores lines about no layer, and remembers that there was nothing to do', () => {
    const transfer = after([
      { layerId: 'latest', status: 'Pulling from library/ubuntu' },
      { layerId: '', status: 'Status: Image is up to date for ubuntu:latest', isUpToDate: true },
    ]);
    expect(transfer.isUpToDate).toBe(true);
    expect(summarizeTransfer(transfer).layersTotal).toBe(0);
  });
});

describe('the rate', () => {
  const at = (ms: number, bytes: number, transfer: Transfer): Transfer =>
    reduceTransfer(transfer, step('a', 'transferring', bytes, 1_000_000), ms);

  test('is over the last seconds only', () => {
    let transfer = emptyTransfer;
    for (let ms = 0; ms <= 10_000; ms += 100) transfer = at(ms, ms, transfer);
    expect(summarizeTransfer(transfer).bytesPerSecond).toBeCloseTo(1000);
    for (let ms = 10_100; ms <= 14_000; ms += 100) transfer = at(ms, 10_000 + (ms - 10_000) * 5, transfer);
    expect(summarizeTransfer(transfer).bytesPerSecond).toBeCloseTo(5000);
    expect(transfer.samples.length).toBeLessThan(40);
  });

  test('is not told before there is something to measure', () => {
    expect(summarizeTransfer(at(100, 5000, at(0, 0, emptyTransfer))).bytesPerSecond).toBeUndefined();
  });

  test('is never below nothing, also when a layer is tried again', () => {
    expect(summarizeTransfer(at(1000, 0, at(0, 5000, emptyTransfer))).bytesPerSecond).toBe(0);
  });
});

test('whatever comes: counts within their totals, a fraction within its bounds', () => {
  const phases: readonly TransferPhase[] = [
    'waiting',
    'transferring',
    'transferred',
    'extracting',
    'existing',
    'done',
  ];
  const anyStep = fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', ''),
      fc.constantFrom(...phases),
      fc.option(fc.integer({ min: -5, max: 500 }), { nil: undefined }),
      fc.option(fc.integer({ min: -5, max: 500 }), { nil: undefined }),
    )
    .map((parts) => step(...parts));
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const told = summary(...steps);
      expect(told.layersDone).toBeLessThanOrEqual(told.layersMoved);
      expect(told.layersMoved).toBeLessThanOrEqual(told.layersTotal);
      expect(told.currentBytes).toBeGreaterThanOrEqual(0);
      if (told.totalBytes !== undefined) expect(told.currentBytes).toBeLessThanOrEqual(told.totalBytes);
      expect(told.fraction).toBeGreaterThanOrEqual(0);
      expect(told.fraction).toBeLessThanOrEqual(1);
    }),
  );
});

test('a transfer all of whose layers are done is whole', () => {
  const anyLayer = fc.record({ total: fc.integer({ min: 1, max: 1000 }), isThere: fc.boolean() });
  fc.assert(
    fc.property(fc.array(anyLayer, { minLength: 1, maxLength: 6 }), (layers) => {
      const steps = layers.flatMap(({ total, isThere }, index) =>
        isThere
          ? [step(`${index}`, 'existing')]
          : [
              step(`${index}`, 'transferring', 1, total),
              step(`${index}`, 'extracting', 1),
              step(`${index}`, 'done'),
            ],
      );
      const told = summary(...steps);
      expect(told).toMatchObject({ layersDone: layers.length, layersTotal: layers.length, fraction: 1 });
      expect(told.currentBytes).toBe(told.totalBytes);
    }),
  );
});
