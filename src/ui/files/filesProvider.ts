import { posix } from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../base/format.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Prompts } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import { whenLoaded } from '../../commands/whenLoaded.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import type { PlaceFiles } from '../../files/placeFiles.ts';
import { asEngineError, EngineError } from '../../model/engineError.ts';
import { type FileEntry, type FileKind, kindBehind } from '../../model/fileEntry.ts';
import { shownFileName } from '../../model/fileName.ts';
import { type FilePlace, parsePlace, printPlace } from '../../model/filePlace.ts';
import { FilesError, type FilesProblem } from '../../model/filesError.ts';

export const filesScheme = 'quayside-files';

/** More than this is asked about before it comes: see `maxBytes`. */
const askAboveBytes = 50 * 1000 * 1000;

/** More than this the editor can't take. */
const maxBytes = 500 * 1000 * 1000;

const answerTimeoutMs = 60_000;

/** The files of containers and volumes as a file system of the editor. */
export class FilesProvider implements vscode.FileSystemProvider, Disposable {
  private readonly files: PlaceFiles;
  private readonly engines: EngineSet;
  private readonly prompts: Prompts;
  private readonly searched: Promise<void>;
  private readonly t: Localize;
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  /** Questions about big files that nobody has answered yet. */
  private readonly asked = new Map<string, Promise<boolean>>();
  readonly onDidChangeFile = this.didChange.event;

  constructor(options: {
    readonly files: PlaceFiles;
    readonly engines: EngineSet;
    readonly prompts: Prompts;
    /** The first look for engines, already under way. */
    readonly searched: Promise<void>;
    readonly t: Localize;
  }) {
    this.files = options.files;
    this.engines = options.engines;
    this.prompts = options.prompts;
    this.searched = options.searched;
    this.t = options.t;
    this.owned.add(vscode.workspace.registerFileSystemProvider(filesScheme, this, { isCaseSensitive: true }));
    this.owned.add(
      this.files.onDidChange((changes) => {
        const types = {
          created: vscode.FileChangeType.Created,
          changed: vscode.FileChangeType.Changed,
          deleted: vscode.FileChangeType.Deleted,
        } as const;
        this.didChange.fire(
          changes.map(({ place, path, type }) => ({ type: types[type], uri: this.uri(place, path) })),
        );
      }),
    );
  }

  /** A container by its name: what is recreated keeps its address. */
  uri(place: FilePlace, path: string): vscode.Uri {
    return vscode.Uri.from({ scheme: filesScheme, authority: printPlace(this.byName(place)), path });
  }

  async open(place: FilePlace, path: string, selection?: vscode.Range): Promise<void> {
    const uri = this.uri(place, path);
    // A failure is the command's here; the editor would only show it in a page.
    const entry = await this.files.stat(place, path, AbortSignal.timeout(answerTimeoutMs));
    const behind = kindBehind(entry);
    if (behind !== 'file') throw new FilesError(behind === 'directory' ? 'isFolder' : 'special', path, '');
    await vscode.commands.executeCommand('vscode.open', uri, {
      ...(selection === undefined ? {} : { selection }),
    });
  }

  addFolder(place: FilePlace, path: string, name: string): void {
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(count, 0, { uri: this.uri(place, path), name });
  }

