import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { bundles } from './bundles.ts';
import { root } from './run.ts';

interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** The packages whose code esbuild put into the bundles, with their licence texts, by name. */
export async function renderNotices(): Promise<string> {
  const folders = new Set<string>();
  for (const options of bundles(true)) {
    const { metafile } = await esbuild.build({
      ...options,
      write: false,
      metafile: true,
      absWorkingDir: root,
    });
    for (const path of Object.keys(metafile.inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }
  const notices = await Promise.all([...folders].sort().map((folder) => readNotice(join(root, folder))));
  const sections = notices.map(
    ({ name, version, license, text }) =>
      `${name} ${version} (${license})\n${'-'.repeat(72)}\n${text.trim()}\n`,
  );
  return `Quayside contains code of these packages.\n\n${sections.join('\n\n')}`;
}

async function readNotice(folder: string): Promise<Notice> {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  ) as Readonly<Record<'name' | 'version' | 'license', string>>;
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const text =
    file === undefined
      ? `The package has no licence file; its manifest says ${license}.`
      : await readFile(join(folder, file), 'utf8');
  return { name, version, license, text: text.replaceAll('\r\n', '\n') };
}
