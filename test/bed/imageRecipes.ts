import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runCommand } from './command.ts';
import type { ImageConfig, ImageRecipe, ImageStep } from './imageArchive.ts';
import type { TarEntry } from './tar.ts';

const BUSYBOX = '/bin/busybox';

/** A fixed time, so that an image's id follows from its content alone. */
const CREATED = new Date('2026-01-15T09:30:00Z');

const ENV = ['PATH=/usr/local/bin:/bin'];

/** The tags the bed loads into its engines. */
export type BedImage =
  | `quay/${'web' | 'health' | 'logger' | 'crash' | 'hello' | 'tools' | 'noshell'}:1`
  | 'busybox:latest';

/** All images, each bearing `label` so that a bed on someone's own engine can tell what it made. */
export async function imageRecipes(label: Readonly<Record<string, string>>): Promise<ImageRecipe[]> {
  const binary = readFileSync(BUSYBOX);
  const applets = (await runCommand(BUSYBOX, ['--list'])).trim().split('\n');
  const base: ImageStep = {
    instruction: 'ADD busybox.tar.gz / # quayside bed',
    entries: rootFolder(binary, applets),
  };
  const make = (tag: BedImage, config: ImageConfig, ...steps: ImageStep[]): ImageRecipe => ({
    tag,
    created: CREATED,
    config: { Env: ENV, ...config, Labels: { ...config.Labels, ...label } },
    steps,
  });

  return [
    make('busybox:latest', { Cmd: ['sh'] }, base, { instruction: 'CMD ["sh"]' }),
    make(
      'quay/web:1',
      { Cmd: ['run-web'], ExposedPorts: { '8080/tcp': {} } },
      base,
      script('run-web', WEB),
      copy('/www/index.html', '<!doctype html><title>shop</title><h1>Welcome to the shop</h1>\n'),
      { instruction: 'EXPOSE map[8080/tcp:{}]' },
      { instruction: 'CMD ["run-web"]' },
    ),
    make(
      'quay/health:1',
      {
        Env: [...ENV, 'HEALTHY_AFTER=0'],
        Cmd: ['run-api'],
        Healthcheck: {
          Test: ['CMD-SHELL', 'test -f /tmp/healthy || { echo "no /tmp/healthy" >&2; exit 1; }'],
          Interval: 1_000_000_000,
          Timeout: 1_000_000_000,
          Retries: 2,
        },
      },
      base,
      script('run-api', API),
      { instruction: 'HEALTHCHECK &{["CMD-SHELL" "test -f /tmp/healthy"] "1s" "1s" "0s" \'\\x02\'}' },
      { instruction: 'CMD ["run-api"]' },
    ),
    make(
      'quay/logger:1',
      { Env: [...ENV, 'LINES_PER_SECOND=5', 'LINE_COUNT=0'], Cmd: ['run-logger'] },
      base,
      script('run-logger', LOGGER),
      { instruction: 'ENV LINES_PER_SECOND=5 LINE_COUNT=0' },
      { instruction: 'CMD ["run-logger"]' },
    ),
    make(
      'quay/crash:1',
      { Env: [...ENV, 'EXIT_CODE=137', 'AFTER_SECONDS=1'], Cmd: ['run-crash'] },
      base,
      script('run-crash', CRASH),
      { instruction: 'CMD ["run-crash"]' },
    ),
    make('quay/hello:1', { Cmd: ['cat', '/hello.txt'] }, base, copy('/hello.txt', HELLO), {
      instruction: 'CMD ["cat" "/hello.txt"]',
    }),
    make(
      'quay/tools:1',
      {
        Cmd: ['run-idle'],
        WorkingDir: '/data',
        Volumes: { '/var/tools': {} },
        Labels: { 'org.opencontainers.image.title': 'tools', 'org.opencontainers.image.version': '1.0' },
      },
      base,
      script('run-idle', IDLE),
      ...toolSteps(),
    ),
    make(
      'quay/noshell:1',
      { Env: [], Entrypoint: ['/sleep'], Cmd: ['1000000'] },
      // Called `sleep`, busybox is sleep and nothing else.
      { instruction: 'COPY sleep / # buildkit', entries: [file('sleep', binary, 0o755)] },
      { instruction: 'ENTRYPOINT ["/sleep"]' },
    ),
  ];
}

function file(path: string, content: string | Uint8Array, mode = 0o644): TarEntry {
  return { kind: 'file', path, content, mode };
}

function folder(path: string, mode = 0o755): TarEntry {
  return { kind: 'folder', path, mode };
}

function rootFolder(binary: Uint8Array, applets: readonly string[]): TarEntry[] {
  return [
    ...[
      'bin',
      'dev',
      'etc',
      'proc',
      'root',
      'sys',
      'usr',
      'usr/local',
      'usr/local/bin',
      'var',
      'www',
      'data',
    ].map((path) => folder(path)),
    folder('tmp', 0o1777),
    file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n'),
    file('etc/group', 'root:x:0:\nnogroup:x:65534:\n'),
    file('bin/busybox', binary, 0o755),
    ...applets
      .filter((applet) => applet !== 'busybox')
      .map((applet): TarEntry => ({ kind: 'link', path: `bin/${applet}`, target: 'busybox' })),
  ];
}

function script(name: string, text: string): ImageStep {
  return {
    instruction: `COPY ${name} /usr/local/bin/ # buildkit`,
    entries: [file(`usr/local/bin/${name}`, text, 0o755)],
  };
}

function copy(path: string, content: string): ImageStep {
  return {
    instruction: `COPY ${path.slice(path.lastIndexOf('/') + 1)} ${path} # buildkit`,
    entries: [file(path.slice(1), content)],
  };
}

