import { formatBytes, oneLine } from '../../base/format.ts';
import { textOption } from '../callerOptions.ts';
import { CommandFailure } from '../commandFailure.ts';
import { chooseTargets } from '../runVerb.ts';
import { readInvocation } from '../targets.ts';
import { archiveName } from '../transfer/archiveName.ts';
import { carryFile } from '../transfer/carryFile.ts';
import { action } from '../verb.ts';

/** Into one archive, as `docker save`; a caller says where: `{ path }` behind the names. */
export const saveImages = action(async (deps, signal, args) => {
  const { t, prompts, desktop } = deps;
  const invocation = await readInvocation(args, deps.views);
  const choice = {
    kind: 'image',
    isSingle: false,
    allows: () => true,
    question: () => t('Save which images?'),
  } as const satisfies Parameters<typeof chooseTargets<'image'>>[1];
  const targets = await chooseTargets(deps, choice, invocation, signal);
  const [first] = targets;
  if (first === undefined) return;
  if (targets.some(({ owner }) => owner !== first.owner))
    throw new CommandFailure(
      'conflict',
      t(
        'These images are on several engines, and an archive comes from one. Save those of each by themselves.',
      ),
    );
  const firstName = oneLine(first.name, 120);
  const name = targets.length === 1 ? firstName : t('{count} images', { count: targets.length });
  const path =
    textOption(args, 'path') ??
    (await prompts.chooseFile(t('Save {name}', { name }), archiveName(first.name)));
  if (path === undefined) return;
  const words = {
    title: t('Saving {name}', { name }),
    name,
    failed: (failed: string) => t('Could not save {name}', { name: failed }),
  };
  const bytes = await carryFile(deps, words, signal, (either, meter) => {
    const names = targets.map(({ ref }) => ref.id);
    const archive = first.owner.store.engine.exportImages(names, either);
    // How many bytes it will be, no engine tells: layers may be shared, or compressed.
    return desktop.writeFile(path, meter(archive, undefined));
  });
  if (bytes === undefined || invocation.origin === 'caller') return;
  prompts.tell(t('Saved {name} to {path}: {size}.', { name, path, size: formatBytes(bytes) }));
});
