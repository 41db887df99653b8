import { describe, expect, it } from 'vitest';
import { copiedSources, defaultTag } from '../../../src/commands/image/buildDefaults.ts';
import { buildImage } from '../../../src/commands/image/build.ts';
import { parsePairs, printPairs } from '../../../src/commands/image/pairs.ts';
import { type Build, type BuildSpec, newBuild } from '../../../src/model/build.ts';
import type { BuildProblem } from '../../../src/model/buildProblem.ts';
import { buildSpec } from '../../support/builds.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const dockerfile = 'FROM busybox AS base\nCOPY src ./\nFROM base AS final\n';

async function editorWith(
  files: Readonly<Record<string, string>> = { '/w/shop/Dockerfile': dockerfile },
): Promise<FakeEditor> {
  const editor = new FakeEditor();
  for (const [path, text] of Object.entries(files)) editor.files.set(path, text);
  await editor.add(new FakeEngine());
  return editor;
}

const run = (editor: FakeEditor, ...args: readonly unknown[]): Promise<void> =>
  buildImage.run(editor.deps, new AbortController().signal, args);

/** Takes the lines of these labels one after the other, then the first. */
function choosing(...labels: readonly string[]): NonNullable<FakeEditor['answers']['pick']> {
  const left = [...labels];
  return (_title, items) => {
    const wanted = left.shift();
    return [wanted === undefined ? 0 : items.findIndex(({ label }) => label === wanted)];
  };
}

const failed = (spec: BuildSpec, problem: BuildProblem): Build => ({
  ...newBuild({ id: 'b1', spec, builder: 'classic', engineId: 'e', engineName: 'e', startedAt: 0 }),
  outcome: 'failed',
  endedAt: 1,
  problem,
});

