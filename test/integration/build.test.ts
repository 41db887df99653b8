import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBuildx } from '../../src/build/buildxBuild.ts';
import { runBuild } from '../../src/build/runBuild.ts';
import { systemClock } from '../../src/base/async.ts';
import { english } from '../../src/base/localize.ts';
import { explainBuild } from '../../src/commands/explainBuild.ts';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import { type Build, type BuilderKind, newBuild, reduceBuild } from '../../src/model/build.ts';
import { type ImageReference, parseImageReference } from '../../src/model/imageReference.ts';
import type { RegistryAuth } from '../../src/model/registryAuth.ts';
import { exchange } from '../../src/registry/http.ts';
import { openRegistry, preferredPlatform } from '../../src/registry/openRegistry.ts';
import {
  type FaultProxy,
  type Registry,
  startEngine,
  startRegistry,
  stopEngine,
  waitFor,
} from '../bed/bed.ts';
import { allProcesses, commandLine } from '../bed/processes.ts';
import { buildSpec } from '../support/builds.ts';
import { buildOn, type BuildRequest, outputOf, stepsOf } from './buildOn.ts';
import { describeOwnBed, drain, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* Both builders on both engines: what they tell, how they fail, and that they end. */

const user = { name: 'anna', password: 'pä:ss wörd' };
const builders: readonly BuilderKind[] = ['classic', 'buildkit'];

describeOwnBed.each(kinds)('images built on the %s engine', (kind) => {
  let sandbox: Sandbox;
  let registry: Registry;
  let proxy: FaultProxy;
  let folder: string;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, `qs-bu-${kind}`);
    registry = await startRegistry({ name: sandbox.bed.name, id: `build-${kind}`, users: [user] });
    const base = reference(`${registry.address}/team/base:1`);
    const engine = await sandbox.connect();
    await engine.tagImage('busybox', base, never);
    await drain(engine.pushImage(base, { auth: login() }, never));
    await engine.removeImage(`${registry.address}/team/base:1`, never);
    proxy = await sandbox.proxy();
  });

  afterAll(async () => {
    await sandbox.close();
    await registry.stop();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quayside-build-'));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await proxy.setMode({ kind: 'pass' });
  });

  function login(): RegistryAuth {
    const { name: username, password } = user;
    return { registry: registry.address, credential: { kind: 'password', username, password } };
  }

  const write = (files: Readonly<Record<string, string>>): void => {
    writeFiles(folder, files);
  };

  const build = (
    builder: BuilderKind,
    { withLogin = false, ...options }: Partial<BuildRequest> & { readonly withLogin?: boolean } = {},
  ): Promise<Build> => buildOn({ ...options, sandbox, folder, builder, auths: withLogin ? [login()] : [] });

  /** What the context had in it. */
  const sentTo = (built: Build): readonly string[] =>
    outputOf(built)
      .split('\n')
      .filter((line) => line.startsWith('/ctx'));

  test('the docker CLI of the bed has a buildx that can be read', async () => {
    expect(await hasBuildx({ ...process.env, ...sandbox.bed.environment })).toBe(true);
    expect(await hasBuildx({ ...process.env, PATH: folder })).toBe(false);
  });

  describe.each(builders)('by %s', (builder) => {
    const dockerfile = [
      'FROM busybox AS base',
      'ARG WHO=nobody',
      'RUN echo "hello $WHO"; echo second',
      'FROM base',
      'COPY . /ctx/',
      'RUN find /ctx | sort',
      '',
    ].join('\n');

    test('tells of each step, with output and arguments; the second time from the cache', async () => {
      write({ Dockerfile: dockerfile, 'a.txt': 'a' });
      const spec = { buildArgs: { WHO: `${kind} ${builder}` }, labels: { made: 'so' }, noCache: true };
      const first = await build(builder, { spec });
      expect(first.outcome).toBe('succeeded');
      expect(outputOf(first)).toContain(`hello ${kind} ${builder}\nsecond`);
      expect(stepsOf(first).map(({ line }) => line)).toEqual(expect.arrayContaining([0, 2, 4, 5]));
      expect(
        stepsOf(first).every(({ startedAt, endedAt }) => startedAt !== undefined && endedAt !== undefined),
      ).toBe(true);
      const image: unknown = await (await sandbox.connect()).inspect(
        'image',
        `${sandbox.name('made')}:1`,
        never,
      );
      expect(image).toMatchObject({ Id: first.imageId, Config: { Labels: { made: 'so' } } });
      const second = await build(builder, { spec: { ...spec, noCache: false } });
      expect(second.imageId).toBe(first.imageId);
      const runs = stepsOf(second).filter(({ name }) => name.startsWith('RUN'));
      expect(runs.map(({ isCached }) => isCached)).toEqual([true, true]);
    });

    test('builds up to a stage only', async () => {
      write({ Dockerfile: dockerfile });
      const built = await build(builder, { spec: { target: 'base' } });
      expect(built.outcome).toBe('succeeded');
      expect(stepsOf(built).some(({ name }) => name.startsWith('COPY'))).toBe(false);
    });

    test('sends what .dockerignore leaves, as the docker CLI does', async () => {
      write({
        Dockerfile: dockerfile,
        '.dockerignore': 'node_modules\n*.log\n!keep.log\ndeep/**/x\n',
        'node_modules/a/b': '',
        'one.log': '',
        'keep.log': '',
        'deep/y': '',
        'deep/p/q/x': '',
        'deep/p/q/z': '',
      });
      symlinkSync('/etc/passwd', join(folder, 'away'));
      const built = await build(builder, { spec: { noCache: true } });
      expect(sentTo(built)).toEqual(
        [
          '',
          '/.dockerignore',
          '/Dockerfile',
          '/away',
          '/deep',
          '/deep/p',
          '/deep/p/q',
          '/deep/p/q/z',
          '/deep/y',
          '/keep.log',
        ].map((path) => `/ctx${path}`),
      );
    });

    test('takes a Dockerfile from outside the context, which is not in the image then', async () => {
      write({ 'files/web.Dockerfile': dockerfile, 'app/a': '' });
      const spec = {
        dockerfile: join(folder, 'files/web.Dockerfile'),
        context: join(folder, 'app'),
        noCache: true,
      };
      const built = await build(builder, { spec });
      expect(sentTo(built)).toEqual(['/ctx', '/ctx/a']);
    });

    test.each([
      ['a command that fails', 'FROM busybox\nRUN echo no; exit 7\n', { kind: 'step', line: 1, exitCode: 7 }],
      ['a line that is none', 'FROM busybox\nRUM x\n', { kind: 'syntax', line: 1 }],
      ['nothing at all', '# empty\n', { kind: 'syntax' }],
      ['what is not there', 'FROM busybox\nRUN true\nCOPY none /x\n', { kind: 'missingSource', line: 2 }],
      [
        'a registry that is not there',
        'FROM busybox AS a\nFROM 127.0.0.1:9/x:1\n',
        { kind: 'baseImage', what: '127.0.0.1:9/x:1', line: 1 },
      ],
    ] as const)('says why and where: %s', async (_what, content, problem) => {
      write({ Dockerfile: content });
      const built = await build(builder);
      expect(built).toMatchObject({ outcome: 'failed', problem });
      if (built.problem !== undefined) expect(explainBuild(built.problem, english)).toMatch(/[.)]$/);
    });

    test('says which stage there is not', async () => {
      write({ Dockerfile: dockerfile });
      const built = await build(builder, { spec: { target: 'nobody' } });
      expect(built.problem).toMatchObject({ kind: 'target', what: 'nobody' });
    });

    test('without a Dockerfile says so', async () => {
      expect((await build(builder)).problem).toMatchObject({ kind: 'noDockerfile' });
    });

    test('of a context that is not there says which', async () => {
      write({ Dockerfile: dockerfile });
      const context = join(folder, 'nowhere');
      expect((await build(builder, { spec: { context } })).problem).toMatchObject({
        kind: 'noContext',
        what: context,
      });
    });

    test('follows no link out of the context', async () => {
      write({ Dockerfile: 'FROM busybox\nCOPY away/passwd /x\n' });
      symlinkSync('/etc', join(folder, 'away'));
      const { outcome, problem } = await build(builder);
      expect(outcome).toBe('failed');
      expect(['missingSource', 'outside']).toContain(problem?.kind);
    });

    test('that is called off ends on the engine too, and leaves nothing behind', async () => {
      const seconds = `3${String(process.pid)}${builder === 'classic' ? 1 : 2}${kind === 'new' ? 1 : 2}`;
      write({ Dockerfile: `FROM busybox\nRUN echo begun; sleep ${seconds}\n` });
      const sleeps = (): boolean =>
        allProcesses().some(({ pid }) => commandLine(pid).join(' ').endsWith(`sleep ${seconds}`));
      const abort = new AbortController();
      const built = await build(builder, {
        signal: abort.signal,
        onChange: (now) => {
          if (outputOf(now).includes('begun') && sleeps()) abort.abort();
        },
        spec: { tags: [`${sandbox.name('off')}:1`] },
      });
      expect(built.outcome).toBe('cancelled');
      await waitFor({ what: 'the end of the command', deadlineMs: patienceMs }, () => !sleeps() || undefined);
      const engine = await sandbox.connect();
      expect(await failureOf(engine.read('image', `${sandbox.name('off')}:1`, never))).toMatchObject({
        reason: 'notFound',
      });
    });

    test('says that the engine is gone when it goes in the middle', async () => {
      write({ Dockerfile: 'FROM busybox\nRUN echo begun; sleep 20\n' });
      let isCut = false;
      const built = await build(builder, {
        socket: proxy.socket,
        spec: { noCache: true },
        onChange: (now) => {
          if (isCut || !outputOf(now).includes('begun')) return;
          isCut = true;
          void proxy.setMode({ kind: 'refuse' });
        },
      });
      expect(built).toMatchObject({ outcome: 'failed', problem: { kind: 'unreachable' } });
    });
  });

  test.each(builders)('%s signs in for the images it begins with', async (builder) => {
    const base = `${registry.address}/team/base:1`;
    write({ Dockerfile: `FROM ${base}\nRUN true\n` });
    const refused = await build(builder, { spec: { pull: true } });
    expect(refused.problem).toMatchObject({ kind: 'baseImage', what: base });
    const built = await build(builder, { spec: { pull: true }, withLogin: true });
    expect(built.outcome).toBe('succeeded');
    if (builder === 'classic') await sandbox.bed.cli(['rmi', base]);
  });

  test('BuildKit takes a cache from a registry that wants a login', async () => {
    write({ Dockerfile: 'FROM busybox\nRUN echo cached\n' });
    const cache = `${registry.address}/team/cache:1`;
    const spec = { cacheFrom: [cache], cacheTo: ['type=inline'] };
    const built = await build('buildkit', { spec: { ...spec, tags: [cache] } });
    expect(built.outcome).toBe('succeeded');
    const engine = await sandbox.connect();
    await drain(engine.pushImage(reference(cache), { auth: login() }, never));
    await engine.removeImage(cache, never);
    const again = await build('buildkit', { spec, withLogin: true });
    expect(again.outcome).toBe('succeeded');
    expect(again.steps.map(({ name, error }) => [name, error])).toContainEqual([
      `importing cache manifest from ${cache}`,
      '',
    ]);
  });

  test('the classic builder refuses what it would leave out without a word', async () => {
    write({ Dockerfile: 'FROM busybox\nRUN <<EOF\necho lost\nEOF\n' });
    expect((await build('classic')).problem).toMatchObject({ kind: 'needsBuildKit', line: 1 });
    write({ Dockerfile: 'FROM busybox\nRUN --mount=type=cache,target=/c true\n' });
    expect((await build('classic')).problem).toMatchObject({
      kind: 'needsBuildKit',
      what: '--mount',
      line: 1,
    });
  });

  test('BuildKit does what is written in place, or says who can', async () => {
    write({ Dockerfile: 'FROM busybox\nRUN <<EOF\necho one\necho two\nEOF\nCOPY <<EOF /x\ntext\nEOF\n' });
    const built = await build('buildkit', { spec: { noCache: true } });
    if (kind === 'old') expect(built.problem).toMatchObject({ kind: 'needsFrontend', line: 1 });
    else {
      expect(built.outcome).toBe('succeeded');
      expect(outputOf(built)).toContain('one\ntwo');
      expect(stepsOf(built).find(({ name }) => name.startsWith('RUN'))?.line).toBe(1);
    }
  });

  test('BuildKit gives secrets, and says which one is missing', async () => {
    write({
      Dockerfile: 'FROM busybox\nRUN --mount=type=secret,id=tok,required=true wc -c < /run/secrets/tok\n',
      'a, b': '12345',
    });
    expect((await build('buildkit')).problem).toMatchObject({ kind: 'noSecret', what: 'tok' });
    const secrets = [{ id: 'tok', path: join(folder, 'a, b') }];
    expect(outputOf(await build('buildkit', { spec: { secrets, noCache: true } }))).toContain('5');
    const missing = await build('buildkit', { spec: { secrets: [{ id: 'tok', path: join(folder, 'no') }] } });
    expect(missing.problem).toMatchObject({ kind: 'noSecret', what: join(folder, 'no') });
  });

  /* A front end that does come needs an image that is not to be had without the internet. */
  test('BuildKit without its front end says which image it does not get', async () => {
    write({ Dockerfile: '# syntax=127.0.0.1:9/front:1\nFROM busybox\n' });
    expect((await build('buildkit')).problem).toMatchObject({
      kind: 'baseImage',
      what: '127.0.0.1:9/front:1',
      line: 0,
    });
  });

  test('BuildKit of an engine that keeps one platform an image says so', async () => {
    write({ Dockerfile: 'FROM busybox\n' });
    const platforms = ['linux/amd64', 'linux/arm64'];
    expect((await build('buildkit', { spec: { platforms } })).problem).toMatchObject({ kind: 'platforms' });
  });

  /* Its image, moby/buildkit, is not to be had without the internet: what such a builder does beyond is tried below. */
  test('BuildKit in a container of its own says why it did not start', async () => {
    write({ Dockerfile: 'FROM busybox\n' });
    const name = sandbox.name('builder');
    await sandbox.bed.cli(['buildx', 'create', '--name', name, '--driver-opt', 'image=127.0.0.1:9/none:1']);
    const built = await build('buildkit', { env: { BUILDX_BUILDER: name } }).finally(() =>
      sandbox.bed.cli(['buildx', 'rm', name]),
    );
    expect(built.problem).toMatchObject({
      kind: 'builder',
      said: expect.stringContaining('127.0.0.1:9') as string,
    });
  });

  test('without a docker CLI BuildKit says what is missing', async () => {
    write({ Dockerfile: 'FROM busybox\n' });
    const endpoint = { kind: 'socket', path: sandbox.bed.socket } as const;
    const engine = new DockerEngine(endpoint);
    let built = newBuild({
      id: '1',
      spec: buildSpec(),
      builder: 'buildkit',
      engineId: 'e',
      engineName: 'e',
      startedAt: 0,
    });
    const spec = buildSpec({ dockerfile: join(folder, 'Dockerfile'), context: folder });
    await runBuild(
      {
        spec,
        builder: 'buildkit',
        engine,
        auths: [],
        env: { PATH: folder },
        now: Date.now,
        emit: (event) => (built = reduceBuild(built, event)),
      },
      never,
    );
    engine.dispose();
    expect(built.problem).toMatchObject({ kind: 'noBuildx' });
  });
});

