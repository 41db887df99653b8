import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { makeFolder, runFolder } from './folders.ts';
import { waitFor } from './waitFor.ts';

export interface ComposeProject {
  readonly name: string;
  /** The folder that holds the compose file; a workbench may open it. */
  readonly folder: string;
  readonly file: string;
  /** Where the published page answers. */
  readonly webUrl: string;
  /** `docker compose` for this project. */
  compose(args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Brings up the project `shop` (web, api twice, worker, and an ended migrate) on the new engine. */
export async function startComposeProject(engine: Engine): Promise<ComposeProject> {
  const folder = makeFolder(runFolder(engine.name, 'shop'));
  const file = join(folder, 'compose.yaml');
  copyFileSync(join(import.meta.dirname, 'shop', 'compose.yaml'), file);
  const compose = (args: readonly string[]): Promise<string> =>
    engine.cli(['compose', '--file', file, ...args], { cwd: folder, env: { BED_NAME: engine.name } });

  await compose(['up', '--detach', '--quiet-pull']);
  const address = await waitFor({ what: "the shop's published port", deadlineMs: 10_000 }, async () =>
    (await compose(['port', 'web', '8080'])).trim(),
  );
  const webUrl = `http://${address}/`;
  await waitFor({ what: "the shop's page", deadlineMs: 20_000 }, async () => (await fetch(webUrl)).ok);
  await waitFor({ what: "the shop's migration", deadlineMs: 20_000 }, async () =>
    (await compose(['ps', '--all', '--quiet', '--status', 'exited', 'migrate'])).trim(),
  );
  return {
    name: 'shop',
    folder,
    file,
    webUrl,
    compose,
    stop: async () => {
      await compose(['down', '--volumes', '--timeout', '2']);
    },
  };
}
