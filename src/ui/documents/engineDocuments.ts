import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import { explain } from '../../commands/explain.ts';
import type { Localize } from '../../base/localize.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { asEngineError } from '../../model/engineError.ts';
import { type ObjectRef, parseObjectRef, printObjectRef } from '../../model/identity.ts';

export const inspectScheme = 'quayside-inspect';
export const fileScheme = 'quayside-file';

/** What is more than this is not shown as text in an editor. */
const maxFileBytes = 5 * 1024 * 1024;

/** Read-only documents read from an engine when they are opened: an object's JSON, a file inside a container. */
export class EngineDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly engines: EngineSet;
  private readonly t: Localize;
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.didChange.event;

  constructor(engines: EngineSet, t: Localize) {
    this.engines = engines;
    this.t = t;
    for (const scheme of [inspectScheme, fileScheme])
      this.owned.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  async openInspect(ref: ObjectRef, name: string): Promise<void> {
    // The content is read once here so that a failure is the command's, then again by nobody: it is handed over.
    const uri = toUri(inspectScheme, ref, `${name}.json`);
    await this.read(uri);
    this.didChange.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async openFile(
    ref: ObjectRef,
    containerName: string,
    path: string,
    selection?: vscode.Range,
  ): Promise<void> {
    const uri = toUri(fileScheme, ref, `${containerName}${path}`, path);
    await this.read(uri);
    this.didChange.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      preview: true,
      ...(selection === undefined ? {} : { selection }),
    });
  }

  /** After a window reload the editor asks before the engine is connected: the reason becomes the text. */
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
    const { ref, path } = fromUri(uri);
    const engine = ref === undefined ? undefined : this.engines.get(ref.engineId)?.store.engine;
    if (ref === undefined || engine === undefined)
      throw new Error(this.t('its engine is not known any more.'));
    const signal = AbortSignal.timeout(30_000);
    if (uri.scheme === inspectScheme)
      return JSON.stringify(await engine.inspect(ref.kind, ref.id, signal), null, 2);
    return new TextDecoder().decode(await engine.readFile(ref.id, path, maxFileBytes, signal));
  }
}

/** The path is what the tab shows; the query names the object, so that the editor can restore the document. */
function toUri(scheme: string, ref: ObjectRef, title: string, path = ''): vscode.Uri {
  const query = JSON.stringify({ ref: printObjectRef(ref), path });
  return vscode.Uri.from({ scheme, path: `/${title.replace(/^\/+/, '')}`, query });
}

function fromUri(uri: vscode.Uri): { readonly ref: ObjectRef | undefined; readonly path: string } {
  try {
    const query: unknown = JSON.parse(uri.query);
    if (typeof query === 'object' && query !== null && 'ref' in query && typeof query.ref === 'string')
      return {
        ref: parseObjectRef(query.ref),
        path: 'path' in query && typeof query.path === 'string' ? query.path : '',
      };
  } catch {
    // A hand-made address: it names nothing.
  }
  return { ref: undefined, path: '' };
}
