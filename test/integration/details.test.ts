import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { english } from '../../src/base/localize.ts';
import { signalProcess } from '../../src/commands/container/signalProcess.ts';
import { type EndExplanation, explainEnd } from '../../src/commands/explainEnd.ts';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { writeComposeFile } from '../../src/model/composeService.ts';
import { type HistoryEntry, historyEntry } from '../../src/model/containerHistory.ts';
import { writeDockerRunLine } from '../../src/model/dockerRunLineWriter.ts';
import { endReason } from '../../src/model/endReason.ts';
import { splitWords } from '../../src/model/shellWords.ts';
import { waitFor } from '../bed/bed.ts';
import { FakeEditor } from '../support/fakeDeps.ts';
import { describeBed, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* What an engine says of a container, why it is over, and whether what is copied makes the same one. */

describeBed.each(kinds)('the details of a container on the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  const heard = new Map<string, HistoryEntry[]>();

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-dt');
    engine = await sandbox.connect();
    await sandbox.bed.cli(['network', 'create', sandbox.name('back')]);
    await engine.events((event) => {
      const entry = event.kind === 'container' ? historyEntry(event) : undefined;
      if (entry !== undefined) heard.set(event.id, [...(heard.get(event.id) ?? []), entry]);
    }, never);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  async function explained(id: string): Promise<EndExplanation> {
    const { details } = await engine.containerDetails(id, never);
    return explainEnd(endReason(details, heard.get(id) ?? []), english);
  }

  async function ended(word: string, ...rest: readonly string[]): Promise<EndExplanation> {
    const id = await sandbox.run(word, 'busybox', ...rest);
    await sandbox.bed.cli(['wait', id]);
    return explained(id);
  }

  test('killed for lack of memory', async () => {
    const { title, why } = await ended('greedy', '-m', '8m', '--', 'sh', '-c', 'tail /dev/zero');
    expect(title).toBe('Killed for lack of memory, exit code 137');
    expect(why).toContain('its limit of 8 MiB');
  });

  test.each([
    ['kill -SEGV $$', 'Crashed (SIGSEGV), exit code 139'],
    ['kill -ABRT $$', 'Aborted itself (SIGABRT), exit code 134'],
    ['no-such-program', 'A program was not found, exit code 127'],
    ['/etc', 'A program could not be run, exit code 126'],
    ['exit 1', 'Ended with an error, exit code 1'],
    ['exit 0', 'Ended without an error, exit code 0'],
  ])('after %s', async (line, title) => {
    // A shell that is the first process can't end itself by a signal: nothing does by default what it does not handle.
    expect(
      (
        await ended(
          `end-${String(title.length)}-${line.replace(/\W+/g, '')}`,

          '--',
          'sh',
          '-c',
          `sh -c '${line}'; exit $?`,
        )
      ).title,
    ).toBe(title);
  });

  test('a program that is not in the image', async () => {
    const id = await sandbox.create('missing', 'busybox', '--', 'no-such-program');
    await failureOf(engine.startContainer(id, never));
    const { title, why } = await explained(id);
    expect(title).toBe('It could not be started');
    expect(why).toContain('no program “no-such-program” in the image');
  });

  test('a port that is taken', async () => {
    await sandbox.run('holder', 'busybox', '-p', '127.0.0.1:18473:80', '--', 'sleep', '1000');
    const id = await sandbox.create('late', 'busybox', '-p', '127.0.0.1:18473:80', '--', 'sleep', '1000');
    await failureOf(engine.startContainer(id, never));
    expect((await explained(id)).why).toContain('18473 is taken on the engine’s machine');
  });

  test('one that does not stop when it is asked is told from one that was killed', async () => {
    const deaf = ['--', 'sh', '-c', 'trap "" TERM; echo deaf; while :; do sleep 1; done'];
    const id = await sandbox.run('deaf', 'busybox', ...deaf);
    const other = await sandbox.run('killed', 'busybox', ...deaf);
    for (const each of [id, other])
      await waitFor({ what: 'a deaf shell', deadlineMs: patienceMs }, async () =>
        (await sandbox.bed.cli(['logs', each])).includes('deaf'),
      );
    await engine.stopContainer(id, never, 1);
    await engine.killContainer(other, 'SIGKILL', never);
    await sandbox.bed.cli(['wait', id, other]);
    await waitFor({ what: 'their ends heard', deadlineMs: patienceMs }, () =>
      Promise.resolve([id, other].every((each) => heard.get(each)?.some(({ action }) => action === 'die'))),
    );
    expect((await explained(id)).title).toBe('Killed because it did not stop in time, exit code 137');
    expect((await explained(other)).why).toContain('Somebody told the engine to kill it.');
  });

  const made = [
    ...[
      '-p',
      '127.0.0.1:18474:80',
      '-e',
      'PRICE=5$ and "more"',
      '-e',
      'EMPTY=',
      '-m',
      '64m',
      '--cpus',
      '0.5',
    ],
    ...[
      '--cap-add',
      'NET_ADMIN',
      '--cap-drop',
      'MKNOD',
      '--read-only',
      '--security-opt',
      'no-new-privileges',
    ],
    ...['--ulimit', 'nofile=1024:2048', '--stop-timeout', '3', '--add-host', 'db:10.0.0.1'],
    ...[
      '--health-cmd',
      'true',
      '--health-interval',
      '90s',
      '--log-opt',
      'max-size=1m',
      '--tmpfs',
      '/run:size=1m',
    ],
    ...['--restart', 'on-failure:2', '--label', 'says=it: "works" $HOME # yes', '--pids-limit', '100'],
  ];
  const command = ['--', 'sh', '-c', 'echo "$PRICE"; exec sleep 1000'];

  test('the copied docker run line makes the same container', async () => {
    const network = ['--network', sandbox.name('back'), '-v', `${sandbox.name('data')}:/data`];
    const id = await sandbox.run('web', 'busybox', ...network, ...made, ...command);
    const { options, extras, unsaidNames } = await engine.containerRecipe(id, never);
    expect(unsaidNames).toEqual([]);
    await sandbox.bed.cli(['rm', '-f', id]);
    const again = (
      await sandbox.bed.cli(splitWords(writeDockerRunLine(options, extras)).words.slice(1))
    ).trim();
    const copy = await engine.containerRecipe(again, never);
    expect({ options: copy.options, extras: copy.extras }).toEqual({ options, extras });
    await sandbox.bed.cli(['rm', '-f', again]);
  });

  test('the copied Compose service makes the same container', async () => {
    const network = ['--network', sandbox.name('back'), '-v', `${sandbox.name('data')}:/data`];
    const id = await sandbox.run('web', 'busybox', ...network, ...made, ...command);
    const { details, recipe } = await engine.containerDetails(id, never);
    const { options, extras } = recipe;
    await sandbox.bed.cli(['rm', '-f', id]);
    const folder = mkdtempSync(join(tmpdir(), 'quayside-compose-'));
    try {
      const file = join(folder, 'compose.yaml');
      writeFileSync(file, writeComposeFile(options, extras));
      const compose = ['compose', '--project-name', 'qs-dt', '--file', file];
      await sandbox.bed.cli([...compose, 'config', '--quiet']);
      await sandbox.bed.cli([...compose, 'create']);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const { recipe: copy, details: remade } = await engine.containerDetails(sandbox.name('web'), never);
    const { labels: _labels, networks: _networks, mounts: _mounts, ...rest } = options;
    expect(copy.options).toMatchObject(rest);
    expect(copy.options.labels['says']).toBe('it: "works" $HOME # yes');
    expect(copy.options.networks.map(({ name }) => name)).toEqual([sandbox.name('back')]);
    // Compose asks for volumes in another way than the form does.
    expect(remade.mounts.map(({ name, target }) => [name, target])).toEqual(
      details.mounts.map(({ name, target }) => [name, target]),
    );
    expect({ ...copy.extras, extraHosts: [] }).toEqual({ ...extras, extraHosts: [] });
    // Its name is the project's network's too; the host's name is said as Compose says it.
    expect(copy.extras.extraHosts.join()).toContain('db');
  });

  test('one of its processes can be sent a signal, also where others look alike', async () => {
    const id = await sandbox.run(
      'several',
      'busybox',
      ...['--', 'sh', '-c', 'sleep 1001 & sleep 1001 & sleep 1002 & wait; sleep 1000'],
    );
    const sleeping = async (): Promise<readonly string[]> =>
      (await engine.processes(id, never))
        .filter(({ command: line }) => /^sleep 100[12]$/.test(line))
        .map(({ pid }) => pid)
        .sort((a, b) => Number(a) - Number(b));
    await waitFor(
      { what: 'three sleeping', deadlineMs: patienceMs },
      async () => (await sleeping()).length === 3,
    );
    const [first = '', second, third] = await sleeping();
    const editor = new FakeEditor();
    editor.answers = { pick: () => [1] };
    const { details } = await engine.containerDetails(id, never);
    const target = { id, name: 'several', mainPid: details.state.pid };
    await signalProcess(editor.deps, engine, target, { pid: first, command: 'sleep 1001' }, never);
    await waitFor({ what: 'one ended', deadlineMs: patienceMs }, async () => (await sleeping()).length === 2);
    expect(await sleeping()).toEqual([second, third]);
  });

  test('in a container without a shell only the main process can', async () => {
    const id = await sandbox.run('noshell', 'quay/noshell:1');
    const editor = new FakeEditor();
    editor.answers = { pick: () => [1] };
    const { details } = await engine.containerDetails(id, never);
    const target = { id, name: 'noshell', mainPid: details.state.pid };
    const [main] = await engine.processes(id, never);
    if (main === undefined) throw new Error('it does not run');
    const failure = await failureOf(
      signalProcess(editor.deps, engine, target, { pid: '1', command: main.command }, never),
    );
    expect(String(failure)).toContain('There is no shell in the container');
    await signalProcess(editor.deps, engine, target, main, never);
    expect(await engine.waitContainer(id, never)).toBe(137);
  });
});
