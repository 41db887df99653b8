import { describe, expect, test } from 'vitest';
import { english } from '../../../src/base/localize.ts';
import { type HistoryStep, imageHistoryLines } from '../../../src/model/imageHistory.ts';
import { longId, now } from '../../support/builders.ts';

function step(createdBy: string, parts: Partial<HistoryStep> = {}): HistoryStep {
  return { id: '', tags: [], createdAt: now - 86_400_000, createdBy, sizeBytes: 0, comment: '', ...parts };
}

describe('a history as a table', () => {
  test('has the newest step first, its columns under each other and instructions as they were written', () => {
    const steps = [
      step('/bin/sh -c #(nop)  CMD ["nginx"]', { id: `sha256:${longId('a')}`, tags: ['nginx:1.27'] }),
      step('|1 A=b /bin/sh -c apt-get update &&     apt-get install x', { sizeBytes: 80_000_000 }),
      step('COPY . /srv # buildkit', { comment: 'buildkit.dockerfile.v0', sizeBytes: 1200 }),
      step('', { comment: 'imported from -', createdAt: 0 }),
    ];
    expect(imageHistoryLines(steps, now, english)).toEqual([
      'Created      Size  Image       Instruction',
      '1 day ago     0 B  nginx:1.27  CMD ["nginx"]',
      '1 day ago   80 MB              RUN apt-get update &&     apt-get install x',
      '1 day ago  1.2 kB              COPY . /srv  # buildkit.dockerfile.v0',
      '              0 B              # imported from -',
      '',
      '4 steps, 80 MB',
    ]);
  });

  test('keeps to one line a step, whatever an engine says', () => {
    const lines = imageHistoryLines([step('RUN a\nb\u0000\tc')], now, english);
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toMatch(/[\n\u0000]/);
  });
});
