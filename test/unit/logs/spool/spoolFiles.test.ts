import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SpoolFiles } from '../../../../src/logs/spool/spoolFiles.ts';
import { tempFolder } from '../rows.ts';

function open(): { readonly files: SpoolFiles; readonly folder: string } {
  const folder = tempFolder();
  const files = new SpoolFiles(folder);
  onTestFinished(() => {
    files.dispose();
  });
  return { files, folder };
}

/** One fits in a file, two do not. */
const large = Buffer.alloc(40_000_000, 1);

describe('SpoolFiles', () => {
  test('gives back each piece as it was', () => {
    const { files } = open();
    const pieces = [Buffer.from('one'), Buffer.alloc(0), Uint8Array.of(0, 255, 10), Buffer.from('two')];
    const places = pieces.map((piece) => files.append(piece));
    expect(places.map((place) => Buffer.from(files.read(place)))).toEqual(
      pieces.map((piece) => Buffer.from(piece)),
    );
    expect(files.usedBytes).toBe(9);
  });

  test('goes on, and still has what it had, when somebody removed its folder', () => {
    const { files, folder } = open();
    const first = files.append(large);
    rmSync(folder, { recursive: true });
    const second = files.append(large);
    expect([first, second].map((place) => files.read(place).equals(large))).toEqual([true, true]);
    files.release(first);
    expect(files.usedBytes).toBe(large.length);
    expect(readdirSync(folder)).toEqual(['1']);
  });

  test('says which folder cannot be written to, and why', () => {
    const inTheWay = tempFolder();
    writeFileSync(inTheWay, '');
    const folder = join(inTheWay, 'spool');
    const files = new SpoolFiles(folder);
    expect(() => files.append(large)).toThrow(
      expect.objectContaining({ name: 'SpoolWriteError', folder, reason: 'ENOTDIR: not a directory' }),
    );
  });

  test('lets nobody else read along', () => {
    const { files, folder } = open();
    files.append(Buffer.from('secret'));
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, '0')).mode & 0o077).toBe(0);
  });

  test('deletes a file once nothing of it is used, whenever that was', () => {
    const { files, folder } = open();
    const first = files.append(large);
    const second = files.append(large);
    expect(readdirSync(folder).sort()).toEqual(['0', '1']);
    files.release(first);
    expect(readdirSync(folder)).toEqual(['1']);
    files.release(second);
    const third = files.append(large);
    // The file that is written to is not deleted, but gives back its room.
    expect(readdirSync(folder)).toEqual(['1']);
    expect(statSync(join(folder, '1')).size).toBe(large.length);
    expect(files.read(third).equals(large)).toBe(true);
    expect(files.usedBytes).toBe(large.length);
  });

  test('does not pass off as a piece what is not there any more', () => {
    const { files } = open();
    const first = files.append(large);
    files.append(large);
    files.release(first);
    expect(() => files.read(first)).toThrow('lost');
  });

  test('removes its folder with all that is in it', () => {
    const { files, folder } = open();
    files.append(large);
    files.append(large);
    files.dispose();
    expect(existsSync(folder)).toBe(false);
  });
});
