import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { freePort } from './freePort.ts';
import type { Registry } from './registry.ts';

/** More than a manifest or a configuration has, less than a layer that a test wants to stop. */
const HELD_AFTER_BYTES = 1_000_000;

/** A registry whose layers a test can stop half-way, in both directions. */
export interface RegistryGate {
  /** `127.0.0.1:<port>`: the registry's own, by another door. */
  readonly address: string;
  /** From now on every big layer stops after its first part; settles when one has. */
  hold(): Promise<void>;
  /** Lets everything go on. */
  release(): void;
  /** How many layers were given up by the other side before their last byte. */
  givenUp(): number;
  stop(): Promise<void>;
}

export async function startRegistryGate(registry: Registry): Promise<RegistryGate> {
  const gate = new Gate(registry.url);
  const address = `127.0.0.1:${await gate.listen()}`;
  return {
    address,
    hold: () => gate.hold(),
    release: () => gate.release(),
    givenUp: () => gate.givenUp,
    stop: () => gate.stop(),
  };
}

class Gate {
  givenUp = 0;
  readonly #target: string;
  readonly #server = createServer((incoming, outgoing) => {
    void this.#forward(incoming, outgoing);
  });
  #held: (() => void)[] = [];
  #onHeld: (() => void) | undefined;

  constructor(target: string) {
    this.#target = target;
  }

  async listen(): Promise<number> {
    const port = await freePort();
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return port;
  }

  hold(): Promise<void> {
    return new Promise((resolve) => {
      this.#onHeld = resolve;
    });
  }

  release(): void {
    this.#onHeld = undefined;
    for (const goOn of this.#held.splice(0)) goOn();
  }

  async stop(): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const isLayer = incoming.url?.includes('/blobs/') === true;
    const upstream = request(new URL(incoming.url ?? '', this.#target), {
      method: incoming.method,
      headers: incoming.headers,
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.once('response', resolve);
      upstream.once('error', reject);
    });
    try {
      const [answer] = await Promise.all([answered, pipeline(incoming, this.#gate(), upstream)]);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      await pipeline(answer, this.#gate(), outgoing);
    } catch {
      // Either side may go at any time: a test that stops things wants just that.
      if (isLayer) this.givenUp += 1;
      upstream.destroy();
      outgoing.destroy();
    }
  }

  #gate(): Transform {
    let passed = 0;
    return new Transform({
      transform: (chunk: Buffer, _encoding, callback: TransformCallback) => {
        passed += chunk.length;
        if (this.#onHeld === undefined || passed < HELD_AFTER_BYTES) {
          callback(null, chunk);
          return;
        }
        this.#held.push(() => callback(null, chunk));
        this.#onHeld();
      },
    });
  }
}
