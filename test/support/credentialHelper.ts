import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a helper has: by server, who and with what. */
export type HelperStore = Readonly<Record<string, { readonly Username: string; readonly Secret: string }>>;

/**
 * Writes a real helper program, `docker-credential-NAME`, into a folder to put into the PATH. It speaks the protocol of
 * docker-credential-helpers from a store of its own, and writes down what it was asked for beside itself.
 */
export function writeCredentialHelper(folder: string, name: string, store: HelperStore): void {
  mkdirSync(folder, { recursive: true });
  writeProgram(
    folder,
    name,
    `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const server = readFileSync(0, 'utf8').trim();
appendFileSync(__filename + '.asked', process.argv[2] + ' ' + server + '\\n');
const found = ${JSON.stringify(store)}[server];
if (process.argv[2] !== 'get' || found === undefined) {
  process.stdout.write('credentials not found in native keychain\\n');
  process.exit(1);
}
process.stdout.write(JSON.stringify({ ServerURL: server, ...found }));
`,
  );
}

/** A helper of any behaviour. */
export function writeProgram(folder: string, name: string, source: string): void {
  writeFileSync(join(folder, `docker-credential-${name}`), source, { mode: 0o755 });
}
