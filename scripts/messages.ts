import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** Every text that the source gives to `t(…)`: the keys of the translations. Throws for one that is put together. */
export async function readMessages(folder: string): Promise<ReadonlySet<string>> {
  const messages = new Set<string>();
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
    const path = join(folder, name);
    const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true);
    collect(source, messages);
  }
  return messages;
}

function collect(node: ts.Node, messages: Set<string>): void {
  if (ts.isCallExpression(node) && isTranslate(node.expression)) {
    const [message] = node.arguments;
    if (message === undefined || !ts.isStringLiteralLike(message))
      throw new Error(`${node.getSourceFile().fileName}: no translation can be found for ${node.getText()}`);
    messages.add(message.text);
  }
  ts.forEachChild(node, (child) => {
    collect(child, messages);
  });
}

/** The editor's own function is called at one place, with what our `t` was given. */
function isTranslate(callee: ts.Expression): boolean {
  if (callee.getText() === 'vscode.l10n.t') return false;
  return ts.isIdentifier(callee)
    ? callee.text === 't'
    : ts.isPropertyAccessExpression(callee) && callee.name.text === 't';
}
