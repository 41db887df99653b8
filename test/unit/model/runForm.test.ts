import { describe, expect, test } from 'vitest';
import { formOf, type RunForm } from '../../../src/model/runForm.ts';
import { readForm } from '../../../src/model/runFormReader.ts';
import { parseMemorySize, printMemorySize } from '../../../src/model/memorySize.ts';
import { plainRun } from '../../../src/model/runOptions.ts';

const empty = formOf({ ...plainRun, image: 'busybox' });
const problemsOf = (change: Partial<RunForm>): readonly string[] =>
  readForm({ ...empty, ...change }).problems.map(({ at, kind }) => `${at} ${kind}`);
const mount = { type: 'bind', source: '/a', target: '/b', isReadOnly: false, extra: '' } as const;
const tcp = { protocol: 'tcp' } as const;

describe('the form', () => {
  test.each<[string, Partial<RunForm>]>([
    ['image imageMissing', { image: '' }],
    ['image imageInvalid', { image: 'Not An Image' }],
    ['name nameInvalid', { name: 'ä' }],
    ['platform platformInvalid', { platform: 'linux arm' }],
    ['command openQuote', { command: `sh -c 'x` }],
    ['ports.0.container portInvalid', { ports: [{ host: '80', container: '', ...tcp }] }],
    ['ports.0.container portInvalid', { ports: [{ host: '', container: '70000', ...tcp }] }],
    ['ports.0.host hostPortInvalid', { ports: [{ host: '1.2.3:80', container: '80', ...tcp }] }],
    [
      'ports.1.host portTwice',
      {
        ports: [
          { host: '80', container: '80', ...tcp },
          { host: '80', container: '81', ...tcp },
        ],
      },
    ],
    ['mounts.0.target targetMissing', { mounts: [{ ...mount, target: '' }] }],
    ['mounts.0.target targetRelative', { mounts: [{ ...mount, target: 'b' }] }],
    ['mounts.1.target targetTwice', { mounts: [mount, mount] }],
    ['mounts.0.source sourceMissing', { mounts: [{ ...mount, source: '' }] }],
    ['mounts.0.source sourceRelative', { mounts: [{ ...mount, source: '$PWD' }] }],
    ['mounts.0.source volumeInvalid', { mounts: [{ ...mount, type: 'volume', source: '/x' }] }],
    ['env.0.name variableMissing', { env: [{ name: '', value: '1' }] }],
    ['env.0.name variableInvalid', { env: [{ name: 'A=B', value: '1' }] }],
    [
      'env.1.name nameTwice',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
    ],
    ['labels.0.name labelMissing', { labels: [{ name: '', value: '1' }] }],
    ['networks.0.name networkMissing', { networks: [{ name: '', aliases: 'a', ipAddress: '' }] }],
    [
      'networks.0.name networkAlone',
      {
        networks: [
          { name: 'host', aliases: '', ipAddress: '' },
          { name: 'a', aliases: '', ipAddress: '' },
        ],
      },
    ],
    ['networks.0.aliases networkPlain', { networks: [{ name: 'bridge', aliases: 'a', ipAddress: '' }] }],
    ['networks.0.ipAddress ipInvalid', { networks: [{ name: 'a', aliases: '', ipAddress: '1.2.3.999' }] }],
    ['cpus cpusInvalid', { cpus: '0' }],
    ['memory memoryInvalid', { memory: 'lots' }],
    ['memory memoryTooSmall', { memory: '1m' }],
    ['pids pidsInvalid', { pids: '-1' }],
    ['retries retriesInvalid', { restart: 'on-failure', retries: 'x' }],
    ['restart restartRemoved', { restart: 'always', isRemovedAtEnd: true }],
    ['workingDir pathRelative', { workingDir: 'app' }],
    ['hostname hostnameInvalid', { hostname: 'a b' }],
  ])('says %s', (problem, change) => {
    expect(problemsOf(change)).toEqual([problem]);
  });

  test('takes rows in which nothing is typed for none', () => {
    const { options, problems } = readForm({
      ...empty,
      ports: [{ host: '', container: '', ...tcp }],
      mounts: [{ ...mount, source: '', target: '' }],
      env: [{ name: '', value: '' }],
      envFiles: [{ path: '' }],
      networks: [{ name: '', aliases: '', ipAddress: '' }],
    });
    expect(problems).toEqual([]);
    expect(options).toEqual({ ...plainRun, image: 'busybox' });
  });

  test('reads words of a command as a person writes them', () => {
    const { options } = readForm({
      ...empty,
      entrypoint: 'sh -c',
      command: `'echo "$HOME" | cat' two`,
      ports: [{ host: 'localhost:8080', container: '80', ...tcp }],
      networks: [{ name: 'back', aliases: 'db,  store', ipAddress: '' }],
    });
    expect(options).toMatchObject({
      entrypoint: 'sh',
      command: ['-c', 'echo "$HOME" | cat', 'two'],
      ports: [{ hostIp: '127.0.0.1', hostPort: '8080' }],
      networks: [{ aliases: ['db', 'store'] }],
    });
    expect(readForm({ ...empty, entrypoint: '""' }).options.entrypoint).toBe('');
  });
});

test.each([
  ['512m', 536_870_912],
  ['1.5g', 1_610_612_736],
  ['1 GiB', 1_073_741_824],
  ['100', 100],
  ['x', undefined],
])('the size %s is %s bytes', (text, bytes) => {
  expect(parseMemorySize(text)).toBe(bytes);
  if (bytes !== undefined) expect(parseMemorySize(printMemorySize(bytes))).toBe(bytes);
});
