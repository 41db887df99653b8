import { describe, expect, test } from 'vitest';
import { english } from '../../../src/base/localize.ts';
import { explain } from '../../../src/commands/explain.ts';
import { transferLine } from '../../../src/commands/transfer/transferLine.ts';
import { TransferError, type TransferProblem } from '../../../src/model/transferError.ts';
import type { TransferSummary } from '../../../src/model/transfer.ts';

const nothing: TransferSummary = {
  layersMoved: 0,
  layersDone: 0,
  layersTotal: 0,
  currentBytes: 0,
  totalBytes: undefined,
  bytesPerSecond: undefined,
  isExtracting: false,
  fraction: 0,
};

describe('the line of a progress', () => {
  test.each<readonly [string, Partial<TransferSummary>]>([
    ['', {}],
    ['0 of 7 layers', { layersTotal: 7 }],
    ['0 of 7 layers · 45 MB', { layersTotal: 7, currentBytes: 45e6 }],
    [
      '3 of 7 layers · 45 of 120 MB · 12 MB/s',
      {
        layersMoved: 3,
        layersDone: 1,
        layersTotal: 7,
        currentBytes: 45e6,
        totalBytes: 120e6,
        bytesPerSecond: 12e6,
      },
    ],
    [
      '1 of 2 layers · 900 kB of 1.2 GB',
      { layersMoved: 1, layersTotal: 2, currentBytes: 9e5, totalBytes: 1.2e9 },
    ],
    [
      '1 of 2 layers · 12 B of 1.2 kB',
      { layersMoved: 1, layersTotal: 2, currentBytes: 12, totalBytes: 1200 },
    ],
    ['0 of 2 layers · 5 MB', { layersTotal: 2, currentBytes: 5e6, bytesPerSecond: 0 }],
    [
      '2 of 2 layers · 120 of 120 MB · 1 of 2 extracted',
      {
        layersMoved: 2,
        layersDone: 1,
        layersTotal: 2,
        currentBytes: 120e6,
        totalBytes: 120e6,
        bytesPerSecond: 12e6,
        isExtracting: true,
      },
    ],
  ])('is “%s”', (line, parts) => {
    expect(transferLine({ ...nothing, ...parts }, english)).toBe(line);
  });
});

describe('why an image did not come', () => {
  test.each<readonly [TransferProblem, RegExp]>([
    ['denied', /^a\.io refused access\. Try again with a user name/],
    ['missingOrPrivate', /^a\.io has no such repository, or it is private\. Check the name, or sign in/],
    ['missing', /^a\.io has no image of this name and tag\. Check both\.$/],
    ['platform', /not made for this platform\. Choose another one\. \(said\)$/],
    ['plainHttp', /^a\.io speaks plain HTTP.*insecure-registries/],
    [
      'tls',
      /does not trust the certificate of a\.io\. Put its CA into \/etc\/docker\/certs\.d\/a\.io\/ca\.crt/,
    ],
    ['unreachable', /does not reach a\.io\. Check the name, and the network or proxy/],
    ['corrupt', /^what a\.io sent is not what its digest says\. .*try again/],
    ['limited', /^a\.io was asked too often\. Sign in/],
    ['diskFull', /disk is full\. Remove/],
  ])('%s: one sentence with what to do', (problem, sentence) => {
    expect(explain(new TransferError(problem, 'a.io', 'said'), english)).toMatch(sentence);
  });
});