describe('Build…', () => {
  it('of a file asks for the tag and begins with the first line of the options', async () => {
    const editor = await editorWith();
    editor.answers = { input: (_problem, value) => value, pick: choosing() };
    await run(editor, { fsPath: '/w/shop/Dockerfile' });
    expect(editor.inputs).toEqual(['Name and tag of the image']);
    expect(editor.built).toMatchObject([{ tags: ['shop:latest'], context: '/w/shop', target: undefined }]);
    expect(editor.opened).toEqual(['build b1']);
    expect(editor.told).toEqual(['Built shop:latest in 1.5 s.']);
  });

  it('a second time asks for nothing but to begin', async () => {
    const editor = await editorWith();
    editor.answers = { input: () => 'mine:2', pick: choosing() };
    await run(editor, { fsPath: '/w/shop/Dockerfile' });
    editor.answers = { pick: choosing() };
    await run(editor, { fsPath: '/w/shop/Dockerfile' });
    expect(editor.picks.at(-1)?.labels[0]).toBe('Build Again');
    expect(editor.built.map(({ tags }) => tags)).toEqual([['mine:2'], ['mine:2']]);
  });

  it('of a stage builds up to it, under a name of its own', async () => {
    const editor = await editorWith();
    editor.answers = { input: (_problem, value) => value, pick: choosing() };
    await run(editor, { fsPath: '/w/shop/Dockerfile' }, { target: 'base' });
    expect(editor.built).toMatchObject([{ tags: ['shop:base'], target: 'base' }]);
  });

  it('takes the folder for the context that has what is copied', async () => {
    const files = { '/w/docker/Dockerfile': dockerfile, '/w/src': '' };
    const editor = await editorWith(files);
    editor.answers = { input: (_problem, value) => value, pick: choosing() };
    await run(editor, { fsPath: '/w/docker/Dockerfile' });
    expect(editor.built).toMatchObject([{ context: '/w' }]);
  });

  it('takes every option', async () => {
    const editor = await editorWith();
    const typed: Readonly<Record<string, string>> = {
      'Name and tag of the image': 'a:1 b:2',
      'Build arguments, as NAME=value': 'X=1 Y="two words"',
      'Secrets, as name=file': 'tok=./t',
      'For which platforms?': 'linux/arm64',
      'Cache, as type=registry,ref=owner/app:cache': 'type=registry,ref=r/c',
    };
    const labels = [
      'Target Stage…',
      'final',
      'Build Arguments…',
      'Secrets…',
      'Platforms…',
      'No Cache',
      'Pull Base Images',
      'Cache From…',
      'Context Folder…',
      '.',
    ];
    editor.answers = { pick: choosing(...labels), input: (_problem, _value, { title }) => typed[title] };
    await run(editor, { fsPath: '/w/shop/Dockerfile' });
    expect(editor.built[0]).toMatchObject({
      tags: ['a:1', 'b:2'],
      target: 'final',
      buildArgs: { X: '1', Y: 'two words' },
      secrets: [{ id: 'tok', path: '/w/shop/t' }],
      platforms: ['linux/arm64'],
      noCache: true,
      pull: true,
      cacheFrom: ['type=registry,ref=r/c'],
      context: '/w',
    });
  });

  it('from the palette asks which Dockerfile when there are several', async () => {
    const editor = await editorWith({ '/w/a/Dockerfile': 'FROM a', '/w/b/Dockerfile': 'FROM b' });
    editor.answers = { pick: choosing('b/Dockerfile'), input: (_problem, value) => value };
    await run(editor);
    expect(editor.built).toMatchObject([{ dockerfile: '/w/b/Dockerfile' }]);
  });

  it('does nothing when somebody turns away', async () => {
    const editor = await editorWith();
    editor.answers = { input: () => undefined };
    await run(editor, { fsPath: '/w/shop/Dockerfile' });
    editor.answers = { input: (_problem, value) => value, pick: () => undefined };
    await run(editor, { fsPath: '/w/shop/Dockerfile' });
    expect(editor.built).toEqual([]);
  });

  it('called with a path asks nothing, and takes what is given', async () => {
    const editor = await editorWith();
    await run(editor, '/w/shop/Dockerfile', { tags: ['x:1'], target: 'base', buildArgs: { A: 'b' } });
    expect(editor.built).toMatchObject([
      { tags: ['x:1'], target: 'base', buildArgs: { A: 'b' }, context: '/w/shop' },
    ]);
  });

  it('called with all of a build does the same again, on its engine', async () => {
    const editor = await editorWith();
    await editor.add(new FakeEngine(), { name: 'other' });
    const spec = buildSpec({ dockerfile: '/w/shop/Dockerfile', context: '/w', tags: ['x:1'], noCache: true });
    await run(editor, spec, { engine: 'other' });
    expect(editor.built).toEqual([spec]);
  });

  it('says why it failed and offers to try again', async () => {
    const editor = await editorWith();
    const problem = { kind: 'step', what: 'RUN make', line: 1, said: '', exitCode: 2 } as const;
    editor.build = (spec) => Promise.resolve(failed(spec, problem));
    await expect(run(editor, '/w/shop/Dockerfile')).rejects.toMatchObject({
      message: 'Could not build shop:latest. RUN make ended with exit code 2. Its output has the reason.',
      nextSteps: [{ label: 'Build Again' }],
    });
  });

  it('called off is no failure to be told of', async () => {
    const editor = await editorWith();
    editor.build = (spec) =>
      Promise.resolve({
        ...failed(spec, { kind: 'other', what: '', line: 0, said: '' }),
        outcome: 'cancelled',
      });
    await expect(run(editor, '/w/shop/Dockerfile')).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('pushes what it has built', async () => {
    const engine = new FakeEngine();
    const editor = new FakeEditor();
    editor.files.set('/w/Dockerfile', 'FROM a');
    await editor.add(engine);
    await run(editor, '/w/Dockerfile', { tags: ['localhost:5000/a:1', 'localhost:5000/b:1'], push: true });
    expect(engine.calls.filter((call) => call.startsWith('push'))).toEqual([
      'push localhost:5000/a:1',
      'push localhost:5000/b:1',
    ]);
  });

  it('wants a trusted workspace, and a Dockerfile', async () => {
    const editor = await editorWith({});
    await expect(run(editor)).rejects.toThrow('There is no Dockerfile in this workspace');
    editor.isTrusted = false;
    await expect(run(editor)).rejects.toThrow('Trust this workspace first');
  });
});

describe('the tag by default', () => {
  it.each([
    ['My Shop', 'Dockerfile', undefined, 'my-shop:latest'],
    ['shop', 'web.Dockerfile', undefined, 'shop-web:latest'],
    ['shop', 'Dockerfile.dev', 'Build Stage', 'shop-dev:Build-Stage'],
    ['Ünï', 'Containerfile', undefined, 'n:latest'],
    ['--', 'Dockerfile', '.', 'image:latest'],
  ])('of %s/%s, stage %s: %s', (folder, file, target, tag) => {
    expect(defaultTag(folder, file, target)).toBe(tag);
  });
});

describe('what is copied', () => {
  it('is what can be looked for', () => {
    const text =
      'FROM a\nCOPY --chown=1 a b/ /x\nADD https://x/y.tar /\nCOPY --from=b /c /c\nCOPY $D *.js /\nCOPY ["d e", "/"]';
    expect(copiedSources(text)).toEqual(['a', 'b/', 'd e']);
  });
});

describe('pairs', () => {
  it.each([
    ['', {}],
    ['A=1 B=', { A: '1', B: '' }],
    [`A="x \\"y\\"" B='$z w' C=a"b c"d`, { A: 'x "y"', B: '$z w', C: 'ab cd' }],
    [' A=b=c ', { A: 'b=c' }],
  ])('%j are read', (text, pairs) => {
    expect(parsePairs(text)).toEqual(pairs);
    expect(parsePairs(printPairs(pairs))).toEqual(pairs);
  });

  it.each(['A', 'A="b', '=b', 'A=1 B'])('%j are none', (text) => {
    expect(parsePairs(text)).toBeUndefined();
  });
});
