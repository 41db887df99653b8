import { object, text } from '../../base/json.ts';
import type { Files } from '../deps.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ObjectRef } from '../../model/identity.ts';
import { type PasswdUser, parsePasswd } from '../../model/shell.ts';

/** Those somebody may want to work in. */
const knownShells = ['bash', 'zsh', 'fish', 'ash', 'dash', 'ksh', 'sh', 'nu', 'pwsh'];

const maxPasswdBytes = 1 << 20;

/** What one can choose from when a shell is opened in a container; empty where it can't be told. */
export interface InsideContainer {
  readonly shells: readonly string[];
  readonly users: readonly PasswdUser[];
  /** As whom, and where, its own process runs. */
  readonly user: string;
  readonly workingDir: string;
}

export async function lookInside(
  files: Files,
  engine: Engine,
  { engineId, id }: ObjectRef,
  signal: AbortSignal,
): Promise<InsideContainer> {
  const [shells, users, config] = await Promise.all([
    findShells(engine, id, signal).catch(() => []),
    files.read({ engineId, kind: 'container', id }, '/etc/passwd', maxPasswdBytes, signal).then(
      (bytes) => parsePasswd(new TextDecoder().decode(bytes)),
      () => [],
    ),
    engine.inspect('container', id, signal).then((raw) => object(object(raw)['Config'])),
  ]);
  return { shells, users, user: text(config['User']), workingDir: text(config['WorkingDir']) };
}

async function findShells(engine: Engine, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const script = 'for s in "$@"; do command -v "$s" >/dev/null 2>&1 && echo "$s"; done; true';
  const session = await engine.exec(id, { command: ['sh', '-c', script, 'sh', ...knownShells] }, signal);
  const decoder = new TextDecoder();
  let found = '';
  for await (const { data } of session.output) found += decoder.decode(data, { stream: true });
  const lines = found.split('\n');
  return knownShells.filter((shell) => lines.includes(shell));
}
