import { TreeMemo } from '../../src/model/tree/treeMemo.ts';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import type {
  Confirmation,
  Deps,
  PromptAction,
  LiveDocument,
  Offers,
  PickItem,
  RunFormTarget,
} from '../../src/commands/deps.ts';
import type { EngineDescription, KnownEngine } from '../../src/engine/engineSet.ts';
import { EngineSet } from '../../src/engine/engineSet.ts';
import { type Build, type BuildSpec, newBuild } from '../../src/model/build.ts';
import { printContainerScope } from '../../src/model/containerScope.ts';
import { printStatsScope } from '../../src/model/statsScope.ts';
import { printObjectRef } from '../../src/model/identity.ts';
import type { FoundAuth, RegistryAuth } from '../../src/model/registryAuth.ts';
import type { RegistryDigest } from '../../src/model/registryDigest.ts';
import type { ShellChoice } from '../../src/model/shell.ts';
import type { TreeBranch, TreeNode } from '../../src/model/tree/nodes.ts';
import { buildViewTree } from '../../src/model/tree/viewTree.ts';
import {
  defaultOptions,
  type FilteredViewId,
  type SidebarViewId,
  type ViewOptions,
  viewIds,
} from '../../src/model/tree/viewOptions.ts';
import { RegistryError } from '../../src/model/registryError.ts';
import { buildRegistryTree } from '../../src/model/tree/registryTree.ts';
import { explain } from '../../src/commands/explain.ts';
import { PlainLogins } from '../../src/registry/plainLogins.ts';
import { Registries } from '../../src/registry/registries.ts';
import type { RegistryClient } from '../../src/registry/registryClient.ts';
import { FakeFiles } from './fakeFiles.ts';
import { FakeClock, settle } from './fakeClock.ts';
import { FakeMemento } from './fakeMemento.ts';
import { FileError } from '../../src/model/fileError.ts';
import type { Engine } from '../../src/engine/engine.ts';

/** What the user answers, in the order of the questions; a question without an answer is an error of the test. */
export interface Answers {
  readonly confirm?: boolean | ((question: Confirmation) => boolean | Promise<boolean>);
  readonly pick?: (title: string, items: readonly PickItem<unknown>[]) => readonly number[] | undefined;
  readonly input?: (
    problem: (text: string) => string | undefined,
    value: string,
    field: { readonly title: string; readonly hint: (text: string) => string | undefined },
  ) => string | undefined;
  /** What is searched for before a typed answer is given. */
  readonly types?: readonly string[];
  /** Cancels the progress as soon as it is shown. */
  readonly cancels?: boolean;
}

export interface EngineOptions {
  readonly name?: string;
  readonly address?: string;
  readonly isLocal?: boolean;
  /** Left as it was found: nobody connected it. */
  readonly isDisconnected?: boolean;
}

/** Logins as a list: where they come from in truth is tested with `RegistryCredentials`. */
export class FakeLogins {
  known: FoundAuth[] = [];
  readonly asked: string[] = [];

  async *find(registry: string): AsyncGenerator<FoundAuth> {
    this.asked.push(registry);
    await Promise.resolve();
    yield* this.known.filter(({ auth }) => auth.registry === registry);
  }

  keep(auth: RegistryAuth): Promise<void> {
    this.known.push({ auth, isKept: true });
    return Promise.resolve();
  }

  forget(registry: string): Promise<void> {
    this.known = this.known.filter(({ auth, isKept }) => !isKept || auth.registry !== registry);
    return Promise.resolve();
  }
}

/**
 * The editor's side of the use cases: there is no editor in a unit test. It answers as the test says and writes down
 * all that it was asked to show. The engines' set and stores are the real ones over fake engines.
 */
