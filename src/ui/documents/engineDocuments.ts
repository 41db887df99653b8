import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import { explain } from '../../commands/explain.ts';
import type { Localize } from '../../base/localize.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { asEngineError } from '../../model/engineError.ts';
import { type ObjectRef, parseObjectRef, printObjectRef } from '../../model/identity.ts';

export const inspectScheme = 'quayside-inspect';

/** Read-only documents read from an engine when they are opened: an object's JSON. */
export class EngineDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly engines: EngineSet;
  private readonly t: Localize;
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.didChange.event;

  constructor(engines: EngineSet, t: Localize) {
    this.engines = engines;
    this.t = t;
    this.owned.add(vscode.workspace.registerTextDocumentContentProvider(inspectScheme, this));
  }

  async openInspect(ref: ObjectRef, name: string): Promise<void> {
    // The content is read once here so that a failure is the command's, then again by nobody: it is handed over.
    const uri = toUri(ref, `${name}.json`);
    await this.read(uri);
    this.didChange.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await vscode.window.showTextDocument(document, { preview: true });
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
    const ref = fromUri(uri);
    const engine = ref === undefined ? undefined : this.engines.get(ref.engineId)?.store.engine;
    if (ref === undefined || engine === undefined)
      throw new Error(this.t('its engine is not known any more.'));
    const signal = AbortSignal.timeout(30_000);
    return JSON.stringify(await engine.inspect(ref.kind, ref.id, signal), null, 2);
  }
}

/** The path is what the tab shows; the query names the object, so that the editor can restore the document. */
function toUri(ref: ObjectRef, title: string): vscode.Uri {
  const query = JSON.stringify({ ref: printObjectRef(ref) });
  return vscode.Uri.from({ scheme: inspectScheme, path: `/${title.replace(/^\/+/, '')}`, query });
}

function fromUri(uri: vscode.Uri): ObjectRef | undefined {
  try {
    const query: unknown = JSON.parse(uri.query);
    if (typeof query === 'object' && query !== null && 'ref' in query && typeof query.ref === 'string')
      return parseObjectRef(query.ref);
  } catch {
    // A hand-made address: it names nothing.
  }
  return undefined;
}
