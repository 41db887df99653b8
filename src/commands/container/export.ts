import { formatBytes, oneLine } from '../../base/format.ts';
import { allowsVerb } from '../../model/container.ts';
import { textOption } from '../callerOptions.ts';
import { chooseTargets } from '../runVerb.ts';
import { readInvocation } from '../targets.ts';
import { archiveName } from '../transfer/archiveName.ts';
import { carryFile } from '../transfer/carryFile.ts';
import { action } from '../verb.ts';

/** A container's files as a tar, as `docker export`; a caller says where: `{ path }` behind the name. */
export const exportContainer = action(async (deps, signal, args) => {
  const { t, prompts, desktop } = deps;
  const invocation = await readInvocation(args, deps.views);
  const choice = {
    kind: 'container',
    isSingle: true,
    allows: (container) => allowsVerb(container, 'export'),
    question: () => t('Export the files of which container?'),
  } as const satisfies Parameters<typeof chooseTargets<'container'>>[1];
  const [target] = await chooseTargets(deps, choice, invocation, signal);
  if (target === undefined) return;
  const name = oneLine(target.name, 120);
  const path =
    textOption(args, 'path') ??
    (await prompts.chooseFile(t('Export the files of {name}', { name }), archiveName(target.name)));
  if (path === undefined) return;
  const words = {
    title: t('Exporting {name}', { name }),
    name,
    failed: (failed: string) => t('Could not export {name}', { name: failed }),
  };
  const { engine } = target.owner.store;
  const bytes = await carryFile(deps, words, signal, (either, meter) =>
    desktop.writeFile(path, meter(engine.exportContainer(target.ref.id, either), undefined)),
  );
  if (bytes === undefined || invocation.origin === 'caller') return;
  // Volumes are no part of a container's own files: who looks for them in the archive should know.
  const size = formatBytes(bytes);
  prompts.tell(
    target.object.mounts.length === 0
      ? t('Exported {name} to {path}: {size}.', { name, path, size })
      : t('Exported {name} to {path}: {size}. What is in its volumes and mounts is not in it.', {
          name,
          path,
          size,
        }),
  );
});
