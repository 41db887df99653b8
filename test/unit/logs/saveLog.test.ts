import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { saveLog } from '../../../src/logs/saveLog.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import type { SaveRequest } from '../../../src/model/logQuestions.ts';
import {
  madeFolder,
  append,
  blockful,
  blockfulBytes,
  eventRow,
  openSpool,
  prepend,
  row,
  spoolOf,
} from './rows.ts';

const sources = [
  { ref: 'e/container/a', name: 'web' },
  { ref: 'e/container/b', name: 'db' },
];

async function save(
  spool: Spool,
  request: Partial<SaveRequest> = {},
  isShown?: (row: number) => boolean,
  from = sources,
): Promise<{ readonly lines: number; readonly text: string }> {
  const { path = join(madeFolder(), 'out.log') } = request;
  const whole = {
    format: 'plain',
    isAll: true,
    source: undefined,
    hasPrefix: false,
    ...request,
    path,
  } as const;
  const lines = await saveLog(spool, from, isShown, whole);
  return { lines, text: readFileSync(path, 'utf8') };
}

const at = Date.UTC(2026, 2, 1, 12);
const rows = [
  row('\u001b[31mred\u001b[0m', { at, level: 5 }),
  eventRow({ kind: 'started' }, { at }),
  row('from db', { at: at + 1, source: 1, isStderr: true }),
  row('untimed'),
];

describe('saving a log', () => {
  test('names the container of a line only where there are others', async () => {
    const spool = spoolOf(rows);
    const request = { hasPrefix: true } as const;
    expect((await save(spool, request)).text).toContain('db from db');
    expect((await save(spool, { ...request, source: 1 })).text).toBe('2026-03-01T12:00:00.001Z from db\n');
  });

  test('writes the lines as they are seen, without events, the oldest first', async () => {
    const spool = spoolOf(rows);
    prepend(spool, ['older']);
    expect(await save(spool)).toEqual({ lines: 4, text: 'older\nred\nfrom db\nuntimed\n' });
  });

  test('keeps the colours when they are wanted', async () => {
    expect((await save(spoolOf(rows), { format: 'ansi' })).text).toBe(
      '\u001b[31mred\u001b[0m\nfrom db\nuntimed\n',
    );
  });

  test('writes only what shows, or one container’s', async () => {
    const spool = spoolOf(rows);
    expect(await save(spool, {}, (number) => number > 0)).toEqual({ lines: 2, text: 'from db\nuntimed\n' });
    expect(await save(spool, { source: 1 })).toEqual({ lines: 1, text: 'from db\n' });
  });

  test('puts time and container before each line when asked', async () => {
    const spool = spoolOf(rows.slice(0, 3));
    const time = '2026-03-01T12:00:00.00';
    expect((await save(spool, { hasPrefix: true })).text).toBe(`${time}0Z web red\n${time}1Z db from db\n`);
    const [only] = sources;
    const alone = await save(spoolOf(rows.slice(0, 1)), { hasPrefix: true }, undefined, only ? [only] : []);
    expect(alone.text).toBe(`${time}0Z red\n`);
  });

  test('writes a line of JSON for each', async () => {
    const { text } = await save(spoolOf(rows), { format: 'json' });
    expect(
      text
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([
      {
        time: '2026-03-01T12:00:00.000Z',
        container: 'web',
        stream: 'stdout',
        level: 'error',
        message: 'red',
      },
      { time: '2026-03-01T12:00:00.001Z', container: 'db', stream: 'stderr', message: 'from db' },
      { time: '', container: 'web', stream: 'stdout', message: 'untimed' },
    ]);
  });

  test('writes the file anew', async () => {
    const path = join(madeFolder(), 'out.log');
    writeFileSync(path, 'something much longer than the log');
    await save(spoolOf(['short']), { path });
    expect(readFileSync(path, 'utf8')).toBe('short\n');
  });

  test('writes what there was when it began, though more comes meanwhile', async () => {
    const spool = spoolOf(['first', blockful, 'open 1', 'open 2']);
    const { lines, text } = await save(spool, {}, (number) => {
      if (number === 0) append(spool, ['late', blockful, 'later']);
      return number !== 1;
    });
    expect({ lines, text }).toEqual({ lines: 3, text: 'first\nopen 1\nopen 2\n' });
  });

  test('leaves out what has to go before it was written', async () => {
    const spool = openSpool(3.5 * blockfulBytes);
    append(spool, ['first', blockful, 'second', blockful, 'third', blockful, 'fourth']);
    const { lines, text } = await save(spool, {}, (number) => {
      if (number === 0) append(spool, [blockful, blockful]);
      return number % 2 === 0;
    });
    expect({ lines, text }).toEqual({ lines: 3, text: 'first\nthird\nfourth\n' });
  });

  test('fails when the file can’t be written', async () => {
    await expect(save(spoolOf(['x']), { path: '/no/such/folder/out.log' })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
