import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOutput } from '../../../src/engine/docker/output.ts';
import type { Engine, OutputChunk } from '../../../src/engine/engine.ts';
import type { StampedLine } from '../../../src/logs/lineSplitter.ts';
import { readLines } from '../../../src/logs/readLines.ts';
import { EngineError } from '../../../src/model/engineError.ts';

const never = new AbortController().signal;
const options = { follow: false, timestamps: true };
const stamp = '2026-03-01T12:00:00.123456789Z ';

type Streamed = Pick<OutputChunk, 'stream' | 'data'>;

function frame({ stream, data }: Streamed): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream === 'stderr' ? 2 : 1;
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

/** An engine whose connection brings these bytes, cut like this; the daemon alone decides how, so a real one won't do. */
function engineOf(chunks: readonly Uint8Array[], isTerminal = false): Pick<Engine, 'logs'> {
  const connection = async function* (): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) {
      await Promise.resolve();
      yield chunk;
    }
  };
  return { logs: () => readOutput(connection(), isTerminal) };
}

/** Copies what it keeps, as batches and memory are used again. */
async function read(engine: Pick<Engine, 'logs'>, signal = never): Promise<StampedLine[]> {
  const lines: StampedLine[] = [];
  for await (const batch of readLines(engine, 'c', options, signal))
    for (const line of batch) lines.push({ ...line, data: Buffer.from(line.data) });
  return lines;
}

/** The whole cut at some of its places, given as parts of a million. */
function cutAt(whole: Buffer, places: readonly number[]): Uint8Array[] {
  const cuts = places.map((place) => Math.floor((place / 1_000_000) * whole.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((from, at) => whole.subarray(from, cuts[at] ?? whole.length));
}

const anyPiece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }).map(Buffer.from) },
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 10 }).map(Buffer.from) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('\n', '\r\n', '\r', stamp, `${stamp}x\n`, 'é世🎉').map(Buffer.from),
  },
);
const anyFrame = fc.record({
  stream: fc.constantFrom('stdout' as const, 'stderr' as const),
  data: fc.array(anyPiece, { maxLength: 5 }).map((pieces) => Buffer.concat(pieces)),
});
const anyCuts = fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 12 });

describe('readLines', () => {
  test('gives the same lines wherever the connection cuts the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFrame, { maxLength: 12 }), anyCuts, async (frames, cuts) => {
        const whole = Buffer.concat(frames.map(frame));
        expect(await read(engineOf(cutAt(whole, cuts)))).toEqual(await read(engineOf([whole])));
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  test('gives all bytes of each stream in their order, but for line ends and stamps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFrame, { maxLength: 12 }), anyCuts, async (frames, cuts) => {
        const lines = await read(engineOf(cutAt(Buffer.concat(frames.map(frame)), cuts)));
        for (const wanted of ['stdout', 'stderr'] as const) {
          const own = frames.filter(({ stream }) => stream === wanted);
          const written = Buffer.concat(own.map(({ data }) => data)).toString('latin1');
          const expected = written === '' ? [] : written.replace(/\n$/, '').split('\n');
          expect(
            lines
              .filter(({ stream }) => stream === wanted)
              .map(({ data }) => Buffer.from(data).toString('latin1')),
          ).toEqual(
            expected.map((line) =>
              (line.startsWith(stamp) ? line.slice(stamp.length) : line).replace(/\r$/, ''),
            ),
          );
        }
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  test('cuts long lines at the same places wherever the connection cuts the bytes', async () => {
    const record = 'ab世'.repeat(4000).slice(0, 16_384 - 8000);
    const long = Array.from({ length: 14 }, (_, at) => `${stamp}${String(at)}${record}`).join('');
    const texts = [`${stamp}short\n`, `${long}\n`, `${stamp}${'x'.repeat(150_000)}\r\n`, `${stamp}end`];
    const whole = Buffer.concat(
      texts.flatMap((text, at) => {
        const other = { stream: 'stderr', data: Buffer.from(`${stamp}between ${String(at)}\n`) } as const;
        return [frame({ stream: 'stdout', data: Buffer.from(text) }), frame(other)];
      }),
    );
    const of = (lines: readonly StampedLine[], wanted: string): readonly unknown[] =>
      lines
        .filter(({ stream }) => stream === wanted)
        // Bytes as a text: comparing tens of thousands of numbers takes long.
        .map((line) => ({ ...line, data: Buffer.from(line.data).toString('latin1') }));
    const expected = await read(engineOf([whole]));
    expect(of(expected, 'stdout').length).toBeGreaterThan(6);
    await fc.assert(
      fc.asyncProperty(anyCuts, async (cuts) => {
        const lines = await read(engineOf(cutAt(whole, cuts)));
        for (const stream of ['stdout', 'stderr']) expect(of(lines, stream)).toEqual(of(expected, stream));
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  test('takes a terminal’s output as it is', async () => {
    const lines = await read(engineOf([Buffer.from('\u0001\u0000 no frame\r\nx')], true));
    expect(lines.map(({ text }) => text)).toEqual(['\u0001\u0000 no frame', 'x']);
  });

  test('joins frames of one stream that come together', async () => {
    const frames = ['a', 'b\nc', '\n'].map((text) => frame({ stream: 'stdout', data: Buffer.from(text) }));
    const chunks: OutputChunk[] = [];
    const connection = engineOf([Buffer.concat(frames)]);
    for await (const chunk of connection.logs('c', options, never)) chunks.push(chunk);
    expect(chunks.map(({ data }) => Buffer.from(data).toString())).toEqual(['ab\nc\n']);
  });

  test('ends the connection when nobody wants more, and when it fails', async () => {
    const signals: AbortSignal[] = [];
    const failing = { value: false };
    const engine: Pick<Engine, 'logs'> = {
      logs: async function* (_id, _options, signal) {
        signals.push(signal);
        await Promise.resolve();
        yield { stream: 'stdout', data: Buffer.from('a\nb\n') };
        if (failing.value) throw new EngineError('unreachable', 'gone');
        yield { stream: 'stdout', data: Buffer.from('c\n') };
      },
    };
    for await (const batch of readLines(engine, 'c', options, never)) {
      expect(batch).toHaveLength(2);
      break;
    }
    failing.value = true;
    await expect(read(engine)).rejects.toMatchObject({ reason: 'unreachable' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});
