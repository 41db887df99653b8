import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDockerRunLine } from '../../../src/model/dockerRunLineParser.ts';
import { writeDockerRunLine } from '../../../src/model/dockerRunLineWriter.ts';
import { formOf } from '../../../src/model/runForm.ts';
import { readForm } from '../../../src/model/runFormReader.ts';
import { plainRun, type RunOptions } from '../../../src/model/runOptions.ts';
import { joinShellWords, splitShellLine } from '../../../src/model/shellWords.ts';

const parse = (line: string) => {
  const parsed = parseDockerRunLine(line);
  if (parsed === undefined) throw new Error(`not a line: ${line}`);
  return parsed;
};
const optionsOf = (line: string): RunOptions => parse(line).options;
const remarksOf = (line: string): readonly string[] =>
  parse(line).remarks.map(({ kind, text }) => `${kind} ${text}`.trim());

describe('a shell line', () => {
  test.each<[string, readonly string[]]>([
    ['a  b\tc', ['a', 'b', 'c']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`a'b'"c"d`, ['abcd']],
    [`"" ''`, ['', '']],
    [`"a\\"b\\\\c\\d" 'a\\b'`, ['a"b\\c\\d', 'a\\b']],
    ['a \\\n  b \\\r\n c', ['a', 'b', 'c']],
    ['a # no more', ['a']],
    ['a#b', ['a#b']],
  ])('%j is taken apart', (line, words) => {
    expect(splitShellLine(line).words).toEqual(words);
  });

  test('runs nothing, and names what a shell would put in place', () => {
    const line = 'a $HOME "${X:-y} z" $(rm -rf $(pwd)) `date` ~/x \'$kept\' \\$kept cost$ "$';
    const { words, substitutions } = splitShellLine(line);
    expect(substitutions).toEqual(['$HOME', '${X:-y}', '$(rm -rf $(pwd))', '`date`', '~']);
    expect(words).toContain('$(rm -rf $(pwd))');
    expect(words).toContain('~/x');
  });

  test.each([
    ['a | b', ['a'], '| b'],
    ['a && b', ['a'], '&& b'],
    ['a 2>&1', ['a', '2'], '>&1'],
    ['a\nb', ['a'], 'b'],
  ])('%j ends where the command ends', (line, words, rest) => {
    expect(splitShellLine(line)).toMatchObject({ words, rest });
  });

  test('says which quote is open', () => {
    expect(splitShellLine(`a "b`)).toMatchObject({ words: ['a', 'b'], openQuote: '"' });
    expect(splitShellLine(`a 'b`)).toMatchObject({ words: ['a', 'b'], openQuote: "'" });
  });

  test('of any words is taken apart into the same', () => {
    const anyWord = fc.string({ unit: 'binary', maxLength: 12 }).filter((word) => !word.includes('\r\n'));
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 6 }), (words) => {
        const split = splitShellLine(joinShellWords(words));
        expect(split).toEqual({ words, substitutions: [], rest: '', openQuote: undefined });
      }),
    );
  });
});