/* What only an image store for several platforms can do: with it BuildKit in the engine does what one of its own does. */

const run = 'build-store';

describeOwnBed('images built into the containerd image store', () => {
  let sandbox: Sandbox;
  let registry: Registry;
  let folder: string;

  beforeAll(async () => {
    const daemonSettings = { features: { 'containerd-snapshotter': true } };
    sandbox = Sandbox.of(await startEngine('new', { name: run, daemonSettings }), 'qs-bs');
    registry = await startRegistry({ name: run, id: 'open' });
  });

  afterAll(async () => {
    await sandbox.close();
    await registry.stop();
    await stopEngine('new', run, { deleteData: true });
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quayside-build-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('an image of several platforms goes to its registry, and is in the engine without Push', async () => {
    writeFiles(folder, { Dockerfile: 'FROM scratch\nARG TARGETARCH\nCOPY f-$TARGETARCH /f\n' });
    writeFiles(folder, { 'f-amd64': 'a', 'f-arm64': 'b' });
    const image = `${registry.address}/team/multi:1`;
    const spec = { tags: [image], platforms: ['linux/amd64', 'linux/arm64'] };
    const pushed = await buildOn({ sandbox, folder, builder: 'buildkit', spec: { ...spec, push: true } });
    expect(pushed.outcome).toBe('succeeded');
    expect(stepsOf(pushed).map(({ label, line }) => [label, line])).toEqual(
      expect.arrayContaining([
        ['linux/amd64 1/1', 2],
        ['linux/arm64 1/1', 2],
      ]),
    );
    const parts = { exchange, clock: systemClock, preferred: preferredPlatform('x64') };
    const client = openRegistry({ host: registry.address, isPlainHttp: false }, undefined, parts);
    const { digest, platforms } = await client.details('team/multi', '1', never);
    expect(digest).toBe(pushed.imageId);
    expect(platforms.map(({ architecture }) => architecture).sort()).toEqual(['amd64', 'arm64']);
    const kept = await buildOn({
      sandbox,
      folder,
      builder: 'buildkit',
      spec: { ...spec, tags: ['multi:1'] },
    });
    expect(kept.outcome).toBe('succeeded');
    await (await sandbox.connect()).removeImage('multi:1', never);
  });

  test('a cache goes to a registry, and is taken from there when the engine has none any more', async () => {
    writeFiles(folder, { Dockerfile: 'FROM busybox\nRUN echo cached > /made\n' });
    const ref = `${registry.address}/team/cache:1`;
    const tags = [`${sandbox.name('cached')}:1`];
    const first = { tags, cacheTo: [`type=registry,mode=max,ref=${ref}`] };
    expect((await buildOn({ sandbox, folder, builder: 'buildkit', spec: first })).outcome).toBe('succeeded');
    await sandbox.bed.cli(['builder', 'prune', '--all', '--force']);
    const second = { tags, cacheFrom: [`type=registry,ref=${ref}`] };
    const again = await buildOn({ sandbox, folder, builder: 'buildkit', spec: second });
    expect(again.outcome).toBe('succeeded');
    expect(again.steps.find(({ name }) => name.startsWith('RUN'))?.isCached).toBe(true);
  });
});

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function reference(name: string): ImageReference {
  const parsed = parseImageReference(name);
  if (parsed === undefined) throw new Error(`${name} is no reference`);
  return parsed;
}
