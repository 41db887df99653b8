import { type Socket, connect } from 'node:net';
import { type FaultMode, NOT_HTTP } from './faultMode.ts';
import { type RequestLine, RequestReader } from './requestReader.ts';

export interface ConnectionContext {
  readonly engineSocket: string;
  mode(): FaultMode;
  record(request: RequestLine): void;
  ended(connection: FaultConnection): void;
}

/** One client's connection with its counterpart to the engine, treated as the mode of the moment says. */
export class FaultConnection {
  readonly #context: ConnectionContext;
  readonly #client: Socket;
  readonly #engine: Socket;
  readonly #reader: RequestReader;
  /** Bytes that wait for their time in the mode `delay`; later ones queue up behind them. */
  #delayed: Promise<void> = Promise.resolve();
  #waiting = 0;
  #answerBytes = 0;
  #expectsAnswer = false;
  /** Dead to both sides without their knowing. */
  #lost = false;
  #over = false;
  /** A request came while requests were not to be answered: nothing it says reaches the engine. */
  #deaf = false;

  constructor(client: Socket, context: ConnectionContext) {
    this.#context = context;
    this.#client = client;
    this.#engine = connect({ path: context.engineSocket, allowHalfOpen: true });
    this.#reader = new RequestReader((request) => {
      this.#answerBytes = 0;
      this.#expectsAnswer = true;
      context.record(request);
    });
    client.on('data', (bytes) => this.#fromClient(bytes));
    client.on('end', () => this.#clientEnded());
    client.on('error', () => this.destroy());
    client.on('close', () => this.destroy());
    this.#engine.on('data', (bytes) => this.#fromEngine(bytes));
    this.#engine.on('end', () => this.#afterDelayed(() => this.#passOn(() => client.end())));
    this.#engine.on('error', () => this.#passOn(() => this.destroy()));
    this.#engine.on('close', () => this.#engineClosed());
    this.applyMode();
  }

  /** Called when the mode has changed. */
  applyMode(): void {
    const { kind } = this.#context.mode();
    if (kind === 'half-open') this.#lost = true;
    if (kind === 'refuse' || kind === 'absent') this.destroy();
  }

  destroy(): void {
    if (this.#over) return;
    this.#over = true;
    this.#client.destroy();
    this.#engine.destroy();
    this.#context.ended(this);
  }

  #fromClient(bytes: Buffer): void {
    this.#reader.read(bytes);
    const mode = this.#context.mode();
    if (this.#lost || this.#deaf) return;
    if (mode.kind === 'garbage' && this.#expectsAnswer) {
      this.#client.end(mode.bytes ?? NOT_HTTP);
      this.#deaf = true;
      return;
    }
    if (mode.kind === 'silent' && this.#expectsAnswer) {
      this.#deaf = true;
      return;
    }
    send(bytes, this.#client, this.#engine);
  }

  #fromEngine(bytes: Buffer): void {
    if (this.#lost || this.#deaf) return;
    if (this.#expectsAnswer && bytes.subarray(0, 12).toString('latin1') === 'HTTP/1.1 101')
      this.#reader.becomeRaw();
    this.#expectsAnswer = false;
    const mode = this.#context.mode();
    if (mode.kind === 'cut') {
      this.#cut(bytes, mode.afterBytes);
      return;
    }
    this.#answerBytes += bytes.length;
    if (mode.kind === 'delay') this.#delay(bytes, mode.ms);
    else this.#afterDelayed(() => send(bytes, this.#engine, this.#client));
  }

  #cut(bytes: Buffer, afterBytes: number): void {
    const rest = afterBytes - this.#answerBytes;
    this.#answerBytes += bytes.length;
    if (bytes.length < rest) send(bytes, this.#engine, this.#client);
    else this.#client.write(bytes.subarray(0, Math.max(0, rest)), () => this.destroy());
  }

  #delay(bytes: Buffer, ms: number): void {
    const due = Date.now() + ms;
    this.#queue(async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
      if (!this.#lost && !this.#over) this.#client.write(bytes);
    });
  }

  #afterDelayed(action: () => void): void {
    if (this.#waiting === 0) action();
    else this.#queue(action);
  }

  #queue(action: () => void | Promise<void>): void {
    this.#waiting += 1;
    this.#delayed = this.#delayed.then(action).finally(() => {
      this.#waiting -= 1;
    });
  }

  #clientEnded(): void {
    if (this.#lost || this.#deaf) this.destroy();
    else this.#engine.end();
  }

  #passOn(action: () => void): void {
    if (!this.#lost && !this.#deaf && !this.#over) action();
  }

  #engineClosed(): void {
    this.#passOn(() => this.#afterDelayed(() => this.#client.end()));
  }
}

/** Writes on, holding the source back while the target is full. */
function send(bytes: Buffer, source: Socket, target: Socket): void {
  if (target.destroyed || target.writableEnded) return;
  if (target.write(bytes)) return;
  source.pause();
  target.once('drain', () => source.resume());
}
