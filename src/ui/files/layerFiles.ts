import * as vscode from 'vscode';
import { type Clock } from '../../base/async.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { explainLayers } from '../panels/explainLayers.ts';
import type { LayerReader } from '../panels/layersHost.ts';
import { layerScheme, parseLayerUri } from './layerUri.ts';

/** An image that nobody looks at is kept so long: the next file of it may be asked for in a moment. */
const spareMs = 30_000;

interface Spare {
  readonly reader: LayerReader;
  readonly opened: Promise<unknown>;
  users: number;
  cancel: () => void;
}

/** Files inside layers, read-only, also after their panel was closed or the window was reloaded. */
export class LayerFiles implements vscode.FileSystemProvider, Disposable {
  private readonly readerOf: (engineId: string, imageId: string) => LayerReader | undefined;
  private readonly startReader: (engineId: string) => Promise<LayerReader>;
  private readonly clock: Clock;
  private readonly t: Localize;
  private readonly owned = new DisposableStore();
  private readonly spares = new Map<string, Spare>();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  /** What is in a layer never changes. */
  readonly onDidChangeFile = this.didChange.event;

  constructor(options: {
    /** Of a panel that shows the image. */
    readonly readerOf: (engineId: string, imageId: string) => LayerReader | undefined;
    /** Of a new one, once the engine is known. */
    readonly startReader: (engineId: string) => Promise<LayerReader>;
    readonly clock: Clock;
    readonly t: Localize;
  }) {
    this.readerOf = options.readerOf;
    this.startReader = options.startReader;
    this.clock = options.clock;
    this.t = options.t;
    this.owned.add(
      vscode.workspace.registerFileSystemProvider(layerScheme, this, {
        isReadonly: true,
        isCaseSensitive: true,
      }),
    );
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = parseLayerUri(uri);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const { sizeBytes: size, modifiedAt: mtime } = file;
    return {
      type: vscode.FileType.File,
      ctime: mtime,
      mtime,
      size,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const file = parseLayerUri(uri);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const { engineId, imageId, layer, path } = file;
    const read = (reader: LayerReader): Promise<Uint8Array> =>
      reader.ask('file', { state: { imageId, layer }, path }, new AbortController().signal);
    try {
      const reader = this.readerOf(engineId, imageId);
      return await (reader === undefined ? this.withSpare(engineId, imageId, read) : read(reader));
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(explainLayers(error, this.t));
    }
  }

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    for (const { reader, cancel } of this.spares.values()) {
      cancel();
      reader.dispose();
    }
    this.spares.clear();
    this.owned.dispose();
  }

  private async withSpare<T>(
    engineId: string,
    imageId: string,
    work: (reader: LayerReader) => Promise<T>,
  ): Promise<T> {
    const key = `${engineId}/${imageId}`;
    const spare = this.spares.get(key) ?? (await this.open(key, engineId, imageId));
    spare.users++;
    spare.cancel();
    try {
      await spare.opened;
      return await work(spare.reader);
    } finally {
      spare.users--;
      if (spare.users === 0) spare.cancel = this.clock.after(spareMs, () => this.drop(key));
    }
  }

  private async open(key: string, engineId: string, imageId: string): Promise<Spare> {
    const reader = await this.startReader(engineId);
    const known = this.spares.get(key);
    if (known !== undefined || this.owned.isDisposed) reader.dispose();
    if (known !== undefined) return known;
    const opened = reader.ask('open', { image: imageId }, new AbortController().signal);
    opened.catch(() => {
      this.drop(key);
    });
    const spare = { reader, opened, users: 0, cancel: () => undefined };
    this.spares.set(key, spare);
    return spare;
  }

  private drop(key: string): void {
    this.spares.get(key)?.reader.dispose();
    this.spares.delete(key);
  }
}
