import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { runFolder } from '../bed/bed.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { namesOf } from './objects.ts';
import { runName } from './paths.ts';
import { Menu } from './workbench/menu.ts';

/* Images built from a Dockerfile of the workspace, as a person does it. */

/** The folder of a workspace with a Dockerfile. */
const filesOf = (name: string): string => runFolder(runName, 'build-files', name);

function writeFiles(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'page.html'), 'hello');
  writeFileSync(join(folder, 'Dockerfile'), good);
  return Promise.resolve();
}

const good = `FROM busybox AS base
RUN echo "from the base"
FROM base AS final
COPY page.html /www/page.html
RUN ls /www
`;

describe('by BuildKit', () => {
  const folder = filesOf('shop');
  const dockerfile = join(folder, 'Dockerfile');
  const bench = useBench({ id: 'build', folder }, () => writeFiles(folder));

  beforeEach(async () => {
    await bench().notifications.clear();
  });

  function file(name: string): Locator {
    return bench().page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name });
  }

  /** Through the palette, with what it was built with before. */
  async function buildAgain(): Promise<void> {
    const { quickInput } = bench();
    await quickInput.runCommand('Images: Build Image…');
    await quickInput.asks('Build Dockerfile');
    await quickInput.choose('Build Again');
  }

  const problems = (): Locator => bench().page.locator('.markers-panel .monaco-list-row');

  test('Build Image…, in the menu of a Dockerfile, asks for a tag and shows each step', async () => {
    const { page, quickInput, builds, notifications, engine } = bench();
    await bench().runCommand('View: Show Explorer');
    await file('Dockerfile').click({ button: 'right' });
    await new Menu(page).choose('Build Image…');
    await quickInput.asks('Name and tag of the image');
    await quickInput.type('Not/AName');
    await eventually(() => quickInput.message.innerText()).toContain('cannot be an image’s name');
    await quickInput.enter('shop:1');
    await quickInput.asks('Build Dockerfile');
    await quickInput.choose('Build');
    await builds.shows('shop:1', 'succeeded');
    await notifications.with('Built shop:1 in');
    const last = builds.step(/^final .*RUN ls \/www/);
    await last.click();
    await builds.output.getByText('page.html').waitFor();
    expect(await namesOf(engine, 'image')).toContain('shop:1');
  });

  test('the lens above a stage builds up to there', async () => {
    const { quickInput, builds, editor, engine } = bench();
    await bench().runCommand('View: Show Explorer');
    await file('Dockerfile').dblclick();
    await editor.lens('Build Image…').waitFor();
    await editor.lens('Build Stage base…').click();
    await quickInput.asks('Name and tag of the image');
    await quickInput.enter('shop:base');
    await quickInput.choose('Build');
    await builds.shows('shop:base', 'succeeded');
    await builds.step(/^base .*RUN echo/).waitFor();
    await eventually(() => namesOf(engine, 'image')).toContain('shop:base');
    expect(await builds.builds.count()).toBe(2);
  });

  test('a failing line is a problem of the Dockerfile until a build is good again', async () => {
    const { builds, notifications, editor } = bench();
    writeFileSync(dockerfile, good.replace('RUN ls /www', 'RUN ls /nowhere'));
    await bench().runCommand('Problems: Focus on Problems View');
    await buildAgain();
    await builds.shows('shop:base', 'succeeded');
    await bench().quickInput.runCommand('Images: Build Image…');
    await bench().quickInput.choose('Target Stage…');
    await bench().quickInput.choose('The Last One');
    await bench().quickInput.choose('Build Again');
    await builds.shows('shop:base', 'failed');
    await builds.problem.getByText('RUN ls /nowhere ended with exit code 1').waitFor();
    await builds.output.getByText('No such file or directory').waitFor();
    await problems().filter({ hasText: 'RUN ls /nowhere ended with exit code 1' }).waitFor();
    await notifications.with('Could not build shop:base.');
    await builds.problem.getByRole('button', { name: 'Go to Line 5' }).click();
    await eventually(() => editor.text()).toContain('RUN ls /nowhere');

    writeFileSync(dockerfile, good);
    await builds.button('Build Again').click();
    await builds.shows('shop:base', 'succeeded');
    await problems().filter({ hasText: 'RUN ls' }).waitFor({ state: 'detached' });
  });

  test('what is no Dockerfile is a problem on its line, too', async () => {
    const { builds } = bench();
    writeFileSync(dockerfile, good.replace('COPY', 'KOPY'));
    await buildAgain();
    await builds.problem.getByText('The Dockerfile cannot be read: unknown instruction: KOPY').waitFor();
    await problems().filter({ hasText: 'unknown instruction: KOPY' }).filter({ hasText: 'Ln 4' }).waitFor();
  });

  test('builds and what they found are there again after the window was reloaded', async () => {
    const { builds } = bench();
    const count = await builds.builds.count();
    await bench().reload();
    await builds.shows('shop:base', 'failed');
    expect(await builds.builds.count()).toBe(count);
    await problems().filter({ hasText: 'unknown instruction: KOPY' }).filter({ hasText: 'Ln 4' }).waitFor();
  });

  test('Cancel Build ends a build', async () => {
    const { builds } = bench();
    writeFileSync(dockerfile, 'FROM busybox\nRUN echo waiting; sleep 600\n');
    await buildAgain();
    await builds.output.getByText('waiting').waitFor();
    await builds.button('Cancel Build').click();
    await builds.shows('shop:base', 'cancelled');
  });
});

describe('by nothing but the engine', () => {
  const folder = filesOf('plain');
  const env = { PATH: '/usr/bin:/bin', DOCKER_CONFIG: join(folder, 'no-docker-config') };
  const bench = useBench({ id: 'build-plain', folder, env }, () => writeFiles(folder));

  async function build(tag: string): Promise<void> {
    const { quickInput } = bench();
    await quickInput.runCommand('Images: Build Image…');
    if (tag !== '') {
      await quickInput.asks('Name and tag of the image');
      await quickInput.enter(tag);
    }
    await quickInput.asks('Build Dockerfile');
    await quickInput.choose(tag === '' ? 'Build Again' : 'Build');
  }

  test('Build Image…, from the palette, builds by the classic builder', async () => {
    const { builds, engine } = bench();
    await build('plain:1');
    await builds.shows('plain:1', 'succeeded');
    await builds.facts.getByText('classic builder on DOCKER_HOST').waitFor();
    await builds.step(/^final 5\/5, RUN ls \/www/).click();
    await builds.output.getByText('page.html').waitFor();
    expect(await namesOf(engine, 'image')).toContain('plain:1');
  });

  test('Cancel Build ends it, and says so', async () => {
    const { builds } = bench();
    writeFileSync(join(folder, 'Dockerfile'), 'FROM busybox\nRUN echo waiting; sleep 600\n');
    await build('');
    await builds.output.getByText('waiting').waitFor();
    await builds.button('Cancel Build').click();
    await builds.shows('plain:1', 'cancelled');
  });

  test('what only BuildKit can do is refused with its line', async () => {
    const { builds } = bench();
    writeFileSync(join(folder, 'Dockerfile'), 'FROM busybox\nRUN <<EOF\ntrue\nEOF\n');
    await build('');
    await builds.problem.getByText('The classic builder does not know <<EOF; BuildKit does.').waitFor();
    await builds.problem.getByRole('button', { name: 'Go to Line 2' }).waitFor();
  });
});
