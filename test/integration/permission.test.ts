import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/* A socket that this user may not open, asked by a process of another user: as root, everything may be opened. */

const nobody = 65_534;

/** Runs the asking program as nobody, in a group of its own where it is given; its JSON. */
function ask(socket: string, gid: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'askWithoutRights.ts'), socket], {
      uid: nobody,
      gid,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`ended with ${String(code)}: ${errors}`));
    });
  });
}

describe.skipIf(process.getuid?.() !== 0)('a socket that another user owns', () => {
  let folder = '';
  let socket = '';
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quayside-rights-'));
    chmodSync(folder, 0o755);
    socket = join(folder, 'docker.sock');
    server = createServer((client) => {
      client.on('error', () => undefined);
      client.end(
        'HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nServer: Docker/26.1.5\r\nContent-Length: 2\r\n\r\nOK',
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(socket, resolve);
    });
    chmodSync(socket, 0o660);
    chownSync(socket, 0, 54_321);
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  test('is refused with the sentence that names the group to join', async () => {
    expect(await ask(socket, nobody)).toEqual({
      reason: 'unauthorized',
      hint: 'permission',
      sentence: expect.stringContaining('sudo usermod -aG docker $USER') as string,
    });
  });

  test('is opened by a member of its group', async () => {
    expect(await ask(socket, 54_321)).toEqual({ reason: 'connected' });
  });
});