export class FakeEditor {
  readonly clock = new FakeClock();
  readonly engines = new EngineSet(nullLogger, this.clock);
  readonly confirmations: Confirmation[] = [];
  readonly picks: { readonly title: string; readonly labels: readonly string[] }[] = [];
  /** The titles of the fields that were to be filled. */
  readonly inputs: string[] = [];
  readonly logins = new FakeLogins();
  readonly told: string[] = [];
  readonly progress: string[] = [];
  readonly reported: string[] = [];
  readonly fractions: number[] = [];
  readonly opened: string[] = [];
  readonly copied: string[] = [];
  readonly ran: string[] = [];
  readonly document: string[] = [];
  readonly selections = new Map<SidebarViewId, readonly string[]>();
  answers: Answers = {};
  readonly forms: RunFormTarget[] = [];
  /** Ports of this machine. */
  takenPorts: readonly string[] = [];
  hasSystemd = false;
  systemctl: () => Promise<string> = () => Promise.resolve('');
  volumeSizes: ReadonlyMap<string, number> = new Map();
  readonly registryDigests = new Map<string, ReadonlyMap<string, RegistryDigest>>();
  /** What was found for what was typed. */
  readonly offers: Offers[] = [];
  image = 'hello-world';
  stopTimeoutSeconds: number | undefined = undefined;
  confirmRemoval = true;
  isTrusted = true;
  /** What files have in them; the workspace is `/w`. */
  readonly files = new Map<string, string>();
  /** What the user chooses where a file is asked for. */
  chosenFile: string | undefined = undefined;
  /** Bytes of files that were written. */
  readonly written = new Map<string, number>();
  isDiskFull = false;
  /** What was asked to be built. */
  readonly built: BuildSpec[] = [];
  /** How a build ends. */
  build: (spec: BuildSpec) => Promise<Build> = (spec) =>
    Promise.resolve({
      ...newBuild({ id: 'b1', spec, builder: 'classic', engineId: 'e', engineName: 'e', startedAt: 0 }),
      endedAt: 1500,
      outcome: 'succeeded',
    });
  /** The user's list of registries. */
  listed: readonly string[] = [];
  /** What each registry answers; one that is not here is not reachable. */
  readonly registryClients = new Map<string, (auth: RegistryAuth | undefined) => RegistryClient>();
  /** The real ones over the test's clients. */
  readonly registries = new Registries({
    listed: () => this.listed,
    servers: () => Promise.resolve([]),
    storedServers: () => Promise.resolve([]),
    plainLogins: new PlainLogins(new FakeMemento()),
    find: (registry) => this.logins.find(registry),
    open: ({ host }, auth) => {
      const open = this.registryClients.get(host);
      if (open === undefined) throw new RegistryError('unreachable', host, 'nothing there');
      return open(auth);
    },
    log: nullLogger,
  });
  /** How shells were opened the last time, by image. */
  readonly shells = new Map<string, ShellChoice>();
  readonly options = new Map<FilteredViewId, ViewOptions>();
  readonly revealed: string[] = [];
  /** Keys of rows below which was read again. */
  readonly reread: string[] = [];
  private readonly descriptions: EngineDescription[] = [];
  private readonly extraNodes = new Map<string, TreeNode>();

  /** Adds an engine and, unless told otherwise, waits until it is connected and listed. */
  async add(engine: Engine, options: EngineOptions = {}): Promise<KnownEngine> {
    const { name = 'default', address = 'unix:///var/run/docker.sock', isLocal = true } = options;
    this.descriptions.push({ id: name, name, address, isLocal, endpoint: undefined, open: () => engine });
    this.engines.update(this.descriptions);
    const known = this.engines.get(name);
    if (known === undefined) throw new Error(`the set has no ${name}`);
    if (options.isDisconnected !== true) known.store.connect();
    await settle();
    return known;
  }

  /** A row that is not in a view's tree of its own, such as a part of a container. */
  addNode(node: TreeNode): void {
    this.extraNodes.set(node.key, node);
  }

  readonly placeFiles = new FakeFiles();

