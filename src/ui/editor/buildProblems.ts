import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Builds } from '../../build/builds.ts';
import { explainBuild } from '../../commands/explainBuild.ts';
import type { Build } from '../../model/build.ts';

/** What builds have said about lines of Dockerfiles, until the next build of the same one says otherwise. */
export function registerBuildProblems(builds: Pick<Builds, 'get' | 'onDidChange'>, t: Localize): Disposable {
  const owned = new DisposableStore();
  const problems = owned.add(vscode.languages.createDiagnosticCollection('quayside.build'));
  owned.add(
    builds.onDidChange(({ id, events }) => {
      const build = events?.some(({ kind }) => kind === 'ended') === true ? builds.get(id) : undefined;
      if (build !== undefined && build.outcome !== 'cancelled')
        problems.set(vscode.Uri.file(build.spec.dockerfile), diagnosticsOf(build, t));
    }),
  );
  return owned;
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
