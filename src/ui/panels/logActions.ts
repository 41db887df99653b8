import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import type { Desktop, Prompts } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { maxCopiedLength, maxCopiedLines } from '../../logs/copyRows.ts';
import { localCandidates, mappingsOf } from '../../logs/sourcePaths.ts';
import type { Container } from '../../model/container.ts';
import { asEngineError } from '../../model/engineError.ts';
import { parseObjectRef } from '../../model/identity.ts';
import type { LogSourceInfo } from '../../model/log.ts';
import { type LogPermalink, maxLinkedContainers } from '../../model/logPermalink.ts';
import type { SourceLink } from '../../model/logQuestions.ts';
import type { ContainerScope } from '../../model/containerScope.ts';
import { textHash } from '../../model/textHash.ts';
import type { FilesProvider } from '../files/filesProvider.ts';
import { saveAs, wholeLog } from './logSaving.ts';
import type { LogActions, LogReader } from './logsHost.ts';

/** The editor itself makes larger files slow: such a log is better saved. */
const maxDocumentBytes = 50_000_000;
const maxDockerfileBytes = 200_000;

/** What the editor does for a log page: writes it to a file, shows it as a document, opens what a line points to. */
export function createLogActions(options: {
  readonly engines: EngineSet;
  readonly files: FilesProvider;
  readonly prompts: Prompts;
  readonly desktop: Pick<Desktop, 'copy'>;
  readonly scope: ContainerScope;
  readonly name: string;
  /** In the order of their numbers in the log. */
  readonly sources: () => readonly LogSourceInfo[];
  /** A link to a line, for the clipboard. */
  readonly linkTo: (link: LogPermalink) => string;
  readonly t: Localize;
}): LogActions {
  const { engines, files, prompts, desktop, name, t } = options;
  const save = (reader: LogReader): Promise<void> =>
    saveAs(reader, { prompts, name, sources: options.sources(), t });
  return {
    async openSource({ link, source }: SourceLink) {
      const ref = parseObjectRef(source.ref);
      if (ref === undefined) return;
      const container = engines.get(ref.engineId)?.store.state.snapshot.container.get(ref.id);
      const file = await findLocal(link.path, container);
      const position = new vscode.Position(Math.max(0, link.line - 1), Math.max(0, (link.column ?? 1) - 1));
      const selection = new vscode.Range(position, position);
      if (file === undefined) await files.open({ ...ref, kind: 'container' }, link.path, selection);
      else await vscode.window.showTextDocument(file, { preview: true, selection });
    },

    save,

    async openDocument(reader) {
      const folder = await mkdtemp(join(tmpdir(), 'quayside-log-'));
      try {
        const path = join(folder, 'log');
        await reader.ask('save', { ...wholeLog, path, format: 'plain' });
        const { size } = await stat(path);
        if (size > maxDocumentBytes)
          throw new Error(
            t('The log has {size}, too much for one document. Filter it, or save it to a file.', {
              size: formatBytes(size),
            }),
          );
        const document = await vscode.workspace.openTextDocument({
          language: 'log',
          content: await readFile(path, 'utf8'),
        });
        await vscode.window.showTextDocument(document, { preview: true });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },

    copy: (text) => desktop.copy(text),

    async copyLink({ line, source }) {
      if (line.at === undefined) {
        prompts.tell(t('This line has no time, so no link can lead to it.'));
        return;
      }
      const scope = linkedScope(options.scope, source);
      await desktop.copy(options.linkTo({ scope, line: { at: line.at, textHash: textHash(line.text) } }));
      prompts.tell(t('A link to this line is in the clipboard.'));
    },

    offerToSave(reader) {
      const message = t('More than {lines} lines or {size} are not copied. Select less, or save the lines.', {
        lines: maxCopiedLines,
        size: formatBytes(maxCopiedLength),
      });
      const run = (): void => {
        save(reader).catch((error: unknown) => {
          this.fail(error);
        });
      };
      prompts.tell(message, [{ label: t('Save…'), run }]);
    },

    fail(error) {
      const why = explain(asEngineError(error), t);
      prompts.fail(t('Could not do this with the log of {name}: {why}', { name, why }));
    },
  };
}

/** A link of many containers would be longer than a link may be: then it leads to the log of its own. */
function linkedScope(scope: ContainerScope, source: LogSourceInfo): ContainerScope {
  if (scope.kind === 'compose' || scope.refs.length <= maxLinkedContainers) return scope;
  const own = parseObjectRef(source.ref);
  return own === undefined ? scope : { kind: 'containers', refs: [own] };
}

/** The file of this machine that a path inside a container most likely stands for. */
async function findLocal(path: string, container: Container | undefined): Promise<vscode.Uri | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const dockerfile = container === undefined ? undefined : await findDockerfile(container, folders);
  const mappings = container === undefined ? [] : mappingsOf(container, dockerfile);
  for (const candidate of localCandidates(path, mappings, folders)) {
    const uri = vscode.Uri.file(candidate);
    if (await isFile(uri)) return uri;
  }
  // Sources often lie below a folder that the program does not name, such as src/main/java.
  const ending = path.replace(/^.*?([^/\\]+[/\\][^/\\]+|[^/\\]+)$/, '$1').replaceAll('\\', '/');
  const found = await vscode.workspace.findFiles(
    `**/${ending.replace(/[[\]{}*?!]/g, '?')}`,
    '**/node_modules/**',
    2,
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Next to the compose file that made the container, else in the workspace's root. */
async function findDockerfile(
  { compose }: Container,
  folders: readonly string[],
): Promise<{ readonly text: string; readonly contextDir: string } | undefined> {
  const service = compose?.service ?? '';
  const base = compose === undefined || compose.workingDir === '' ? [] : [compose.workingDir];
  const places = [...base.flatMap((folder) => [join(folder, service), folder]), ...folders];
  for (const contextDir of places) {
    const uri = vscode.Uri.file(join(contextDir, 'Dockerfile'));
    if (!(await isFile(uri))) continue;
    const content = await vscode.workspace.fs.readFile(uri);
    return { text: new TextDecoder().decode(content.subarray(0, maxDockerfileBytes)), contextDir };
  }
  return undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
