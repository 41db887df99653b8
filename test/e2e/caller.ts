import { request } from 'node:http';
import { existsSync } from 'node:fs';
import type { QuaysideApi } from '../../quayside.d.ts';
import { waitFor } from '../bed/bed.ts';

/** What Quayside's API said at one moment, and how often it told of a change until then. */
export interface ApiAnswer extends Pick<QuaysideApi, 'version' | 'engines'> {
  readonly changes: number;
}

type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** Another extension in the workbench's extension host, which does what a test wants of it. */
export class Caller {
  private readonly socket: string;

  constructor(socket: string) {
    this.socket = socket;
  }

  /** Calls a command as another extension does; rejects with what the command rejected with. */
  async execute(command: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.ask({ kind: 'execute', command, args });
  }

  async api(): Promise<ApiAnswer> {
    return (await this.ask({ kind: 'api' })) as ApiAnswer;
  }

  /** Changes a setting of the workspace; resolves when extensions see it. */
  async setSetting(key: string, value: unknown): Promise<void> {
    await this.ask({ kind: 'setting', key, value });
  }

  private async ask(question: object): Promise<unknown> {
    await waitFor({ what: 'the calling extension', deadlineMs: 30_000 }, () => existsSync(this.socket));
    const answer = await this.post(JSON.stringify(question));
    if (!answer.ok) throw new Error(answer.message);
    return answer.value;
  }

  private post(body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: this.socket, method: 'POST' }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve(JSON.parse(text) as Answer));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
