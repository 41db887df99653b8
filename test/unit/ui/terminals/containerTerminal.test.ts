import { describe, expect, test } from 'vitest';
import { english } from '../../../../src/base/localize.ts';
import { EngineError } from '../../../../src/model/engineError.ts';
import { ContainerTerminal } from '../../../../src/ui/terminals/containerTerminal.ts';
import type {
  News,
  Outcome,
  TerminalProgram,
  TerminalSession,
} from '../../../../src/ui/terminals/terminalProgram.ts';
import { FakeClock, settle } from '../../../support/fakeClock.ts';

const size = { columns: 80, rows: 24 };

/** One connection, whose other side is the test. */
class FakeSession implements TerminalSession {
  readonly written: string[] = [];
  readonly sizes: string[] = [];
  isEnded = false;
  private readonly said: Uint8Array[] = [];
  private wake: () => void = () => undefined;
  private end_: { readonly code: number } | { readonly error: Error } | undefined;

  say(text: string): void {
    this.said.push(new TextEncoder().encode(text));
    this.wake();
  }

  finish(end: { readonly code: number } | { readonly error: Error }): void {
    this.end_ = end;
    this.wake();
  }

  output = this.read();

  write(data: string): 'detach' | undefined {
    this.written.push(data);
    return data === 'detach' ? 'detach' : undefined;
  }

  resize(columns: number, rows: number): Promise<void> {
    this.sizes.push(`${String(columns)}x${String(rows)}`);
    return Promise.resolve();
  }

  exitCode(): Promise<number | undefined> {
    return Promise.resolve(this.end_ !== undefined && 'code' in this.end_ ? this.end_.code : undefined);
  }

  end(): void {
    this.isEnded = true;
    this.finish({ error: new Error('closed') });
  }

