import { formatBytes } from '../../base/format.ts';
import { asEngineError, hasReason } from '../../model/engineError.ts';
import { shortId } from '../../model/container.ts';
import type { Engine } from '../../engine/engine.ts';
import { parseImageReference } from '../../model/imageReference.ts';
import type { TransferStep } from '../../model/transfer.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps, LiveDocument } from '../deps.ts';
import { explain } from '../explain.ts';
import { notAReference } from '../image/imageNames.ts';
import { Logins } from '../transfer/logins.ts';
import { action } from '../verb.ts';
import { chooseEngine } from './chooseEngine.ts';

/**
 * `docker run hello-world`, each step shown as it happens: looked for locally, else pulled, then created, started,
 * its output, its exit code. The container stays, as after `docker run`.
 */
export const runHelloWorld = action(async (deps, signal, args) => {
  const { t } = deps;
  const engine = await chooseEngine(
    deps,
    args,
    t('Run hello-world on which engine?'),
    ({ store }) => store.state.connection.phase === 'connected',
  );
  if (engine === undefined) return;
  const image = deps.settings.helloWorldImage();
  const { name } = engine.description;
  const document = await deps.panels.openReport(t('hello-world on {name}', { name }), 'plaintext', [
    `$ docker run ${image}`,
  ]);
  try {
    await deps.prompts.progress(t('Running {image} on {name}', { image, name }), (progressSignal) =>
      run(deps, engine.store.engine, image, document, AbortSignal.any([signal, progressSignal])),
    );
  } catch (error) {
    const known = asEngineError(error);
    document.append(
      known.reason === 'cancelled' ? t('✘ Cancelled.') : t('✘ Failed: {why}', { why: explain(known, t) }),
    );
    throw error;
  }
});

async function run(
  deps: Deps,
  engine: Engine,
  image: string,
  document: LiveDocument,
  signal: AbortSignal,
): Promise<void> {
  const { t } = deps;
  document.append(t('• Looking for the image {image} on the engine …', { image }));
  const found = await engine.read('image', image, signal).catch((error: unknown) => {
    if (hasReason(error, 'notFound')) return undefined;
    throw error;
  });
  if (found === undefined) {
    document.append(t('• Not there. Pulling it from its registry …'));
    await pull(deps, engine, image, document, signal);
    document.append(t('✔ Pulled.'));
  } else {
    document.append(
      t('✔ Found: {id}, {size}.', { id: shortId(found.id), size: formatBytes(found.sizeBytes) }),
    );
  }
  const id = await engine.createContainer({ image }, signal);
  document.append(t('✔ Container {id} created.', { id: shortId(id) }));
  await engine.startContainer(id, signal);
  document.append(t('✔ Started. It says:'));
  document.append('');
  await copyOutput(engine, id, document, signal);
  document.append('');
  const exitCode = await engine.waitContainer(id, signal);
  document.append(
    exitCode === 0
      ? t('✔ It ended with exit code 0. Client, engine and registry work together.')
      : t('✘ It ended with exit code {exitCode}.', { exitCode }),
  );
  document.append(t('The container stays in the Containers view until you remove it.'));
}

async function pull(
  deps: Deps,
  engine: Engine,
  image: string,
  document: LiveDocument,
  signal: AbortSignal,
): Promise<void> {
  const { t } = deps;
  const reference = parseImageReference(image);
  if (reference === undefined) throw new CommandFailure('conflict', notAReference(image, t));
  const said = new Map<string, string>();
  const say = ({ layerId, status }: TransferStep): void => {
    // A line for each new thing that happens to a layer; the bytes in between would only flicker.
    if (said.get(layerId) === status || status === '') return;
    said.set(layerId, status);
    document.append(`    ${layerId === '' ? '' : `${layerId}: `}${status}`);
  };
  try {
    await new Logins(deps).use(reference.registry, signal, async (auth) => {
      for await (const step of engine.pullImage(reference, { auth }, signal)) say(step);
    });
  } catch (error) {
    const known = asEngineError(error);
    if (known.reason === 'cancelled') throw known;
    throw new CommandFailure(
      known.reason,
      t('the image {image} is neither on the engine nor to be had from its registry: {why}', {
        image,
        why: explain(known, t),
      }),
      { cause: known },
    );
  }
}

/** The output line by line, as it comes; the stream ends with the container. */
async function copyOutput(
  engine: Engine,
  id: string,
  document: LiveDocument,
  signal: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const { data } of engine.logs(id, { follow: true, timestamps: false }, signal)) {
    const lines = (rest + decoder.decode(data, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) document.append(`    ${line}`);
  }
  if (rest !== '') document.append(`    ${rest}`);
}
