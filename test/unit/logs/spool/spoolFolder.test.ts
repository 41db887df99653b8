import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newSpoolFolder, removeLeftSpools } from '../../../../src/logs/spool/spoolFolder.ts';
import { tempFolder } from '../rows.ts';

describe('the folders of spools', () => {
  test('have a name of their own in the root', () => {
    const root = tempFolder();
    const names = [newSpoolFolder(root), newSpoolFolder(root)];
    expect(names.map(dirname)).toEqual([root, root]);
    expect(new Set(names).size).toBe(2);
  });

  test('that a process left which is gone are removed, and no others', async () => {
    const root = tempFolder();
    // A process that has ended: its id is taken by nobody.
    const { pid } = spawnSync(process.execPath, ['--version']);
    const left = join(root, `${String(pid)}-left`);
    const own = newSpoolFolder(root);
    const other = join(root, '1-of-another-user');
    const foreign = join(root, 'no-spool');
    for (const folder of [left, own, other, foreign]) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, '0'), 'x');
    }
    await removeLeftSpools(root);
    expect(readdirSync(root).sort()).toEqual([own, other, foreign].map((folder) => basename(folder)).sort());
  });

  test('need no root that is there', async () => {
    await expect(removeLeftSpools(tempFolder())).resolves.toBeUndefined();
  });
});
