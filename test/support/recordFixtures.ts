import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, type EngineKind, engineJson, engineRequest, startEngine, waitFor } from '../bed/bed.ts';

/*
 * Records what both engines of the bed really say into test/fixtures/engine: run by hand, with
 * `node test/support/recordFixtures.ts`, when the adapter begins to read another field. Fields that nothing reads and
 * that only make the files long are left out; the data folder is written as Docker's usual one.
 */

const run = 'record';
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'engine');

type Json = Readonly<Record<string, unknown>>;

const leftOut = new Set([
  'GraphDriver',
  'HostConfig',
  'HostnamePath',
  'HostsPath',
  'LogPath',
  'ResolvConfPath',
  'AppArmorProfile',
  'MountLabel',
  'ProcessLabel',
  'SandboxID',
  'SandboxKey',
  'Env',
  'Healthcheck',
  'ContainerConfig',
  'Metadata',
  'RootFS',
  'Options',
  'Log',
  'Containers',
]);

async function record(kind: EngineKind): Promise<void> {
  const engine = await startEngine(kind, { name: run });
  try {
    const since = Math.floor(Date.now() / 1000) - 1;
    await makeObjects(engine);
    const get = async (path: string): Promise<unknown> => await engineJson(engine.socket, path);
    const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
    const containers = list(await get('/containers/json?all=1'));
    const images = list(await get('/images/json'));
    const volumes = (await get('/volumes')) as Json;
    const networks = list(await get('/networks'));
    const inspect = (kindOf: string, objects: readonly Json[]): Promise<unknown[]> =>
      Promise.all(objects.map((object) => get(`/${kindOf}/${String(object['Id'])}/json`)));
    save(engine, 'containers.list.json', containers);
    save(engine, 'containers.inspect.json', await inspect('containers', containers));
    save(engine, 'images.list.json', images);
    save(engine, 'images.inspect.json', await inspect('images', images));
    save(engine, 'volumes.list.json', volumes);
    save(engine, 'networks.list.json', networks);
    await engine.cli(['rm', '-fv', ...containers.map((container) => String(container['Id']))]);
    await engine.cli(['network', 'rm', 'shop_back']);
    await engine.cli(['volume', 'rm', 'shop_pages']);
    const until = Math.floor(Date.now() / 1000) + 1;
    const events = await engineRequest(engine.socket, `/events?since=${since}&until=${until}`);
    const lines = events.body.toString('utf8').trim().split('\n');
    save(engine, 'events.json', firstOfEach(lines.map((line) => JSON.parse(line) as Json)));
  } finally {
    await engine.stop();
  }
}

/** One event of each kind and action: health probes alone would make hundreds. */
function firstOfEach(events: readonly Json[]): readonly Json[] {
  const seen = new Set<string>();
  return events.filter(({ Type, Action }) => {
    const key = `${String(Type)} ${String(Action).replace(/^(exec_\w+).*/, '$1')}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Containers in every state that can be made, and what they use. */
async function makeObjects({ cli }: Engine): Promise<void> {
  await cli(['network', 'create', '--internal', '--subnet', '10.77.1.0/24', 'shop_back']);
  await cli(['volume', 'create', '--label', 'com.docker.compose.project=shop', 'shop_pages']);
  await cli(['tag', 'quay/hello:1', 'quay/hello:latest']);
  await cli(['run', '--name', 'base', 'busybox', 'touch', '/made']);
  await cli(['commit', 'base']);
  await cli(['create', '--name', 'created', '-p', '8081:8080', 'quay/web:1']);
  await cli([
    ...[
      'run',
      '-d',
      '--name',
      'running',
      '-p',
      '127.0.0.1:18080:8080',
      '-p',
      '53:53/udp',
      '--expose',
      '9000',
    ],
    ...['-v', 'shop_pages:/var/pages', '-v', '/srv/shop:/srv/shop:ro'],
    ...[
      '--tmpfs',
      '/scratch',
      '-l',
      'com.docker.compose.project=shop',
      '-l',
      'com.docker.compose.service=web',
    ],
    ...['-l', 'com.docker.compose.container-number=1', '-l', 'empty=', 'quay/web:1'],
  ]);
  // An internal network publishes nothing: the container has both.
  await cli(['network', 'connect', 'shop_back', 'running']);
  await cli(['run', '-d', '--name', 'paused', 'quay/tools:1']);
  await cli(['pause', 'paused']);
  await cli(['run', '--name', 'ended', 'quay/hello:1']);
  await cli(['run', '-d', '--name', 'killed', 'quay/tools:1']);
  await cli(['kill', 'killed']);
  await cli(['rename', 'killed', 'slain']);
  await cli(['run', '-d', '--name', 'again', '--restart', 'always', '-e', 'AFTER_SECONDS=0', 'quay/crash:1']);
  await cli(['run', '-d', '--name', 'healthy', 'quay/health:1']);
  await cli(['run', '-d', '--name', 'starting', '--health-interval', '1h', 'quay/health:1']);
  await cli(['run', '-d', '--name', 'unhealthy', 'quay/health:1']);
  await cli(['exec', 'unhealthy', 'sh', '-c', 'until rm /tmp/healthy; do sleep 0.1; done']);
  await cli(['run', '-d', '--name', 'greedy', '-m', '8m', 'busybox', 'sh', '-c', 'tail /dev/zero']);
  const state = async (name: string, format: string): Promise<string> =>
    (await cli(['inspect', '--format', format, name])).trim();
  const until = (name: string, format: string, wanted: string): Promise<unknown> =>
    waitFor({ what: `${name} being ${wanted}`, deadlineMs: 30_000 }, async () =>
      (await state(name, format)).startsWith(wanted),
    );
  await until('healthy', '{{.State.Health.Status}}', 'healthy');
  await until('unhealthy', '{{.State.Health.Status}}', 'unhealthy');
  await until('greedy', '{{.State.Status}}', 'exited');
  await until('again', '{{.State.Status}}', 'restarting');
}

function save(engine: Engine, file: string, value: unknown): void {
  mkdirSync(join(fixtures, engine.kind), { recursive: true });
  const dataRoot = engine.socket.replace(/docker\.sock$/, 'data');
  const text = JSON.stringify(value, (key, item: unknown) => (leftOut.has(key) ? undefined : item), 2);
  writeFileSync(
    join(fixtures, engine.kind, file),
    `${text.replaceAll(dataRoot, '/var/lib/docker').replaceAll(`quayside.bed": "${run}`, 'quayside.bed": "test')}\n`,
  );
}

for (const kind of ['new', 'old'] as const) await record(kind);
