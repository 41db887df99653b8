import { describe, expect, test } from 'vitest';
import { OutputFlow } from '../../../../src/ui/terminals/outputFlow.ts';
import { FakeClock, settle } from '../../../support/fakeClock.ts';

const question = '\u001b[5n';
const answer = '\u001b[0n';

/** A terminal that draws, and so answers, when the test says so. */
class SlowTerminal {
  readonly clock = new FakeClock();
  shown = '';
  private asked = 0;
  readonly flow = new OutputFlow({
    write: (text) => {
      this.asked += text.split(question).length - 1;
      this.shown += text.replaceAll(question, '');
    },
    keptLines: () => 100,
    leftOut: (bytes) => `<${String(bytes)} left out>\r\n`,
    clock: this.clock,
  });

  get isAsked(): boolean {
    return this.asked > 0;
  }

  draw(): void {
    this.asked--;
    expect(this.flow.withoutAnswers(answer)).toBe('');
  }
}

const kilobyte = `${'x'.repeat(1022)}\r\n`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('output on its way to a terminal', () => {
  test('is shown at once, without questions, as long as it is little', async () => {
    const terminal = new SlowTerminal();
    await terminal.flow.push(bytes('$ '));
    expect(terminal.shown).toBe('$ ');
    expect(terminal.isAsked).toBe(false);
  });

  test('has its characters whole, wherever it was cut', async () => {
    const text = 'grün 容器 🚢\r\n';
    const all = bytes(text);
    for (let at = 0; at <= all.length; at++) {
      const terminal = new SlowTerminal();
      await terminal.flow.push(all.subarray(0, at));
      await terminal.flow.push(all.subarray(at));
      expect(terminal.shown).toBe(text);
    }
  });

  test('that is half a character at its end is said to be so', async () => {
    const terminal = new SlowTerminal();
    await terminal.flow.push(bytes('🚢').subarray(0, 2));
    await terminal.flow.drained();
    expect(terminal.shown).toBe('\ufffd');
  });

  test('waits for a terminal that has not drawn what it was given', async () => {
    const terminal = new SlowTerminal();
    for (let n = 0; n < 900; n++) await terminal.flow.push(bytes(kilobyte));
    const given = terminal.shown.length;
    expect(given).toBeLessThan(700 * 1024);
    terminal.draw();
    expect(terminal.shown.length).toBeGreaterThan(given);
    while (terminal.isAsked) terminal.draw();
    expect(terminal.shown).toBe(kilobyte.repeat(900));
  });

  test('of which more waits than a terminal keeps leaves out what nobody would see, and says how much', async () => {
    const terminal = new SlowTerminal();
    for (let n = 0; n < 10_000; n++) await terminal.flow.push(bytes(kilobyte));
    await terminal.flow.push(bytes('$ '));
    while (terminal.isAsked) terminal.draw();
    const said = [...terminal.shown.matchAll(/<(\d+) left out>\r\n/g)];
    const leftOut = said.reduce((sum, [, count]) => sum + Number(count), 0);
    const shown = terminal.shown.replaceAll(/<\d+ left out>\r\n/g, '');
    expect(leftOut + shown.length).toBe(10_000 * 1024 + 2);
    expect(leftOut).toBeGreaterThan(8_000_000);
    expect(shown.endsWith(`${kilobyte.repeat(100)}$ `)).toBe(true);
  });

  test('of a program that has the whole screen is all shown, and is not read before', async () => {
    const terminal = new SlowTerminal();
    await terminal.flow.push(bytes('\u001b[?1049h'));
    const pushed = { isAll: false };
    const pushing = (async () => {
      for (let n = 0; n < 6000; n++) await terminal.flow.push(bytes(kilobyte));
      pushed.isAll = true;
    })();
    await settle();
    expect(pushed.isAll).toBe(false);
    while (!pushed.isAll || terminal.isAsked) {
      if (terminal.isAsked) terminal.draw();
      await settle();
    }
    await pushing;
    expect(terminal.shown.length).toBe(8 + 6000 * 1024);
  });

  test('has no question in the middle of a sequence', async () => {
    const terminal = new SlowTerminal();
    const parts: string[] = [];
    const flow = new OutputFlow({
      write: (text) => parts.push(text),
      keptLines: () => 100,
      leftOut: () => '',
      clock: terminal.clock,
    });
    const coloured = '\u001b[38;2;1;2;3mx'.repeat(9000);
    for (let n = 0; n < 3; n++) await flow.push(bytes(coloured));
    expect(parts.join('').includes(question)).toBe(false);
    await flow.push(bytes(`\r\n${coloured}`));
    expect(parts.join('')).toContain(`\r\n${question}`);
  });

  test('goes on where a terminal does not answer, and its late answers are still nobody’s input', async () => {
    const terminal = new SlowTerminal();
    for (let n = 0; n < 900; n++) await terminal.flow.push(bytes(kilobyte));
    const given = terminal.shown.length;
    terminal.clock.advance(2000);
    expect(terminal.shown.length).toBeGreaterThan(given);
    terminal.draw();
    expect(terminal.flow.withoutAnswers(`a${answer}b`)).toBe('ab');
  });

  test('asks nothing of what is typed, and takes no answer that another program asked for', () => {
    const terminal = new SlowTerminal();
    expect(terminal.flow.withoutAnswers(`ls${answer}`)).toBe(`ls${answer}`);
  });
});
