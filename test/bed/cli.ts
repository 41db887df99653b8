import { parseArgs } from 'node:util';
import {
  type Engine,
  type EngineKind,
  availability,
  freePort,
  installEverything,
  pushImage,
  runningEngine,
  runningRegistry,
  startComposeProject,
  startEngine,
  startRegistry,
  stopEngine,
  usesHostEngine,
} from './bed.ts';

const USAGE = `npm run bed -- <command> [options]

  up        starts both engines with images, a registry, and the compose project "shop"
  status    shows what runs
  down      stops everything; images stay for the next time
  install   only installs what the bed and the tests need

  --engine-only   up: nothing but the new engine and its images
  --delete        down: deletes the engines' data too
  --name NAME     another bed beside the usual one, which is "bed"
`;

/** The registry is at the same place each time if it can, as a running engine knows it by its port. */
const REGISTRY_PORT = 5077;

const KINDS: readonly EngineKind[] = usesHostEngine() ? ['new'] : ['new', 'old'];

async function up(name: string, engineOnly: boolean): Promise<void> {
  if (engineOnly) {
    // One that runs already may have been started with more than this asks for.
    const engine = (await runningEngine('new', name)) ?? (await startEngine('new', { name, data: 'kept' }));
    print(`new engine   ${engine.host}`);
    return;
  }
  if (usesHostEngine()) {
    const engine = await startEngine('new', { name });
    print(`engine     ${engine.host}`);
    print(`shop       ${(await startComposeProject(engine)).webUrl}`);
    return;
  }
  const registry =
    runningRegistry({ name }) ?? (await startRegistry({ name, port: await freePort(REGISTRY_PORT) }));
  const start = (kind: EngineKind): Promise<Engine> =>
    startEngine(kind, { name, data: 'kept', flags: [`--registry-mirror=${registry.url}`] });
  // One after the other the first time: both need the same packages.
  const current = await start('new');
  const old = await start('old');
  await pushImage(current, 'quay/hello:1', registry, 'library/hello-world:latest');
  const shop = await startComposeProject(current);
  print(`new engine   ${current.host}`);
  print(`old engine   ${old.host}`);
  print(`registry     ${registry.url} (docker pull hello-world)`);
  print(`shop         ${shop.webUrl} in ${shop.folder}`);
  print(`docker CLI   DOCKER_CONFIG=${current.config} DOCKER_HOST=${current.host} docker ps`);
}

async function down(name: string, deleteData: boolean): Promise<void> {
  for (const kind of KINDS) await stopEngine(kind, name, { deleteData });
  await runningRegistry({ name })?.stop();
}

async function status(name: string): Promise<void> {
  const rows: Record<
    string,
    { state: string; version: string; containers: string; address: string; pid: string }
  > = {};
  for (const kind of KINDS) {
    const engine = await runningEngine(kind, name);
    if (engine === undefined) {
      rows[`${kind} engine`] = { state: 'stopped', version: '', containers: '', address: '', pid: '' };
      continue;
    }
    const version = await engine.cli([
      'version',
      '--format',
      '{{.Server.Version}} (API {{.Server.APIVersion}})',
    ]);
    const states = (await engine.cli(['ps', '--all', '--format', '{{.State}}'])).split('\n').filter(Boolean);
    const running = states.filter((state) => state === 'running').length;
    rows[`${kind} engine`] = {
      state: 'running',
      version: version.trim(),
      containers: `${running} of ${states.length} run`,
      address: engine.host,
      pid: String(engine.pid() ?? ''),
    };
  }
  const registry = runningRegistry({ name });
  rows['registry'] = {
    state: registry === undefined ? 'stopped' : 'running',
    version: '',
    containers: '',
    address: registry?.url ?? '',
    pid: String(registry?.pid ?? ''),
  };
  console.table(rows);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      'engine-only': { type: 'boolean', default: false },
      delete: { type: 'boolean', default: false },
      name: { type: 'string', default: 'bed' },
    },
  });
  const [command = ''] = positionals;
  if (!['up', 'down', 'status', 'install'].includes(command)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const available = availability();
  if (!available.ok) {
    process.stderr.write(`No test bed: ${available.reason}.\n`);
    return 1;
  }
  if (command === 'up') await up(values.name, values['engine-only']);
  if (command === 'down') await down(values.name, values.delete);
  if (command === 'status') await status(values.name);
  if (command === 'install') await installEverything();
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