describe('a docker run line', () => {
  test('is read with all that the form knows', () => {
    const line = `$ sudo docker run --name web --platform=linux/amd64 -itd --rm=false --restart on-failure:3 \\
      -p 8080:80 -p127.0.0.1::443/tcp -p=[::1]:53:53/udp -P \\
      -v /srv:/data:ro,z -v pages:/pages --volume /scratch --tmpfs /run:size=64m \\
      -e A=1 --env 'B=two words' --env-file .env --net back --network-alias db --ip 10.0.0.5 \\
      --cpus 1.5 -m 512m --pids-limit=100 -l team=a --label flag -u 1000:1000 -w /data -h box \\
      --entrypoint sh quay/web:1 -c 'echo hi' --not-a-flag`;
    expect(parse(line)).toEqual({
      remarks: [],
      options: {
        name: 'web',
        image: 'quay/web:1',
        platform: 'linux/amd64',
        entrypoint: 'sh',
        command: ['-c', 'echo hi', '--not-a-flag'],
        ports: [
          { hostIp: '', hostPort: '8080', containerPort: 80, protocol: 'tcp' },
          { hostIp: '127.0.0.1', hostPort: '', containerPort: 443, protocol: 'tcp' },
          { hostIp: '::1', hostPort: '53', containerPort: 53, protocol: 'udp' },
        ],
        publishesAll: true,
        mounts: [
          { type: 'bind', source: '/srv', target: '/data', isReadOnly: true, extra: 'z' },
          { type: 'volume', source: 'pages', target: '/pages', isReadOnly: false, extra: '' },
          { type: 'volume', source: '', target: '/scratch', isReadOnly: false, extra: '' },
          { type: 'tmpfs', source: '', target: '/run', isReadOnly: false, extra: 'size=64m' },
        ],
        env: { A: '1', B: 'two words' },
        envFiles: ['.env'],
        networks: [{ name: 'back', aliases: ['db'], ipAddress: '10.0.0.5' }],
        cpus: 1.5,
        memoryBytes: 512 * 1024 * 1024,
        pidsLimit: 100,
        restart: { name: 'on-failure', maxRetries: 3 },
        labels: { team: 'a', flag: '' },
        user: '1000:1000',
        workingDir: '/data',
        hostname: 'box',
        hasTerminal: true,
        isInteractive: true,
        isRemovedAtEnd: false,
      } satisfies RunOptions,
    });
  });

  test.each([
    ['docker container run busybox', 'busybox'],
    ['podman run busybox', 'busybox'],
    ['/usr/bin/docker run -- busybox', 'busybox'],
    ['docker run --cap-add SYS_ADMIN --init busybox', 'busybox'],
    ['docker -H tcp://x:1 run busybox', 'busybox'],
  ])('%s is one', (line, image) => {
    expect(optionsOf(line).image).toBe(image);
  });

  test.each(['docker ps', 'ls', '', 'docker', 'nginx:latest', 'run busybox'])('%j is none', (line) => {
    expect(parseDockerRunLine(line)).toBeUndefined();
  });

  test('a range of ports becomes its ports; one of the host alone stays one to choose from', () => {
    expect(optionsOf('docker run -p 8000-8002:80-82 x').ports.map(({ hostPort }) => hostPort)).toEqual([
      '8000',
      '8001',
      '8002',
    ]);
    expect(optionsOf('docker run -p 8000-8010:80 x').ports).toMatchObject([{ hostPort: '8000-8010' }]);
  });

  test('mounts in the long way are read where the short one has a word for them', () => {
    const line =
      'docker run --mount type=bind,src=/a,dst=/b,readonly --mount source=v,target=/v --mount type=tmpfs,target=/t,tmpfs-size=1m x';
    expect(optionsOf(line).mounts).toMatchObject([
      { type: 'bind', source: '/a', target: '/b', isReadOnly: true },
      { type: 'volume', source: 'v', target: '/v' },
      { type: 'tmpfs', target: '/t', extra: 'size=1m' },
    ]);
    expect(remarksOf('docker run --mount type=volume,dst=/x,volume-opt=a=b x')).toEqual([
      'badValue --mount type=volume,dst=/x,volume-opt=a=b',
    ]);
  });

  test('what has no place is named, and costs nothing else', () => {
    const line =
      'docker --context lab run --gpus all --privileged -e HOME -e A=$B -p x:y --memory lots --frobnicate=1 busybox && ls';
    expect(optionsOf(line)).toMatchObject({ image: 'busybox', env: { A: '$B' }, ports: [] });
    expect(remarksOf(line)).toEqual([
      'unknownFlag --context',
      'unknownFlag --gpus',
      'unknownFlag --privileged',
      'envFromShell HOME',
      'badValue -p x:y',
      'badValue --memory lots',
      'unknownFlag --frobnicate',
      'substitution $B',
      'ignoredRest && ls',
    ]);
    expect(remarksOf('docker run -it')).toEqual(['noImage']);
    expect(remarksOf('docker run --name')).toEqual(['badValue --name', 'noImage']);
    expect(remarksOf(`docker run busybox sh -c 'echo`)).toEqual(["openQuote '"]);
  });

  test('several networks have their own names and addresses', () => {
    expect(optionsOf('docker run --network name=a,alias=x,ip=10.0.0.1 --network b x').networks).toEqual([
      { name: 'a', aliases: ['x'], ipAddress: '10.0.0.1' },
      { name: 'b', aliases: [], ipAddress: '' },
    ]);
    expect(optionsOf('docker run --network-alias x --network a y').networks).toEqual([
      { name: 'a', aliases: ['x'], ipAddress: '' },
    ]);
  });
});

