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
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const action = process.argv[2];
const input = readFileSync(0, 'utf8').trim();
const given = action === 'store' ? JSON.parse(input) : { ServerURL: input };
const server = given.ServerURL;
appendFileSync(__filename + '.asked', action + ' ' + server + '\\n');
const file = __filename + '.store';
const store = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : ${JSON.stringify(store)};
if (action === 'list')
  process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(store).map(([key, { Username }]) => [key, Username]))));
else if (action === 'store') store[server] = { Username: given.Username, Secret: given.Secret };
else if (store[server] === undefined) {
  process.stdout.write('credentials not found in native keychain\\n');
  process.exit(1);
} else if (action === 'erase') delete store[server];
else process.stdout.write(JSON.stringify({ ServerURL: server, ...store[server] }));
if (action === 'store' || action === 'erase') writeFileSync(file, JSON.stringify(store));
`,
  );
}

/** A helper of any behaviour. */
export function writeProgram(folder: string, name: string, source: string): void {
  writeFileSync(join(folder, `docker-credential-${name}`), source, { mode: 0o755 });
}