  readonly deps: Deps = {
    t: english,
    log: nullLogger,
    clock: this.clock,
    engines: this.engines,
    prompts: {
      pickOne: async (title, items) => (await this.pick(title, items))?.[0],
      pickMany: (title, items) => this.pick(title, items),
      confirm: async (question) => {
        this.confirmations.push(question);
        const { confirm } = this.answers;
        if (confirm === undefined) throw new Error(`not expected: ${question.message}`);
        return typeof confirm === 'boolean' ? confirm : await confirm(question);
      },
      input: ({ title, value, problem, hint, isPassword }) => {
        this.inputs.push(isPassword === true ? `${title} (hidden)` : title);
        if (this.answers.input === undefined) throw new Error(`not expected: ${title}`);
        const none = (): undefined => undefined;
        return Promise.resolve(this.answers.input(problem ?? none, value, { title, hint: hint ?? none }));
      },
      pickTyped: async ({ title, problem, search }) => {
        this.inputs.push(title);
        const { input, types } = this.answers;
        for (const text of types ?? []) this.offers.push(await search(text, new AbortController().signal));
        if (input === undefined) throw new Error(`not expected: ${title}`);
        return input(problem, '', { title, hint: () => undefined });
      },
      chooseFile: (title, suggestedName) => {
        this.inputs.push(`${title} (${suggestedName})`);
        return Promise.resolve(this.chosenFile);
      },
      chooseExistingFile: (title) => {
        this.inputs.push(title);
        return Promise.resolve(this.chosenFile);
      },
      chooseFolder: (title) => {
        this.inputs.push(title);
        return Promise.resolve(this.chosenFile);
      },
      chooseUploads: (title) => {
        this.inputs.push(title);
        return Promise.resolve(this.chosenFile === undefined ? undefined : [this.chosenFile]);
      },
      progress: async (title, work) => {
        this.progress.push(title);
        const cancel = new AbortController();
        const done = work(cancel.signal, (line, fraction) => {
          this.reported.push(line);
          if (fraction !== undefined) this.fractions.push(fraction);
        });
        if (this.answers.cancels === true) cancel.abort();
        return await done;
      },
      tell: (message) => {
        this.told.push(message);
      },
      fail: (message: string, _actions?: readonly PromptAction[]) => {
        throw new Error(`a use case shows no failure itself: ${message}`);
      },
    },
    views: {
      selection: (view) => Promise.resolve(this.selections.get(view) ?? []),
      node: (key) => this.extraNodes.get(key) ?? this.findNode(key),
      options: (view) => this.options.get(view) ?? defaultOptions(view),
      setOptions: (view, options) => {
        this.options.set(view, options);
      },
      reveal: (view, key) => {
        this.revealed.push(`${view} ${key}`);
        return Promise.resolve();
      },
      rereadRow: (key) => {
        this.reread.push(key);
      },
      volumeSizes: () => Promise.resolve(this.volumeSizes),
      keepRegistryDigests: (engineId, found) => {
        this.registryDigests.set(engineId, found);
      },
      rediscover: () => Promise.resolve(),
    },
    panels: {
      openLogs: (scope, name) => this.opened.push(`logs ${printContainerScope(scope)} ${name}`),
      openOverview: ({ ref, name }) => this.opened.push(`overview ${printObjectRef(ref)} ${name}`),
      openStats: (scope, name) => this.opened.push(`stats ${printStatsScope(scope)} ${name}`),
      actOnLog: (act, ref, row) => this.opened.push(`${act} ${ref} ${String(row)}`),
      openLayers: (target) =>
        this.opened.push(
          `layers ${target.map(({ ref, name }) => `${printObjectRef(ref)} ${name}`).join(' | ')}`,
        ),
      actOnLayers: (act) => this.opened.push(`layers ${act}`),
      openInspect: (ref, name) => {
        this.opened.push(`inspect ${printObjectRef(ref)} ${name}`);
        return Promise.resolve();
      },
      openReport: (title, _language, lines): Promise<LiveDocument> => {
        this.opened.push(`report ${title}`);
        this.document.push(...lines);
        return Promise.resolve({ append: (line) => this.document.push(line) });
      },
      openFile: (place, path) => {
        this.opened.push(`file ${printObjectRef(place)} ${path}`);
        return Promise.resolve();
      },
      openShell: (ref, name, choice) =>
        this.opened.push(
          ['shell', printObjectRef(ref), name, choice.shell, choice.user, choice.workingDir]
            .filter((word) => word !== undefined)
            .join(' '),
        ),
      openChange: ({ containerName, path, change }) => {
        this.opened.push(`change ${containerName} ${change} ${path}`);
        return Promise.resolve();
      },
      detach: () => this.opened.push('detach'),
      openOwn: (ref, name) => this.opened.push(`own ${printObjectRef(ref)} ${name}`),
      addFolder: (place, path, name) =>
        this.opened.push(`folder ${printObjectRef(place)} ${path} as ${name}`),
      openAttached: (ref, name) => this.opened.push(`attached ${printObjectRef(ref)} ${name}`),
      openRunForm: (target) => {
        this.opened.push(`run form on ${target.engineId}`);
        this.forms.push(target);
      },
      openBuild: (id) => this.opened.push(`build ${String(id)}`),
      showLog: () => this.opened.push('log'),
    },
    desktop: {
      copy: (text) => {
        this.copied.push(text);
        return Promise.resolve();
      },
      openExternal: (url) => {
        this.opened.push(url);
        return Promise.resolve();
      },
      openSettings: (query) => this.opened.push(`settings ${query}`),
      run: (program, args) => {
        this.ran.push([program, ...args].join(' '));
        return this.systemctl();
      },
      isPortFree: ({ hostPort }) => Promise.resolve(!this.takenPorts.includes(hostPort)),
      readTextFile: (path) => {
        const text = this.files.get(path);
        return text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(text);
      },
      writeFile: async (path, pieces) => {
        let bytes = 0;
        for await (const piece of pieces) bytes += piece.length;
        if (this.isDiskFull) throw new FileError('diskFull', path, 'ENOSPC');
        this.written.set(path, bytes);
        return bytes;
      },
      openFile: (path) => {
        const text = this.files.get(path);
        if (text === undefined) return Promise.reject(new FileError('missing', path, 'ENOENT'));
        const content = new TextEncoder().encode(text);
        return Promise.resolve({
          sizeBytes: content.length,
          pieces: (async function* () {
            await Promise.resolve();
            yield content;
          })(),
        });
      },
      exists: (path) => Promise.resolve(this.files.has(path)),
      join: (folder, name) => `${folder}/${name}`,
      hasSystemd: () => Promise.resolve(this.hasSystemd),
      platform: 'linux',
    },
    settings: {
      helloWorldImage: () => this.image,
      stopTimeoutSeconds: () => this.stopTimeoutSeconds,
      confirmRemoval: () => this.confirmRemoval,
      registries: () => this.listed,
      setRegistries: (list) => {
        this.listed = list;
        return Promise.resolve();
      },
    },
    builds: {
      last: (dockerfile, target) => {
        const fits = (spec: BuildSpec): boolean =>
          spec.dockerfile === dockerfile && (target === undefined || spec.target === target);
        return Promise.resolve(this.built.findLast(fits));
      },
      start: (_engine, spec) => {
        this.built.push(spec);
        return Promise.resolve({ id: 'b1', ended: this.build(spec) });
      },
    },
    workspace: {
      isTrusted: () => this.isTrusted,
      findDockerfiles: () =>
        Promise.resolve([...this.files.keys()].filter((path) => /dockerfile/i.test(path))),
      foldersAbove: (path) => foldersAbove(path),
      label: (path) => path.replace(/^\/w\/?/, '') || '.',
      resolve: (folder, path) => (path.startsWith('/') ? path : `${folder}/${path.replace(/^\.\//, '')}`),
      exists: (path) => Promise.resolve(this.files.has(path)),
      readText: (path) => Promise.resolve(this.files.get(path) ?? ''),
      save: () => Promise.resolve(),
    },
    credentials: {
      find: (registry) => this.logins.find(registry),
      keep: (auth) => this.logins.keep(auth),
      forget: (registry) => this.logins.forget(registry),
      signIn: async (auth) => {
        await this.logins.keep(auth);
        return 'editor';
      },
      signOut: async (registry) => {
        const { known } = this.logins;
        await this.logins.forget(registry);
        return known.length === this.logins.known.length ? [] : ['editor'];
      },
    },
    registries: this.registries,
    shellMemory: {
      last: (image) => this.shells.get(image),
      keep: (image, choice) => this.shells.set(image, choice),
    },
    files: this.placeFiles,
  };