const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{1,10}$/);
const maybe = <T>(some: fc.Arbitrary<T>, none: T): fc.Arbitrary<T> => fc.oneof(fc.constant(none), some);
const value = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\r\n'));
const port = fc.integer({ min: 1, max: 65_535 });
const address = fc.ipV4();
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);

/** Options that can be said in a line. */
const anyOptions: fc.Arbitrary<RunOptions> = fc.record({
  name: maybe(word, ''),
  image: fc.constantFrom('busybox', 'nginx:1.27', 'localhost:5000/team/app@sha256:'.padEnd(95, 'a')),
  platform: fc.constantFrom('', 'linux/arm64', 'linux/arm/v7'),
  entrypoint: fc.option(value, { nil: undefined }),
  command: fc.array(value, { maxLength: 4 }),
  ports: fc.uniqueArray(
    fc.record({
      hostIp: maybe(fc.oneof(address, fc.constant('::1')), ''),
      hostPort: maybe(port.map(String), ''),
      containerPort: port,
      protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
    }),
    { maxLength: 4, selector: ({ hostPort }) => hostPort },
  ),
  publishesAll: fc.boolean(),
  mounts: fc.uniqueArray(
    fc.oneof(
      fc.record({
        type: fc.constant('bind' as const),
        source: path,
        target: path,
        isReadOnly: fc.boolean(),
        extra: fc.constantFrom('', 'z', 'rslave,Z'),
      }),
      fc.record({
        type: fc.constant('volume' as const),
        source: word,
        target: path,
        isReadOnly: fc.boolean(),
        extra: fc.constantFrom('', 'nocopy'),
      }),
      fc.record({
        type: fc.constant('volume' as const),
        source: fc.constant(''),
        target: path,
        isReadOnly: fc.constant(false),
        extra: fc.constant(''),
      }),
      fc.record({
        type: fc.constant('tmpfs' as const),
        source: fc.constant(''),
        target: path,
        isReadOnly: fc.boolean(),
        extra: fc.constantFrom('', 'size=64m,mode=1777'),
      }),
    ),
    { maxLength: 4, selector: ({ target }) => target },
  ),
  env: fc.dictionary(word, value, { maxKeys: 4 }),
  envFiles: fc.array(path, { maxLength: 2 }),
  networks: fc.uniqueArray(
    fc.record({ name: word, aliases: fc.array(word, { maxLength: 2 }), ipAddress: maybe(address, '') }),
    { maxLength: 3, selector: ({ name }) => name },
  ),
  cpus: fc.option(
    fc.integer({ min: 1, max: 6400 }).map((hundredths) => hundredths / 100),
    { nil: undefined },
  ),
  memoryBytes: fc.option(fc.integer({ min: 6 * 1024 * 1024, max: 2 ** 45 }), { nil: undefined }),
  pidsLimit: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
  restart: fc.oneof(
    fc.constantFrom('no', 'always', 'unless-stopped').map((name) => ({ name, maxRetries: 0 }) as const),
    fc.nat({ max: 9 }).map((maxRetries) => ({ name: 'on-failure', maxRetries }) as const),
  ),
  labels: fc.dictionary(word, value, { maxKeys: 4 }),
  user: maybe(word, ''),
  workingDir: maybe(path, ''),
  hostname: maybe(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), ''),
  hasTerminal: fc.boolean(),
  isInteractive: fc.boolean(),
  isRemovedAtEnd: fc.boolean(),
});

/** Dictionaries of the generator have no prototype. */
const plain = (options: RunOptions): unknown => ({
  ...options,
  env: { ...options.env },
  labels: { ...options.labels },
});

test('a written line is read again as the same options', () => {
  fc.assert(
    fc.property(anyOptions, (options) => {
      const { options: read, remarks } = parse(writeDockerRunLine(options));
      expect(remarks).toEqual([]);
      expect(plain(read)).toEqual(plain(options));
    }),
    { numRuns: 500 },
  );
});

test('a filled form is read again as the same options, but for a program and its words', () => {
  fc.assert(
    fc.property(anyOptions, (options) => {
      const { options: read, problems } = readForm(formOf(options));
      expect(problems.filter(({ kind }) => kind !== 'restartRemoved')).toEqual([]);
      expect(plain(read)).toEqual(plain(options));
    }),
    { numRuns: 500 },
  );
});

test('nothing but an image is said shortly', () => {
  expect(writeDockerRunLine({ ...plainRun, image: 'nginx:1.27' })).toBe('docker run -d nginx:1.27');
});
