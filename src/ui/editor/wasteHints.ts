import * as vscode from 'vscode';
import { formatBytes } from '../../base/format.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { dockerfileWaste, type WastefulLine } from '../../model/dockerfileWaste.ts';
import type { ImageLayers } from '../../model/imageLayers.ts';

/** Less is not worth a line in the list of problems: package databases alone change by as much. */
const minBytes = 1_000_000;
const maxDockerfileBytes = 200_000;
const maxDockerfiles = 200;
const dockerfiles = '**/{Dockerfile,Containerfile,Dockerfile.*,Containerfile.*,*.Dockerfile,*.dockerfile}';

/** Says on the lines of the Dockerfile that an image was built from what they waste, as long as that is looked at. */
export class WasteHints implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(vscode.languages.createDiagnosticCollection('Quayside'));
  private readonly name: string;
  private readonly layers: ImageLayers;
  private readonly t: Localize;

  constructor(name: string, layers: ImageLayers, t: Localize) {
    this.name = name;
    this.layers = layers;
    this.t = t;
  }

  async show(): Promise<void> {
    const files = await vscode.workspace.findFiles(dockerfiles, '**/node_modules/**', maxDockerfiles);
    const found = new Set<string>();
    for (const uri of files) {
      const text = await readText(uri);
      if (this.owned.isDisposed) return;
      if (this.mark(uri, text)) found.add(uri.toString());
    }
    // What is changed is not what was built any more, until it is changed back.
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (found.has(document.uri.toString())) this.mark(document.uri, document.getText());
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }

  private mark(uri: vscode.Uri, text: string): boolean {
    const wasteful = dockerfileWaste(text, this.layers, minBytes);
    const lines = text.split(/\r?\n/);
    const rangeOf = (line: number): vscode.Range => {
      const written = lines[line] ?? '';
      return new vscode.Range(
        line,
        written.length - written.trimStart().length,
        line,
        written.trimEnd().length,
      );
    };
    this.diagnostics.set(
      uri,
      wasteful.map((each) => this.diagnostic(each, uri, rangeOf)),
    );
    return wasteful.length > 0;
  }

  private diagnostic(
    { line, sizeBytes, from }: WastefulLine,
    uri: vscode.Uri,
    rangeOf: (line: number) => vscode.Range,
  ): vscode.Diagnostic {
    const { t, name } = this;
    const message = t(
      'This step hides {size} of earlier steps, which stay in the image {name}. Done in one step with them, it would leave them out.',
      { size: formatBytes(sizeBytes), name },
    );
    const made = new vscode.Diagnostic(rangeOf(line), message, vscode.DiagnosticSeverity.Information);
    made.source = 'Quayside';
    made.relatedInformation = from.map(
      (origin) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(uri, rangeOf(origin.line)),
          t('{size} are from here.', { size: formatBytes(origin.sizeBytes) }),
        ),
    );
    return made;
  }
}

async function readText(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    const content = await vscode.workspace.fs.readFile(uri);
    return new TextDecoder().decode(content.subarray(0, maxDockerfileBytes));
  } catch {
    // Removed in the meantime, or not to be read: nothing to mark.
    return '';
  }
}
