import { describe, expect, test } from 'vitest';
import { detachReader } from '../../../src/model/detachKeys.ts';

const p = '\u0010';
const q = '\u0011';

describe('Ctrl+P Ctrl+Q', () => {
  test.each([
    ['at once', [`ls${p}${q}more`]],
    ['one after the other', ['ls', p, q]],
    ['split from what is before', [`ls${p}`, `${q}x`]],
    ['with Ctrl+P twice', [`l`, `s${p}`, `${p}${q}`]],
  ])('detaches, %s, and nothing behind it is passed on', (_how, typed) => {
    const read = detachReader();
    const reads = typed.map(read);
    expect(reads.at(-1)?.isDetached).toBe(true);
    expect(
      reads
        .map(({ passed }) => passed)
        .join('')
        .replaceAll(p, ''),
    ).toBe('ls');
  });

  test('Ctrl+P alone waits for the next key, and is passed on with it', () => {
    const read = detachReader();
    expect(read(p)).toEqual({ passed: '', isDetached: false });
    expect(read('a')).toEqual({ passed: `${p}a`, isDetached: false });
    expect(read(q)).toEqual({ passed: q, isDetached: false });
  });
});
