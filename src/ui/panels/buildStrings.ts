import type { Localize } from '../../base/localize.ts';
import type { BuildStrings } from '../../protocol/build.ts';

/** Every text of the page of the builds; names in braces are filled in by the page. */
export function buildStrings(t: Localize, language: string): BuildStrings {
  return {
    builds: t('Builds'),
    steps: t('Steps'),
    noBuilds: t(
      'Nothing was built in this workspace yet. Run “Images: Build Image…” or use the lens above a FROM.',
    ),
    cancel: t('Cancel Build'),
    rebuild: t('Build Again'),
    openDockerfile: t('Open the Dockerfile'),
    goToLine: t('Go to Line {line}'),
    running: t('running'),
    succeeded: t('succeeded'),
    failed: t('failed'),
    cancelled: t('cancelled'),
    interrupted: t('interrupted by a closed window'),
    waiting: t('waiting'),
    cached: t('cached'),
    output: t('Output of {step}'),
    noOutput: t('It wrote nothing.'),
    dropped: t('{count} older lines are left out.'),
    warnings: t('Warnings'),
    on: t('{builder} on {engine}'),
    context: t('context {folder}'),
    image: t('image {id}'),
    slower: t('{time} slower than the time before'),
    faster: t('{time} faster than the time before'),
    cachedBefore: t('cached the time before'),
    newStep: t('new'),
    language,
  };
}
