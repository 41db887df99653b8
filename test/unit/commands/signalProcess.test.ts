import { describe, expect, test } from 'vitest';
import { pidInside, signalProcess } from '../../../src/commands/container/signalProcess.ts';
import { container } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const web = container('web');

/** As the script inside prints it: its own id, then each process. */
const listed = (own: string, ...processes: readonly (readonly [pid: string, command: string])[]): string =>
  own + processes.map(([pid, command]) => `\u0001${pid}\u0001${command.replaceAll(' ', '\0')}\0`).join('');

describe('which process inside is meant', () => {
  const outside = [
    { pid: '4711', command: 'web' },
    { pid: '4720', command: 'worker -a b' },
    { pid: '4721', command: 'worker -a b' },
  ];

  test('is told by its command line, and by its place among equal ones', () => {
    const inside = listed('30', ['1', 'web'], ['12', 'worker -a b'], ['9', 'worker -a b'], ['30', 'sh -c x']);
    expect(pidInside(outside, inside, { pid: '4711', command: 'web' })).toBe('1');
    expect(pidInside(outside, inside, { pid: '4720', command: 'worker -a b' })).toBe('9');
    expect(pidInside(outside, inside, { pid: '4721', command: 'worker -a b' })).toBe('12');
  });

  test('is not guessed', () => {
    const one = listed('30', ['1', 'web'], ['12', 'worker -a b']);
    expect(pidInside(outside, one, { pid: '4720', command: 'worker -a b' })).toBeUndefined();
    expect(pidInside(outside, one, { pid: '4999', command: 'web' })).toBeUndefined();
    expect(pidInside(outside, '', { pid: '4711', command: 'web' })).toBeUndefined();
  });
});

describe('a signal to a process', () => {
  async function stage(pick: number | undefined) {
    const engine = new FakeEngine({ container: [web] });
    const editor = new FakeEditor();
    await editor.add(engine);
    editor.answers = { pick: () => (pick === undefined ? undefined : [pick]) };
    const send = (pid: string): Promise<boolean> =>
      signalProcess(
        editor.deps,
        engine,
        { id: web.id, name: 'web', mainPid: 4711 },
        { pid, command: 'worker' },
        never,
      );
    const verbs = (): readonly string[] => engine.calls.filter((call) => /^(kill|exec|processes)/.test(call));
    return { engine, editor, send, verbs };
  }

  test('reaches the main process through the engine, without a shell', async () => {
    const { send, verbs, editor } = await stage(1);
    expect(await send('4711')).toBe(true);
    expect(verbs()).toEqual([`kill ${web.id} SIGKILL`]);
    expect(editor.picks[0]?.title).toContain('the main one');
  });

  test('is sent to nobody when the user turns away', async () => {
    const { send, verbs } = await stage(undefined);
    expect(await send('4720')).toBe(false);
    expect(verbs()).toEqual([]);
  });

  test('says that it takes a shell, and when the process is not there any more', async () => {
    const { engine, send } = await stage(0);
    engine.exitCode = 127;
    await expect(send('4720')).rejects.toThrow('There is no shell in the container');
    engine.exitCode = 0;
    await expect(send('4720')).rejects.toThrow('Process 4720 could not be found inside the container.');
  });
});
