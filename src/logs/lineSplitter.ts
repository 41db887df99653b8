import type { OutputChunk } from '../engine/engine.ts';
import { readStamp, type Stamp } from './stamp.ts';

/** One line of output, or one piece of a line that is longer than a row may be. */
export interface StampedLine {
  readonly stream: OutputChunk['stream'];
  readonly stamp: Stamp | undefined;
  readonly text: string;
  /** The text's bytes as they came, in memory that is the connection's: copy what is to be kept. */
  readonly data: Uint8Array;
  readonly isContinuation: boolean;
  /** Log records that it was put together from: an engine stores a long line as several. */
  readonly records: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const longestStamp = 36;
/** Docker stores lines above 16 kB as several records and stamps each: `<stamp> 16 kB<stamp> 16 kB<stamp> rest\n`. */
const recordBytes = 16_384;
/** Four full records with their stamps, so that a piece normally ends where a record does. */
const maxPieceBytes = 4 * (recordBytes + 31);

/**
 * Cuts one stream's bytes into lines, wherever the connection cut them. Text is decoded line by line, so a character
 * that came in two chunks is whole. Lines above 64 kB come in pieces.
 */
export class LineSplitter {
  private readonly stream: OutputChunk['stream'];
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  /** Of the line whose pieces are on their way. */
  private stamp: Stamp | undefined;
  private stampBytes: Buffer | undefined;
  private isContinuation = false;

  constructor(stream: OutputChunk['stream']) {
    this.stream = stream;
  }

  /** Adds the lines that this chunk completes to `lines`. */
  push(chunk: Uint8Array, lines: StampedLine[]): void {
    const data = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline, start)) {
      if (this.pendingBytes === 0) {
        this.cutLine(data, start, end, lines);
      } else {
        const whole = this.takePending(data.subarray(start, end));
        this.cutLine(whole, 0, whole.length, lines);
      }
      start = end + 1;
    }
    if (start < data.length) this.keep(data.subarray(start), lines);
  }

  /** The stream is over: what is left is a line, although nothing ended it. */
  end(lines: StampedLine[]): void {
    if (this.pendingBytes === 0) return;
    const rest = this.takePending();
    this.cutLine(rest, 0, rest.length, lines);
  }

  private keep(rest: Buffer, lines: StampedLine[]): void {
    // A copy: a slice would hold on to the connection's whole chunk.
    this.pending.push(Buffer.from(rest));
    this.pendingBytes += rest.length;
    if (this.pendingBytes < 2 * maxPieceBytes) return;
    const data = this.takePending();
    const cut = this.cutPieces(data, 0, data.length, lines);
    this.pending = [data.subarray(cut)];
    this.pendingBytes = data.length - cut;
  }

  private takePending(last?: Buffer): Buffer {
    const data = Buffer.concat(last === undefined ? this.pending : [...this.pending, last]);
    this.pending = [];
    this.pendingBytes = 0;
    return data;
  }

  private cutLine(data: Buffer, start: number, end: number, lines: StampedLine[]): void {
    const last = this.cutPieces(data, start, end, lines);
    const textEnd = end > last && data[end - 1] === carriageReturn ? end - 1 : end;
    lines.push(this.piece(data, last, textEnd));
    this.isContinuation = false;
    this.stamp = undefined;
    this.stampBytes = undefined;
  }

  /** Takes full pieces off the front; returns where the last one begins. */
  private cutPieces(data: Buffer, start: number, end: number, lines: StampedLine[]): number {
    let at = start;
    while (end - at > maxPieceBytes + longestStamp) {
      const cut = this.cutPoint(data, at);
      lines.push(this.piece(data, at, cut));
      this.isContinuation = true;
      at = cut;
    }
    return at;
  }

  /** Before a stamp that lies across the cut, else before the character that does. */
  private cutPoint(data: Buffer, start: number): number {
    const cut = start + maxPieceBytes;
    const stampBytes = this.stampBytes ?? readStampBytes(data, start);
    if (stampBytes !== undefined) {
      const near = data.subarray(cut - stampBytes.length + 1, cut + stampBytes.length).indexOf(stampBytes);
      if (near >= 0) return cut - stampBytes.length + 1 + near;
    }
    let at = cut;
    while (cut - at < 3 && ((data[at] ?? 0) & 0xc0) === 0x80) at--;
    return at;
  }

  private piece(data: Buffer, start: number, end: number): StampedLine {
    let textStart = start;
    let records = 0;
    if (!this.isContinuation) {
      const read = readStamp(data, start, end);
      this.stamp = read?.stamp;
      if (read !== undefined) {
        textStart += read.length;
        records = 1;
        if (end - start > recordBytes) this.stampBytes = Buffer.from(data.subarray(start, textStart));
      }
    }
    const { stream, stamp, isContinuation, stampBytes } = this;
    const parts: Buffer[] = [];
    if (stampBytes !== undefined) {
      // The records of one line have the very same stamp, to the nanosecond: nothing else looks like it.
      for (
        let at = data.indexOf(stampBytes, textStart);
        at >= 0 && at < end;
        at = data.indexOf(stampBytes, textStart)
      ) {
        parts.push(data.subarray(textStart, at));
        textStart = at + stampBytes.length;
        records++;
      }
    }
    const last = data.subarray(textStart, end);
    const whole = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    return { stream, stamp, text: whole.toString('utf8'), data: whole, isContinuation, records };
  }
}

function readStampBytes(data: Buffer, start: number): Buffer | undefined {
  const read = readStamp(data, start, data.length);
  return read === undefined ? undefined : data.subarray(start, start + read.length);
}
