import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { formatBytes, oneLine } from '../../base/format.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { isRecord } from '../../base/record.ts';
import type { OpenedChange } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { type PathEntry, readImageEntry, readPathEntry } from '../../files/pathEntry.ts';
import { asEngineError } from '../../model/engineError.ts';
import { parseObjectRef, printObjectRef } from '../../model/identity.ts';

const scheme = 'quayside-changed';

/** What is more than this is not compared as text. */
const maxBytes = 5 * 1024 * 1024;

const answerMs = 30_000;

/** Bytes that are looked at to tell text from all else. */
const sampleBytes = 8192;

/** One side of a comparison, as the address says it. */
interface Side {
  readonly ref: string;
  /** The image in whose place the container is; empty: the container itself. */
  readonly imageId: string;
  readonly path: string;
}

/** Files of containers and of their images as text that can be compared; what is no text is a sentence about it. */
export class ChangeDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly engines: EngineSet;
  private readonly t: Localize;
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.didChange.event;

  constructor(engines: EngineSet, t: Localize) {
    this.engines = engines;
    this.t = t;
    this.owned.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  async open({ ref, containerName, imageId, image, path, change }: OpenedChange): Promise<void> {
    const printed = printObjectRef(ref);
    const inContainer = toUri(containerName, { ref: printed, imageId: '', path });
    const inImage = toUri(image, { ref: printed, imageId, path });
    // An editor that is open already has what it was; what is in an image stays.
    this.didChange.fire(inContainer);
    const name = oneLine(path.slice(path.lastIndexOf('/') + 1), 60);
    if (change === 'changed') {
      const title = this.t('{name} ({image} ↔ {container})', { name, image, container: containerName });
      await vscode.commands.executeCommand('vscode.diff', inImage, inContainer, title, { preview: true });
      return;
    }
    const document = await vscode.workspace.openTextDocument(change === 'added' ? inContainer : inImage);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** The reason becomes the text where there is none: half of a comparison says more than none. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    try {
      return await this.read(uri);
    } catch (error) {
      return this.t('Could not read this: {why}', { why: explain(asEngineError(error), this.t) });
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async read(uri: vscode.Uri): Promise<string> {
    const side = fromUri(uri);
    const ref = side === undefined ? undefined : parseObjectRef(side.ref);
    const engine = ref === undefined ? undefined : this.engines.get(ref.engineId)?.store.engine;
    if (side === undefined || ref === undefined || engine === undefined)
      throw new Error(this.t('its engine is not known any more.'));
    const { imageId, path } = side;
    const signal = AbortSignal.timeout(answerMs);
    const entry = await (imageId === ''
      ? readPathEntry(engine, ref.id, path, maxBytes, signal)
      : readImageEntry(engine, imageId, path, maxBytes, signal));
    return this.describe(entry);
  }

  private describe(entry: PathEntry | undefined): string {
    const { t } = this;
    if (entry === undefined) return t('This is a folder, a device, a pipe or a socket: it has no text.');
    if ('linkTarget' in entry) return t('This is a link to {path}', { path: entry.linkTarget });
    if ('tooBig' in entry)
      return t('This file has {size}, more than is compared as text.', { size: formatBytes(entry.tooBig) });
    const { content } = entry;
    if (!content.subarray(0, sampleBytes).includes(0)) return new TextDecoder().decode(content);
    return t('This file is not text. It has {bytes} bytes, with the SHA-256 {digest}.', {
      bytes: content.length,
      digest: createHash('sha256').update(content).digest('hex'),
    });
  }
}

/** The path is what the tab shows; the query says what it is, so that the editor can restore the document. */
function toUri(owner: string, side: Side): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    path: `/${owner.replaceAll('/', '∕')}${side.path}`,
    query: JSON.stringify(side),
  });
}

/** Undefined for a hand-made address that names nothing. */
function fromUri({ query }: vscode.Uri): Side | undefined {
  try {
    const side: unknown = JSON.parse(query);
    if (!isRecord(side)) return undefined;
    const { ref, imageId, path } = side;
    const isSide = typeof ref === 'string' && typeof imageId === 'string' && typeof path === 'string';
    return isSide ? { ref, imageId, path } : undefined;
  } catch {
    return undefined;
  }
}
