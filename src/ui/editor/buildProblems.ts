import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Builds } from '../../build/builds.ts';
import { explainBuild } from '../../commands/explainBuild.ts';
import type { Build } from '../../model/build.ts';
import { lastVerdicts } from '../../model/buildHistory.ts';

/**
 * What builds have said about lines of Dockerfiles, until the next build of the same one says otherwise; also those of an
 * earlier window, as long as the lines are still those that it was said about.
 */
export function registerBuildProblems(
  builds: Pick<Builds, 'all' | 'get' | 'load' | 'onDidChange'>,
  t: Localize,
): Disposable {
  const owned = new DisposableStore();
  const problems = owned.add(vscode.languages.createDiagnosticCollection('quayside.build'));
  const show = (build: Build): void => {
    problems.set(vscode.Uri.file(build.spec.dockerfile), diagnosticsOf(build, t));
  };
  owned.add(
    builds.onDidChange(({ id, events }) => {
      const build = events?.some(({ kind }) => kind === 'ended') === true ? builds.get(id) : undefined;
      if (build !== undefined && build.outcome !== 'cancelled') show(build);
    }),
  );
  const restore = async (): Promise<void> => {
    await builds.load();
    for (const [dockerfile, build] of lastVerdicts(builds.all)) {
      const isUnchanged = (await modifiedAt(dockerfile)) <= (build.endedAt ?? 0);
      // Meanwhile another build may have had its say.
      if (isUnchanged && !owned.isDisposed && lastVerdicts(builds.all).get(dockerfile) === build) show(build);
    }
  };
  void restore();
  return owned;
}

/** Milliseconds since the epoch; of a file that is not there, the end of time. */
async function modifiedAt(path: string): Promise<number> {
  const found = await Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.file(path))).catch(() => undefined);
  return found?.mtime ?? Infinity;
}

function diagnosticsOf({ problem, warnings }: Build, t: Localize): readonly vscode.Diagnostic[] {
  const failures = problem === undefined ? [] : [{ text: explainBuild(problem, t), line: problem.line }];
  return [
    ...failures.map((failure) => toDiagnostic(failure, vscode.DiagnosticSeverity.Error)),
    ...warnings
      .filter(({ line }) => line !== undefined)
      .map((warning) => toDiagnostic(warning, vscode.DiagnosticSeverity.Warning)),
  ];
}

/** The editor cuts a range at the end of its line. */
function toDiagnostic(
  { text, line = 0 }: { readonly text: string; readonly line: number | undefined },
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, 0, line, 1000), text, severity);
  diagnostic.source = 'docker build';
  return diagnostic;
}
