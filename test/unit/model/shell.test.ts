import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parsePasswd, shellCommands, usersWorthOffering } from '../../../src/model/shell.ts';

describe('the shell that is chosen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-shell-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs what runs in a container, in this machine's own sh, where only these programs are found. */
  const chosen = (programs: readonly string[], preferred: readonly string[]): string => {
    const bin = mkdtempSync(join(folder, 'bin-'));
    mkdirSync(bin, { recursive: true });
    for (const program of programs) {
      const path = join(bin, program);
      writeFileSync(path, `#!/bin/sh\necho ${program}\n`);
      chmodSync(path, 0o755);
    }
    symlinkSync('/bin/echo', join(bin, 'echo'));
    const [command = []] = shellCommands('linux', preferred);
    const [, ...args] = command;
    return execFileSync('/bin/sh', args, { env: { PATH: bin }, encoding: 'utf8', input: '' }).trim();
  };

  test('is the first of the list that is there', () => {
    expect(chosen(['zsh', 'sh'], ['bash', 'zsh', 'sh'])).toBe('zsh');
    expect(chosen(['bash', 'zsh', 'sh'], ['bash', 'zsh'])).toBe('bash');
  });

  test('is sh where none of the list is there', () => {
    expect(chosen(['sh'], ['bash', 'zsh'])).toBe('sh');
    expect(chosen(['sh'], [])).toBe('sh');
  });

  test('takes no name for anything but a name', () => {
    expect(chosen(['sh'], ['$(touch /tmp/oh-no)', '; echo no', '-x', '*'])).toBe('sh');
  });

  test('by the user is that alone, with its words', () => {
    expect(shellCommands('linux', ['bash'], 'bash -l -c "a b"')).toEqual([['bash', '-l', '-c', 'a b']]);
  });

  test('of a Windows container is one of its own', () => {
    expect(shellCommands('windows', ['bash'])).toEqual([['pwsh'], ['powershell'], ['cmd']]);
  });
});

describe('the users of a container', () => {
  const text = [
    'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
    'root:x:0:0:root:/root:/bin/bash',
    '# a remark',
    'broken line',
    'app:x:1000:1000::/home/app:/bin/sh\r',
    'sync:x:4:65534:sync:/bin:/bin/sync',
    '',
  ].join('\n');

  test('are read from /etc/passwd, with the shells that are none left out', () => {
    expect(parsePasswd(text)).toEqual([
      { name: 'daemon', uid: 1, home: '/usr/sbin', shell: '' },
      { name: 'root', uid: 0, home: '/root', shell: '/bin/bash' },
      { name: 'app', uid: 1000, home: '/home/app', shell: '/bin/sh' },
      { name: 'sync', uid: 4, home: '/bin', shell: '' },
    ]);
  });

  test('are offered with root and those who can log in first', () => {
    expect(usersWorthOffering(parsePasswd(text)).map(({ name }) => name)).toEqual([
      'root',
      'app',
      'daemon',
      'sync',
    ]);
  });
});
