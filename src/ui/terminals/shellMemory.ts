import type * as vscode from 'vscode';
import { object, text } from '../../base/json.ts';
import type { ShellMemory } from '../../commands/deps.ts';

const key = 'shells';

/** Images of which it is kept, those used longest ago being forgotten first. */
const maxImages = 200;

/** Kept by the editor, for all workspaces. */
export function createShellMemory(storage: vscode.Memento): ShellMemory {
  const all = (): Readonly<Record<string, unknown>> => object(storage.get(key));
  return {
    last(image) {
      if (!(image in all())) return undefined;
      const kept = object(all()[image]);
      const [shell, user, workingDir] = ['shell', 'user', 'workingDir'].map((name) => text(kept[name]));
      return {
        ...(shell ? { shell } : {}),
        ...(user ? { user } : {}),
        ...(workingDir ? { workingDir } : {}),
      };
    },
    keep(image, choice) {
      const others = Object.entries(all()).filter(([name]) => name !== image);
      const entries = [...others, [image, choice] as const].slice(-maxImages);
      void storage.update(key, Object.fromEntries(entries));
    },
  };
}