/** Many layers of different sizes, and files that try a file browser: links, odd names, sizes, rights. */
function toolSteps(): ImageStep[] {
  const odd: TarEntry[] = [
    folder('data/odd names'),
    file('data/odd names/with space.txt', 'space\n'),
    file('data/odd names/-dash', 'dash\n'),
    file('data/odd names/quote\'s "two".txt', 'quotes\n'),
    file('data/odd names/$(echo no) ; `no`.sh', 'echo no\n'),
    file('data/odd names/line\nbreak', 'line break\n'),
    file('data/odd names/grün-容器-🚢.txt', 'umlaut, han, ship\n'),
    file('data/odd names/empty', ''),
    file('data/odd names/private.key', 'secret\n', 0o600),
    file('data/odd names/run-me', '#!/bin/sh\necho ran\n', 0o755),
    { kind: 'link', path: 'data/odd names/link-to-file', target: 'with space.txt' },
    { kind: 'link', path: 'data/odd names/link-to-folder', target: '../numbers' },
    { kind: 'link', path: 'data/odd names/link-to-nowhere', target: '/no/such/file' },
  ];
  const numbers: TarEntry[] = [folder('data/numbers')];
  for (let n = 1; n <= 300; n += 1)
    numbers.push(file(`data/numbers/file-${String(n).padStart(3, '0')}.txt`, `${n}\n`));
  const steps: ImageStep[] = [
    { instruction: 'LABEL org.opencontainers.image.title=tools org.opencontainers.image.version=1.0' },
    { instruction: 'COPY odd /data/odd # buildkit', entries: odd },
    { instruction: 'COPY numbers /data/numbers # buildkit', entries: numbers },
    {
      instruction: 'COPY blob.bin /data/blob.bin # buildkit',
      entries: [file('data/blob.bin', noise(3_000_000))],
    },
  ];
  for (let n = 1; n <= 8; n += 1) {
    const text = `#!/bin/sh\necho "tool ${n}"\n`;
    steps.push({
      instruction: `RUN /bin/sh -c install-tool --name tool-${n} --into /usr/local/bin # buildkit`,
      entries: [file(`usr/local/bin/tool-${n}`, text, 0o755), file(`data/tool-${n}.bin`, noise(n * 20_000))],
    });
  }
  steps.push({ instruction: 'VOLUME [/var/tools]' }, { instruction: 'WORKDIR /data' });
  steps.push({ instruction: 'CMD ["run-idle"]' });
  return steps;
}

/** Bytes that don't compress, the same each time. */
function noise(length: number): Buffer {
  const pieces: Buffer[] = [];
  for (let n = 0; n * 64 < length; n += 1) pieces.push(createHash('sha512').update(`noise ${n}`).digest());
  return Buffer.concat(pieces).subarray(0, length);
}

/*
 * The first process of a container gets no default signal handling: without a trap, `docker stop` would take its
 * full ten seconds on each of these.
 */

const WEB = `#!/bin/sh
trap 'exit 0' TERM INT
httpd -f -v -p 8080 -h /www &
wait
`;

const API = `#!/bin/sh
# Healthy after HEALTHY_AFTER seconds; "rm /tmp/healthy" in the container makes it unhealthy.
trap 'exit 0' TERM INT
echo "api starting"
sleep "$HEALTHY_AFTER" & wait $!
touch /tmp/healthy
echo "api ready"
sleep 1000000 & wait
`;

const IDLE = `#!/bin/sh
trap 'exit 0' TERM INT
sleep 1000000 & wait
`;

const CRASH = `#!/bin/sh
echo "starting up"
sleep "$AFTER_SECONDS"
echo "fatal: cannot reach the database" >&2
exit "$EXIT_CODE"
`;

/** LINES_PER_SECOND=0 prints as fast as it can; LINE_COUNT=0 never ends. */
const LOGGER = `#!/bin/sh
trap 'kill $! 2>/dev/null; exit 0' TERM INT
awk -v rate="$LINES_PER_SECOND" -v total="$LINE_COUNT" '
BEGIN {
  batch = 1; pause = 0
  if (rate > 0 && rate <= 10) { pause = 1 / rate }
  if (rate > 10) { batch = int(rate / 10); pause = 0.1 }
  for (n = 1; total == 0 || n <= total; n++) {
    kind = n % 10
    if (kind == 3) printf "\\033[32mINFO\\033[0m line %d: \\033[1;34mGET\\033[0m /orders/%d \\033[36m200\\033[0m in %d ms\\n", n, n, n % 90
    else if (kind == 5) printf "{\\"level\\":\\"info\\",\\"n\\":%d,\\"msg\\":\\"order shipped\\",\\"order\\":{\\"id\\":%d,\\"items\\":%d}}\\n", n, n * 7, n % 5
    else if (kind == 7) printf "\\033[33mWARN\\033[0m line %d: slow answer of the database, %d ms\\n", n, 800 + n % 400
    else if (kind == 8) printf "{\\"level\\":\\"warn\\",\\"n\\":%d,\\"msg\\":\\"stock is low\\",\\"left\\":%d}\\n", n, n % 10
    else if (kind == 9) { fflush(); printf "\\033[31mERROR\\033[0m line %d: payment refused\\n", n > "/dev/stderr"; fflush("/dev/stderr") }
    else printf "line %d: order %d was packed in hall %d\\n", n, n, n % 4
    if (pause > 0 && n % batch == 0) { fflush(); system("sleep " pause) }
  }
}' &
wait $!
`;

const HELLO = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the registry.
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.
`;