  private pick<T>(title: string, items: readonly PickItem<T>[]): Promise<readonly T[] | undefined> {
    this.picks.push({ title, labels: items.map(({ label }) => label) });
    if (this.answers.pick === undefined) throw new Error(`not expected: ${title}`);
    const chosen = this.answers.pick(title, items);
    return Promise.resolve(chosen?.flatMap((index) => items[index]?.value ?? []));
  }

  /** The rows are those of the real trees, with the views as they are by default. */
  private findNode(key: string): TreeNode | undefined {
    const find = (branches: readonly TreeBranch[]): TreeNode | undefined => {
      for (const { node, children } of branches) {
        const found = node.key === key ? node : find(children);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const engines = this.engines.active.map(({ description, store }) => ({
      id: description.id,
      name: description.name,
      address: description.address,
      isLocal: description.isLocal,
      phase: store.state.connection.phase,
      version: '',
      error: undefined,
      snapshot: store.state.snapshot,
      loaded: store.state.loaded,
      volumeSizes: new Map<string, number>(),
      sharedImageSizes: new Map<string, number>(),
      memo: new TreeMemo(),
    }));
    const context = { t: english, filter: '', explain: (error: RegistryError) => explain(error, english) };
    const ofRegistry = find(buildRegistryTree(this.registries.state, context));
    if (ofRegistry !== undefined) return ofRegistry;
    for (const view of viewIds) {
      const found = find(
        buildViewTree(view, { engines, options: defaultOptions(view), workspaceFolders: [] }),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Up to `/w`. */
function foldersAbove(path: string): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return folder === '/w' || folder === '' ? [folder] : [folder, ...foldersAbove(folder)];
}
