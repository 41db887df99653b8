import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { numbersIn, type OpenLog, openLog, upTo } from './openLog.ts';
import { describeBed, kinds, Sandbox } from './sandbox.ts';

/* The whole way of a log, from a real engine into the spool: every line once, in order, whatever its length. */

describeBed.each(kinds)('logs of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: Engine;
  const logs: OpenLog[] = [];

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-ls');
    engine = await sandbox.connect();
  });

  afterEach(() => {
    for (const log of logs.splice(0)) log.dispose();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const open = (containers: readonly { readonly id: string; readonly name: string }[]): OpenLog => {
    const log = openLog(engine, containers);
    logs.push(log);
    return log;
  };

  test('a long log is read to its beginning, with every line once and in order', async () => {
    const id = await sandbox.run('long', 'busybox', '--', 'sh', '-c', 'seq 1 70000');
    const log = open([{ id, name: 'long' }]);
    await log.until('some lines', () => log.spool.end > 0);
    log.sources.more(true);
    await log.until('the whole history', () => log.state().history.phase === 'complete');
    await log.until('the last line', () => numbersIn(log.lines().slice(-1))[0] === 70_000);
    expect(numbersIn(log.lines())).toEqual(upTo(70_000));
  });

  test('lines that come while the history is read are neither lost nor doubled', async () => {
    const id = await sandbox.run(
      'busy',
      'busybox',
      '--',
      'sh',
      '-c',
      'seq 1 40000; for n in $(seq 40001 40300); do echo $n; done; sleep 1000',
    );
    const log = open([{ id, name: 'busy' }]);
    log.sources.more(true);
    await log.until('the whole history', () => log.state().history.phase === 'complete');
    await log.until('the last line', () => numbersIn(log.lines().slice(-1))[0] === 40_300);
    expect(numbersIn(log.lines())).toEqual(upTo(40_300));
  });

  test('both streams stand in the engine’s order', async () => {
    const id = await sandbox.run(
      'both',
      'busybox',
      '--',
      'sh',
      '-c',
      'for n in $(seq 1 3000); do echo $n; echo $n >&2; done',
    );
    const log = open([{ id, name: 'both' }]);
    log.sources.more(true);
    await log.until('the whole history', () => log.state().history.phase === 'complete');
    await log.until('all lines', () => log.spool.extent.lines >= 6000);
    const lines = log.lines();
    expect(numbersIn(lines.filter(({ stream }) => stream === 'stdout'))).toEqual(upTo(3000));
    expect(numbersIn(lines.filter(({ stream }) => stream === 'stderr'))).toEqual(upTo(3000));
  });

  test('lines of any length come whole', async () => {
    const id = await sandbox.run(
      'wide',
      'busybox',
      '--',
      'sh',
      '-c',
      'for n in $(seq 1 1500); do echo $n; done; head -c 1000000 /dev/zero | tr "\\0" x; echo; echo; echo 1501',
    );
    const log = open([{ id, name: 'wide' }]);
    log.sources.more(true);
    await log.until('the whole history', () => log.state().history.phase === 'complete');
    await log.until('the last line', () => log.lines().at(-1)?.text === '1501');
    const texts = log.lines();
    expect(log.spool.extent.lines).toBe(1503);
    const long = texts.filter(({ text }) => text.startsWith('x'));
    expect(long.reduce((sum, { text }) => sum + text.length, 0)).toBe(1_000_000);
    expect(texts.at(-2)?.text).toBe('');
  });

  test('several containers make one log in the order of time', async () => {
    const script = (letter: string): string =>
      `for n in $(seq 1 400); do echo ${letter}$n; [ $((n % 40)) = 0 ] && sleep 0.02; done; true`;
    const containers = await Promise.all(
      ['a', 'b', 'c'].map(async (letter) => ({
        id: await sandbox.run(letter, 'busybox', '--', 'sh', '-c', script(letter)),
        name: letter,
      })),
    );
    const log = open(containers);
    log.sources.more(true);
    await log.until('the whole history', () => log.state().history.phase === 'complete');
    await log.until('all lines', () => log.lines().length === 1200);
    const lines = log.lines();
    for (const source of [0, 1, 2])
      expect(numbersIn(lines.filter((line) => line.source === source))).toEqual(upTo(400));
    const times = lines.map(({ at }) => at ?? 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(log.state().sources.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('a container that joins brings its lines', async () => {
    const first = await sandbox.run('first', 'busybox', '--', 'sh', '-c', 'seq 1 5; sleep 1000');
    const log = open([{ id: first, name: 'first' }]);
    await log.until('its lines', () => log.lines().length === 5);
    const second = await sandbox.run('second', 'busybox', '--', 'sh', '-c', 'seq 1 2000; sleep 1000');
    log.sources.join([{ ref: `bed/container/${second}`, name: 'second', containerId: second, engine }]);
    await log.until('all lines', () => log.lines().length === 2005);
    expect(numbersIn(log.lines().filter(({ source }) => source === 1))).toEqual(upTo(2000));
  });

  const syslog = ['--log-driver=syslog', '--log-opt=syslog-address=udp://127.0.0.1:1514'];

  test.each([
    ['none', ['--log-driver=none']],
    ['syslog', [...syslog, '--log-opt=cache-disabled=true']],
  ])('the driver %s keeps no lines, and the log says which driver it is', async (driver, options) => {
    const id = await sandbox.run(driver, 'busybox', ...options, '--', 'sh', '-c', 'echo unseen');
    const log = open([{ id, name: driver }]);
    await log.until('a refusal', () => log.state().phase === 'refused');
    expect(log.events()).toMatchObject([{ kind: 'refused', driver }]);
  });

  test('what goes to another place is read from what the engine keeps of it', async () => {
    const script = 'seq 1 30; sleep 1000';
    const id = await sandbox.run('elsewhere', 'busybox', ...syslog, '--', 'sh', '-c', script);
    const log = open([{ id, name: 'elsewhere' }]);
    await log.until('its lines', () => log.lines().length === 30);
    expect(numbersIn(log.lines())).toEqual(upTo(30));
  });
});