  private async *read(): AsyncGenerator<{ readonly data: Uint8Array }> {
    for (;;) {
      for (const data of this.said.splice(0)) yield { data };
      if (this.end_ !== undefined && 'error' in this.end_) throw this.end_.error;
      if (this.end_ !== undefined) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

/** A terminal with a program that connects to sessions of the test, each when the test lets it. */
class Stage {
  readonly sessions: FakeSession[] = [];
  readonly outcomes: Outcome[] = [];
  readonly started: string[] = [];
  shown = '';
  isClosed = false;
  failure: EngineError | undefined;
  startFailure: EngineError | undefined;
  tell: (news: News) => void = () => undefined;
  private letIn: () => void = () => undefined;
  readonly terminal: ContainerTerminal;

  constructor(isHeld = false) {
    const program: TerminalProgram = {
      connect: async () => {
        if (isHeld)
          await new Promise<void>((resolve) => {
            this.letIn = resolve;
          });
        if (this.failure !== undefined) throw this.failure;
        const session = new FakeSession();
        this.sessions.push(session);
        return session;
      },
      over: (outcome) => {
        this.outcomes.push(outcome);
        if (typeof outcome === 'object' && 'exitCode' in outcome && outcome.exitCode === 0)
          return Promise.resolve('close' as const);
        return Promise.resolve({ lines: ['It is over.'], offers: [this.offer] });
      },
      watch: (onNews) => {
        this.tell = onNews;
        return { dispose: () => undefined };
      },
    };
    const screen = {
      write: (text: string) => {
        this.shown += text;
      },
      close: () => {
        this.isClosed = true;
      },
    };
    const parts = { clock: new FakeClock(), t: english, keptLines: () => 100 };
    this.terminal = new ContainerTerminal(program, screen, size, parts);
  }

  readonly offer = {
    key: 'Enter',
    label: 'Start it',
    run: (): Promise<'connect'> => {
      this.started.push('start');
      return this.startFailure === undefined ? Promise.resolve('connect') : Promise.reject(this.startFailure);
    },
  };

  connect(): Promise<void> {
    this.letIn();
    return settle();
  }

  /** The text without its colours. */
  get text(): string {
    return this.shown.replaceAll(/\u001b(?:\[[?\d;]*[a-z]|>)/g, '');
  }
}

describe('a terminal at a container', () => {
  test('shows what comes and passes on what is typed, also what was typed before there was anybody', async () => {
    const stage = new Stage(true);
    stage.terminal.input('l');
    stage.terminal.input('s\r');
    stage.terminal.resize({ columns: 100, rows: 30 });
    await stage.connect();
    const [session] = stage.sessions;
    expect(session?.written).toEqual(['ls\r']);
    expect(session?.sizes).toEqual(['100x30']);
    session?.say('file\r\n$ ');
    await settle();
    expect(stage.shown).toBe('file\r\n$ ');
  });

  test('closes after an end as wanted, once all was shown', async () => {
    const stage = new Stage();
    await settle();
    stage.sessions[0]?.say('bye');
    stage.sessions[0]?.finish({ code: 0 });
    await settle();
    expect(stage.text).toBe('bye');
    expect(stage.isClosed).toBe(true);
  });

  test('says any other end, takes no keys but those it offers, and begins anew with Enter', async () => {
    const stage = new Stage();
    await settle();
    stage.sessions[0]?.finish({ code: 7 });
    await settle();
    expect(stage.outcomes).toEqual([{ exitCode: 7 }]);
    expect(stage.text).toContain('It is over.');
    expect(stage.text).toMatch(/Enter +Start it\r\n +Ctrl\+D +Close the terminal/);
    stage.terminal.input('x');
    await settle();
    expect(stage.sessions).toHaveLength(1);
    stage.terminal.input('\r');
    await settle();
    expect(stage.sessions).toHaveLength(2);
    stage.terminal.input('ls');
    expect(stage.sessions[1]?.written).toEqual(['ls']);
    expect(stage.sessions[0]?.written).toEqual([]);
  });

  test('closes with Ctrl+D', async () => {
    const stage = new Stage();
    await settle();
    stage.sessions[0]?.finish({ code: 7 });
    await settle();
    stage.terminal.input('\u0004');
    expect(stage.isClosed).toBe(true);
  });

  test('says why an offer failed, and offers it again', async () => {
    const stage = new Stage();
    stage.startFailure = new EngineError('conflict', 'the port is taken');
    await settle();
    stage.sessions[0]?.finish({ error: new EngineError('unreachable', 'gone') });
    await settle();
    stage.terminal.input('\r');
    await settle();
    expect(stage.text).toContain('The port is taken.');
    stage.startFailure = undefined;
    stage.terminal.input('\r');
    await settle();
    expect(stage.started).toEqual(['start', 'start']);
    expect(stage.sessions).toHaveLength(2);
  });

  test('has the usual screen and keys again when a program is gone that had its own', async () => {
    const stage = new Stage();
    await settle();
    stage.sessions[0]?.say('\u001b[?1049hvim');
    stage.sessions[0]?.finish({ code: 137 });
    await settle();
    expect(stage.shown).toMatch(/vim\u001b\[\?1049l.*\u001b\[\?25h/);
    const plain = new Stage();
    await settle();
    plain.sessions[0]?.finish({ code: 137 });
    await settle();
    expect(plain.shown).not.toContain('\u001b[?1049l');
  });

  test('a first connection that fails is an end like another', async () => {
    const stage = new Stage(true);
    stage.failure = new EngineError('conflict', 'it is paused');
    await stage.connect();
    expect(stage.outcomes).toEqual([{ error: stage.failure }]);
    expect(stage.text).toContain('It is over.');
  });

  test('keeps keys from a container that stands still, until it goes on', async () => {
    const stage = new Stage();
    await settle();
    const unpause = { key: 'Enter', label: 'Unpause', run: () => Promise.resolve('stay' as const) };
    stage.tell({ kind: 'standsStill', ending: { lines: ['It is paused.'], offers: [unpause] } });
    stage.terminal.input('x');
    expect(stage.text).toContain('It is paused.');
    stage.tell({ kind: 'goesOn', line: 'It goes on.' });
    stage.terminal.input('y');
    expect(stage.text).toContain('It goes on.');
    expect(stage.sessions[0]?.written).toEqual(['y']);
  });

  test('tells what has changed since the end, once', async () => {
    const stage = new Stage();
    await settle();
    const isBack = { kind: 'isBack', ending: { lines: ['It runs again.'], offers: [stage.offer] } } as const;
    stage.tell(isBack);
    expect(stage.text).toBe('');
    stage.sessions[0]?.finish({ code: 137 });
    await settle();
    stage.tell(isBack);
    stage.tell(isBack);
    expect(stage.text.split('It runs again.')).toHaveLength(2);
  });

  test('that is closed ends its connection, also one that comes later', async () => {
    const stage = new Stage();
    await settle();
    stage.terminal.dispose();
    expect(stage.sessions[0]?.isEnded).toBe(true);
    const late = new Stage(true);
    await settle();
    late.terminal.dispose();
    await late.connect();
    expect(late.sessions[0]?.isEnded).toBe(true);
    expect(late.outcomes).toEqual([]);
  });

  test('that is left by its keys is not told as a failure', async () => {
    const stage = new Stage();
    await settle();
    stage.terminal.input('detach');
    await settle();
    expect(stage.outcomes).toEqual(['detached']);
  });
});
