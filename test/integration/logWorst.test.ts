import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { type Engine as BedEngine, startEngine, stopEngine, waitFor } from '../bed/bed.ts';
import { numbersIn, type OpenLog, openLog, upTo } from './openLog.ts';
import { describeBed, describeOwnBed, kinds, patienceMs, Sandbox } from './sandbox.ts';

/* What logs of real engines are like on a bad day. */

const shell = ['busybox', '--', 'sh', '-c'] as const;

describeBed.each(kinds)('bad logs of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: Engine;
  const logs: OpenLog[] = [];

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-lw');
    engine = await sandbox.connect();
  });

  afterEach(() => {
    for (const log of logs.splice(0)) log.dispose();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const open = (id: string, name: string): OpenLog => {
    const log = openLog(engine, [{ id, name }]);
    logs.push(log);
    return log;
  };

  const openWhole = async (id: string, name: string): Promise<OpenLog> => {
    const log = open(id, name);
    log.sources.more(true);
    await log.until('the whole history', () => log.state().history.phase === 'complete');
    return log;
  };

  test('a container with a terminal: its lines come without frames, with their carriage returns', async () => {
    const id = await sandbox.run('tty', 'busybox', '-t', '--', 'sh', '-c', 'seq 1 3000; sleep 1000');
    const log = await openWhole(id, 'tty');
    await log.until('the last line', () => numbersIn(log.lines().slice(-1))[0] === 3000);
    expect(numbersIn(log.lines())).toEqual(upTo(3000));
  });

  test('bytes that are no text, progress bars and an end without a newline', async () => {
    const script = String.raw`printf '10%%\r50%%\r100%%\n'; printf 'a\377\376b\n'; printf 'nul\000nul\n'; printf 'crlf\r\n\n\n'; printf 'no end'`;
    const id = await sandbox.run('bytes', ...shell, script);
    const log = await openWhole(id, 'bytes');
    await log.until('the last line', () => log.lines().at(-1)?.text === 'no end');
    const texts = log.lines().map(({ text }) => text.replace(/\r$/, ''));
    expect(texts).toEqual(['10%\r50%\r100%', 'a��b', 'nul\0nul', 'crlf', '', '', 'no end']);
  });

  test('files that the engine has rotated and compressed: what is left of them, once and in order', async () => {
    const options = ['--log-opt=max-size=64k', '--log-opt=max-file=4', '--log-opt=compress=true'];
    const script = 'seq 1 20000; sleep 1000';
    const id = await sandbox.run('rotated', 'busybox', ...options, '--', 'sh', '-c', script);
    // Who follows while files go that fast loses lines by the daemon's own doing: `docker logs -f` does too.
    await waitFor({ what: 'its lines', deadlineMs: patienceMs, everyMs: 50 }, async () =>
      (await sandbox.bed.cli(['logs', '--tail=1', id])).includes('20000'),
    );
    const log = await openWhole(id, 'rotated');
    await log.until('the last line', () => numbersIn(log.lines().slice(-1))[0] === 20_000);
    const numbers = numbersIn(log.lines());
    const [first = 0] = numbers;
    expect(first).toBeGreaterThan(1);
    expect(numbers).toEqual(upTo(20_000).slice(first - 1));
    const kept = (await sandbox.bed.cli(['logs', id])).trim().split('\n');
    expect(numbers[0]).toBe(Number(kept[0]));
  });

  test('a container that is removed while its log is open: what was read stays, and the log says why it ends', async () => {
    const id = await sandbox.run('removed', ...shell, 'seq 1 2000; sleep 1000');
    const log = await openWhole(id, 'removed');
    await log.until('the last line', () => numbersIn(log.lines().slice(-1))[0] === 2000);
    await sandbox.bed.cli(['rm', '-f', id]);
    log.sources.containerChanged(`bed/container/${id}`);
    await log.until('that it is gone', () => log.state().phase === 'removed');
    expect(numbersIn(log.lines())).toEqual(upTo(2000));
    expect(log.events().at(-1)).toEqual({ kind: 'removed' });
  });

  test('thousands of lines with a stamp each that may be the same: none is doubled where two reads meet', async () => {
    const id = await sandbox.run('same', ...shell, 'seq 1 12000 > /tmp/all; cat /tmp/all; sleep 1000');
    const log = open(id, 'same');
    await log.until('the last line', () => numbersIn(log.lines().slice(-1))[0] === 12_000);
    for (let step = 0; log.state().history.phase !== 'complete'; step++) {
      const before = log.lines().length;
      log.sources.more(step > 3);
      await log.until('more', () => log.lines().length > before || log.state().history.phase === 'complete');
    }
    expect(numbersIn(log.lines())).toEqual(upTo(12_000));
  });
});

describeOwnBed('a log whose daemon goes', () => {
  const run = 'test-log-gone';
  let bed: BedEngine;
  let sandbox: Sandbox;

  beforeAll(async () => {
    bed = await startEngine('new', { name: run });
    sandbox = Sandbox.of(bed, 'qs-lg');
  });

  afterAll(async () => {
    await sandbox.close();
    await stopEngine('new', run, { deleteData: true });
  });

  test('by a crash: it says so, and goes on where it was, without a doubled or a lost line', async () => {
    const script =
      'n=$(cat /count 2>/dev/null || echo 0); while true; do n=$((n + 1)); echo $n; echo $n > /count; [ $((n % 20)) = 0 ] && usleep 1000; done';
    const id = await sandbox.run('writer', ...shell, script);
    const log = openLog(await sandbox.connect(), [{ id, name: 'writer' }]);
    try {
      await log.until('many lines', () => log.lines().length > 2000);
      await bed.kill9();
      await log.until('that nobody is there', () => log.state().phase === 'unreachable');
      await bed.start();
      await bed.cli(['start', sandbox.name('writer')]);
      log.sources.containerChanged(`bed/container/${id}`);
      const before = log.lines().length;
      await log.until('more lines', () => log.lines().length > before + 2000);
      await bed.cli(['stop', '-t', '0', sandbox.name('writer')]);
      log.sources.more(true);
      await log.until('the whole history', () => log.state().history.phase === 'complete');
      const kept = (await bed.cli(['logs', id])).trim().split('\n');
      await log.until('the last line', () => log.lines().at(-1)?.text === kept.at(-1));
      expect(log.lines().map(({ text }) => text)).toEqual(kept);
      expect(log.events().map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['unreachable', 'reachable']),
      );
    } finally {
      log.dispose();
    }
  });
});
