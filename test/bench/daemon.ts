import { request } from 'node:http';
import { engineJson, engineRequest, waitFor } from '../bed/bed.ts';
import { field } from './inspector.ts';
import { median } from './statistics.ts';

/** Mass containers are made so many at a time. */
const PARALLEL = 8;
/** How many of them run. */
const RUNNING = 5;
/** The new engine's; the old one has no `until` for events that is as exact. */
const API = '/v1.41';

/** The two blocks of nothing with which an archive ends. */
const emptyTar = new Uint8Array(1024);

export interface DaemonTimes {
  /** The list of all containers, over the socket, read to the end. */
  readonly listMs: number;
  /** From an event's own stamp until a bare client has it. */
  readonly eventMs: number;
  readonly inspectMs: number;
}

/** The engine without any editor in between: makes what the figures need, and says how long it takes by itself. */
export class Daemon {
  readonly #socket: string;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(socket: string, label: string) {
    this.#socket = socket;
    const [key = '', value = ''] = label.split('=');
    this.#labels = { [key]: value };
  }

  /** Makes mass containers until there are `size` of all, and has a few of them run. */
  async grow(size: number): Promise<void> {
    const names = new Set((await this.containers()).map(({ name }) => name));
    const missing: string[] = [];
    for (let n = 0; names.size + missing.length < size; n += 1) {
      const name = `load-${String(n).padStart(4, '0')}`;
      if (!names.has(name)) missing.push(name);
    }
    const lane = async (): Promise<void> => {
      for (let name = missing.pop(); name !== undefined; name = missing.pop()) await this.create(name);
    };
    await Promise.all(Array.from({ length: PARALLEL }, lane));
    for (let n = 0; n < RUNNING; n += 1) await this.start(`load-000${n}`);
  }

  /** Makes images of one small layer that all share and a configuration of their own until there are `size` of all. */
  async growImages(size: number): Promise<void> {
    const listed = await engineJson(this.#socket, `${API}/images/json`);
    let missing = size - (Array.isArray(listed) ? listed.length : 0);
    const labels = Object.entries(this.#labels).map(([key, value]) => `${key}=${value}`);
    const lane = async (): Promise<void> => {
      while (missing > 0) {
        const name = String(missing).padStart(4, '0');
        missing -= 1;
        const query = new URLSearchParams({ fromSrc: '-', repo: `load/image-${name}`, tag: '1' });
        query.append('changes', `LABEL ${labels.join(' ')} number=${name}`);
        await this.#call('POST', `/images/create?${query}`, emptyTar);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, lane));
  }

  /** How long the daemon takes for the list of its images, read to the end. */
  async imageListMs(): Promise<number> {
    const begin = performance.now();
    await engineRequest(this.#socket, `${API}/images/json`);
    return performance.now() - begin;
  }

  async create(name: string): Promise<void> {
    await this.#call('POST', `/containers/create?name=${name}`, {
      Image: 'busybox:latest',
      Cmd: ['sleep', '1000000'],
      // The first process of a container does not listen to SIGTERM.
      StopSignal: 'SIGKILL',
      Labels: this.#labels,
    });
  }

  /** One that runs a shell script; gives back its id. One of this name that is there already is used again. */
  async createWriter(
    name: string,
    script: string,
    labels: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const known = await engineJson(this.#socket, `${API}/containers/${name}/json`).catch(() => undefined);
    const knownId = field(known, 'Id');
    if (typeof knownId === 'string') return knownId;
    const body = {
      Image: 'busybox:latest',
      Cmd: ['sh', '-c', script],
      StopSignal: 'SIGKILL',
      Labels: { ...this.#labels, ...labels },
    };
    await this.#call('POST', `/containers/create?name=${name}`, body);
    const made = await engineJson(this.#socket, `${API}/containers/${name}/json`);
    return String(field(made, 'Id'));
  }

  async lastLine(name: string): Promise<string> {
    const answer = await engineRequest(
      this.#socket,
      `${API}/containers/${name}/logs?stdout=1&stderr=1&tail=1`,
    );
    return answer.body.toString('utf8');
  }

  async start(name: string): Promise<void> {
    await this.#call('POST', `/containers/${name}/start`);
  }

  async stop(name: string): Promise<void> {
    await this.#call('POST', `/containers/${name}/stop`);
  }

  async pause(name: string): Promise<void> {
    await this.#call('POST', `/containers/${name}/pause`);
  }

  async unpause(name: string): Promise<void> {
    await this.#call('POST', `/containers/${name}/unpause`);
  }

  async remove(name: string): Promise<void> {
    await this.#call('DELETE', `/containers/${name}?force=1&v=1`);
  }

  async containers(): Promise<readonly { readonly name: string; readonly state: string }[]> {
    const answer = await engineJson(this.#socket, `${API}/containers/json?all=1`);
    return (Array.isArray(answer) ? (answer as unknown[]) : []).map((entry) => {
      const names = field(entry, 'Names');
      const [name] = Array.isArray(names) ? (names as unknown[]) : [];
      return { name: String(name).slice(1), state: String(field(entry, 'State')) };
    });
  }

  /**
   * When the daemon says that the event happened, in milliseconds; it remembers the last 256. Some are sent only after
   * the call that caused them was answered.
   */
  async stampOf(action: string, name: string): Promise<number> {
    const what = `the event ${action} of ${name}`;
    return await waitFor({ what, deadlineMs: 5_000, everyMs: 10 }, async () => {
      const filters = JSON.stringify({ type: ['container'], event: [action], container: [name] });
      const until = (Date.now() / 1000).toFixed(3);
      const path = `${API}/events?since=0&until=${until}&filters=${encodeURIComponent(filters)}`;
      const { body } = await engineRequest(this.#socket, path);
      return stampIn(body.toString('utf8').trim().split('\n').at(-1) ?? '');
    });
  }

  /** What the daemon alone takes, as of now and for as many containers as it has. */
  async times(): Promise<DaemonTimes> {
    const time = async (path: string): Promise<number> => {
      const begin = performance.now();
      await engineRequest(this.#socket, path);
      return performance.now() - begin;
    };
    const list: number[] = [];
    const inspect: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      list.push(await time(`${API}/containers/json?all=1`));
      inspect.push(await time(`${API}/containers/load-0000/json`));
    }
    return { listMs: median(list), inspectMs: median(inspect), eventMs: median(await this.#eventTimes()) };
  }

  async #eventTimes(): Promise<number[]> {
    const delays: number[] = [];
    const ended = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const call = request({
        socketPath: this.#socket,
        path: `${API}/events?filters=${encodeURIComponent('{"event":["pause","unpause"]}')}`,
        signal: ended.signal,
      });
      call.on('error', reject);
      call.on('response', (response) => {
        response.on('error', () => undefined);
        response.on('data', (chunk: Buffer) => {
          // The clock that the stamp is of: the other one does not follow when it is set.
          const now = Date.now();
          const stamp = stampIn(chunk.toString('utf8'));
          if (stamp !== undefined) delays.push(now - stamp);
        });
        resolve();
      });
      call.end();
    });
    for (let n = 0; n < 4; n += 1) {
      await this.pause('load-0000');
      await this.unpause('load-0000');
    }
    ended.abort();
    return delays;
  }

  async #call(method: string, path: string, body?: object): Promise<void> {
    const isTar = body instanceof Uint8Array;
    const answer = await engineRequest(this.#socket, `${API}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : {
            body: isTar ? body : JSON.stringify(body),
            headers: { 'Content-Type': isTar ? 'application/x-tar' : 'application/json' },
          }),
    });
    if (answer.status >= 300 && answer.status !== 304)
      throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString('utf8')}`);
  }
}

/** The stamp of the first event in a piece of the stream: nanoseconds, too many digits for a number. */
function stampIn(text: string): number | undefined {
  const digits = /"timeNano":(\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(BigInt(digits) / 1000n) / 1000;
}