  watch(): vscode.Disposable {
    // Engines tell nobody of changes of files; the editor looks again before it saves.
    return { dispose: () => undefined };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const entry = await this.attempt(uri, (place, path, signal) => this.files.stat(place, path, signal));
    return { type: typeOf(entry), ctime: 0, mtime: entry.modifiedAt, size: entry.sizeBytes };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const { entries } = await this.attempt(uri, (place, path, signal) =>
      this.files.list(place, path, signal),
    );
    return entries.map((entry) => [entry.name, typeOf(entry)]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.attempt(uri, async (place, path, signal) => {
      const entry = await this.files.stat(place, path, signal);
      const isAnswered = entry.sizeBytes <= askAboveBytes || (await this.mayOpen(uri, entry));
      if (!isAnswered || entry.sizeBytes > maxBytes) throw new FilesError('tooBig', path, '');
      // The answer may have taken its time.
      return this.files.read(place, path, maxBytes, AbortSignal.timeout(answerTimeoutMs));
    });
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    await this.attempt(uri, async (place, path, signal) => {
      const isThere = await this.isThere(place, path, signal);
      if (!isThere && !create) throw new FilesError('missing', path, '');
      if (isThere && create && !overwrite) throw new FilesError('exists', path, '');
      await this.files.write(place, path, content, signal);
    });
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    await this.attempt(uri, (place, path, signal) => this.files.makeFolder(place, path, signal));
  }

  async delete(uri: vscode.Uri): Promise<void> {
    await this.attempt(uri, (place, path, signal) => this.files.remove(place, path, signal));
  }

  async rename(
    from: vscode.Uri,
    to: vscode.Uri,
    { overwrite }: { readonly overwrite: boolean },
  ): Promise<void> {
    await this.makeRoom(from, to, overwrite);
    if (from.authority === to.authority)
      await this.attempt(from, (place, path, signal) => this.files.rename(place, path, to.path, signal));
    else {
      await this.copyAcross(from, to);
      await this.delete(from);
    }
  }

  async copy(
    from: vscode.Uri,
    to: vscode.Uri,
    { overwrite }: { readonly overwrite: boolean },
  ): Promise<void> {
    await this.makeRoom(from, to, overwrite);
    if (from.authority === to.authority)
      await this.attempt(from, (place, path, signal) => this.files.copy(place, path, to.path, signal));
    else await this.copyAcross(from, to);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** For what is there to come from: nothing gives way to what is missing, or to what lies in it. */
  private async makeRoom(from: vscode.Uri, to: vscode.Uri, overwrite: boolean): Promise<void> {
    await this.stat(from);
    await this.attempt(to, async (place, path, signal) => {
      if (!(await this.isThere(place, path, signal))) return;
      const isInside = from.authority === to.authority && `${from.path}/`.startsWith(`${to.path}/`);
      if (!overwrite || isInside) throw new FilesError('exists', path, '');
      await this.files.remove(place, path, signal);
    });
  }

  /** From one container or volume to another, file by file. */
  private async copyAcross(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const { type } = await this.stat(from);
    if ((type & vscode.FileType.Directory) === 0) {
      await this.writeFile(to, await this.readFile(from), { create: true, overwrite: true });
      return;
    }
    await this.createDirectory(to);
    for (const [name] of await this.readDirectory(from))
      await this.copyAcross(vscode.Uri.joinPath(from, name), vscode.Uri.joinPath(to, name));
  }

  private async isThere(place: FilePlace, path: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.files.stat(place, path, signal);
      return true;
    } catch (error) {
      if (error instanceof FilesError && error.problem === 'missing') return false;
      throw error;
    }
  }

  /** One question about a file at a time, however many parts of the editor want it. */
  private async mayOpen(uri: vscode.Uri, { name, sizeBytes }: FileEntry): Promise<boolean> {
    const { t } = this;
    if (sizeBytes > maxBytes) return false;
    const key = uri.toString();
    const asked =
      this.asked.get(key) ??
      this.prompts.confirm({
        message: t('Open {name}, which has {size}?', {
          name: shownFileName(name),
          size: formatBytes(sizeBytes),
        }),
        detail: t('All of it comes into the editor’s memory. To look at it elsewhere, download it.'),
        action: t('Open'),
      });
    this.asked.set(key, asked);
    try {
      return await asked;
    } finally {
      this.asked.delete(key);
    }
  }

  private async attempt<T>(
    uri: vscode.Uri,
    work: (place: FilePlace, path: string, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const place = parsePlace(uri.authority);
    if (place === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const signal = AbortSignal.timeout(answerTimeoutMs);
    try {
      await this.whenConnected(place, signal);
      return await work(place, posix.normalize(uri.path || '/').replace(/(.)\/$/, '$1'), signal);
    } catch (error) {
      // Somebody has paused the container meanwhile, say.
      const known = signal.aborted ? new EngineError('timeout', 'no answer within a minute') : error;
      throw toFileSystemError(known, explainSentence(known, this.t));
    }
  }

  /** A window that comes back asks for its files before the engines are there. */
  private async whenConnected({ engineId, kind }: FilePlace, signal: AbortSignal): Promise<void> {
    await this.searched;
    const engine = this.engines.get(engineId);
    if (engine?.store.state.connection.phase === 'connecting') await whenLoaded([engine], kind, signal);
  }

  private byName(place: FilePlace): FilePlace {
    if (place.kind === 'volume') return place;
    const containers = this.engines.get(place.engineId)?.store.state.snapshot.container;
    return { ...place, id: containers?.get(place.id)?.name ?? place.id };
  }
}

function typeOf(entry: FileEntry): vscode.FileType {
  const types: Readonly<Record<FileKind, vscode.FileType>> = {
    file: vscode.FileType.File,
    directory: vscode.FileType.Directory,
    link: vscode.FileType.Unknown,
    device: vscode.FileType.Unknown,
    pipe: vscode.FileType.Unknown,
    socket: vscode.FileType.Unknown,
  };
  const behind = types[kindBehind(entry)];
  if (entry.kind !== 'link') return behind;
  return behind | vscode.FileType.SymbolicLink;
}

function explainSentence(error: unknown, t: Localize): string {
  const why = explain(asEngineError(error), t);
  return why.charAt(0).toUpperCase() + why.slice(1);
}

type MakeError = (message: string) => vscode.FileSystemError;

const makers: Partial<Readonly<Record<FilesProblem, MakeError>>> = {
  missing: (message) => vscode.FileSystemError.FileNotFound(message),
  exists: (message) => vscode.FileSystemError.FileExists(message),
  isFolder: (message) => vscode.FileSystemError.FileIsADirectory(message),
  notFolder: (message) => vscode.FileSystemError.FileNotADirectory(message),
  denied: (message) => vscode.FileSystemError.NoPermissions(message),
  readOnly: (message) => vscode.FileSystemError.NoPermissions(message),
  needsShell: (message) => vscode.FileSystemError.NoPermissions(message),
};

function toFileSystemError(error: unknown, message: string): vscode.FileSystemError {
  if (error instanceof vscode.FileSystemError) return error;
  const make = error instanceof FilesError ? makers[error.problem] : undefined;
  return make?.(message) ?? vscode.FileSystemError.Unavailable(message);
}
