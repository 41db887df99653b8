import { setTimeout as pause } from 'node:timers/promises';

/** Where Node listens once it got SIGUSR1; there is no way to tell it another port. */
const PORT = 9229;

/** A debugger's connection to an extension host. */
export interface Inspector {
  send(method: string, params?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** The value of an expression in the process's main context. */
  evaluate(expression: string): Promise<unknown>;
}

/** Opens the inspector of a Node process for the time of `work`; afterwards the process is as it was before. */
export async function withInspector<T>(pid: number, work: (inspector: Inspector) => Promise<T>): Promise<T> {
  if ((await target()) !== undefined) throw new Error(`port ${PORT}, which the inspector needs, is taken`);
  process.kill(pid, 'SIGUSR1');
  const address = await patiently(target);
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector refused')), { once: true });
  });
  const inspector = connect(socket);
  try {
    if ((await inspector.evaluate('process.pid')) !== pid) throw new Error(`port ${PORT} is another's`);
    return await work(inspector);
  } finally {
    await inspector.evaluate("setTimeout(() => process.getBuiltinModule('node:inspector').close(), 20) && 0");
    socket.close();
    await pause(200);
  }
}

async function target(): Promise<string | undefined> {
  try {
    const answer: unknown = await (await fetch(`http://127.0.0.1:${PORT}/json/list`)).json();
    const [first] = Array.isArray(answer) ? (answer as unknown[]) : [];
    const address = field(first, 'webSocketDebuggerUrl');
    return typeof address === 'string' ? address : undefined;
  } catch {
    return undefined;
  }
}

async function patiently<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(50);
  }
  throw new Error('the extension host opened no inspector');
}

function connect(socket: WebSocket): Inspector {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  socket.addEventListener('message', ({ data }) => {
    const message: unknown = JSON.parse(String(data));
    const id = field(message, 'id');
    if (typeof id !== 'number') return;
    const error = field(message, 'error');
    if (error === undefined) waiting.get(id)?.resolve(field(message, 'result'));
    else waiting.get(id)?.reject(new Error(JSON.stringify(error)));
    waiting.delete(id);
  });
  const send: Inspector['send'] = (method, params = {}) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      socket.send(JSON.stringify({ id: lastId, method, params }));
    });
  return {
    send,
    evaluate: async (expression) =>
      field(field(await send('Runtime.evaluate', { expression, returnByValue: true }), 'result'), 'value'),
  };
}

/** A property of something whose shape nobody vouches for. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
