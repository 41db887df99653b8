import { describe, expect, test } from 'vitest';
import { copyContainerIp } from '../../../src/commands/container/copyIp.ts';
import {
  copyContainerComposeService,
  copyContainerRunCommand,
} from '../../../src/commands/container/copyRecipe.ts';
import { openContainerOverview } from '../../../src/commands/container/overview.ts';
import { runVerb } from '../../../src/commands/runVerb.ts';
import type { Verb } from '../../../src/commands/verb.ts';
import { noExtras } from '../../../src/model/runExtras.ts';
import { plainRun } from '../../../src/model/runOptions.ts';
import { container, longId } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

async function stage() {
  const attachment = (name: string, ipAddress: string) => ({ name, networkId: 'n', ipAddress });
  const engine = new FakeEngine({
    container: [
      container('web', { networks: [attachment('back', '10.0.0.5'), attachment('front', '10.1.0.5')] }),
      container('api', { networks: [attachment('back', '10.0.0.6')] }),
      container('host', { networks: [attachment('host', '')] }),
    ],
  });
  const editor = new FakeEditor();
  await editor.add(engine);
  const run = (verb: Verb<'container'>, ...names: readonly string[]): Promise<void> =>
    runVerb(
      editor.deps,
      verb,
      { origin: 'caller', names, options: { force: false } },
      new AbortController().signal,
    );
  return { editor, engine, run };
}

describe('copying how a container was made', () => {
  test('as a line, and as a Compose file', async () => {
    const { editor, engine, run } = await stage();
    engine.recipe = {
      ...engine.recipe,
      options: { ...plainRun, image: 'web:1', name: 'web' },
      extras: { ...noExtras, hasInit: true },
    };
    await run(copyContainerRunCommand, 'web');
    await run(copyContainerComposeService, 'web');
    expect(editor.copied).toEqual([
      'docker run -d --name web --init web:1',
      'services:\n  web:\n    image: web:1\n    container_name: web\n    network_mode: bridge\n    init: true\n',
    ]);
    expect(editor.told).toEqual([]);
  });

  test('says what the copy does not say', async () => {
    const { editor, engine, run } = await stage();
    engine.recipe = {
      ...engine.recipe,
      options: { ...plainRun, image: 'web:1', isRemovedAtEnd: true },
      unsaidNames: ['DeviceRequests'],
    };
    await run(copyContainerRunCommand, 'web');
    await run(copyContainerComposeService, 'web');
    expect(editor.told).toEqual([
      'Copied, but it has no words for: DeviceRequests.',
      'Copied, but it has no words for: --rm, DeviceRequests.',
    ]);
  });
});

test('copying addresses copies those of all networks, a line each', async () => {
  const { editor, run } = await stage();
  await run(copyContainerIp, 'web', 'api');
  expect(editor.copied).toEqual(['10.0.0.5\n10.1.0.5\n10.0.0.6']);
  await expect(run(copyContainerIp, 'host')).rejects.toThrow(
    'Could not copy from host: It has no address of its own',
  );
});

test('the overview opens for each container', async () => {
  const { editor, run } = await stage();
  await run(openContainerOverview, 'web', 'api');
  expect(editor.opened).toEqual(
    ['web', 'api'].map((name) => `overview default/container/${longId(name)} ${name}`),
  );
});
