import { readFile } from 'node:fs/promises';
import { readMessages } from './messages.ts';
import { root } from './run.ts';

/* Lists what the translations lack and what nothing in the source says any more. */

const bundle: unknown = JSON.parse(await readFile(`${root}/l10n/bundle.l10n.zh-cn.json`, 'utf8'));
const translated = new Set(Object.keys(bundle as Record<string, string>));
const messages = await readMessages(`${root}/src`);
const missing = [...messages].filter((message) => !translated.has(message));
const unused = [...translated].filter((message) => !messages.has(message));
for (const message of missing) console.log(`missing: ${JSON.stringify(message)}`);
for (const message of unused) console.log(`unused:  ${JSON.stringify(message)}`);
console.log(
  `${String(messages.size)} messages, ${String(missing.length)} missing, ${String(unused.length)} unused`,
);
process.exitCode = missing.length + unused.length === 0 ? 0 : 1;
