import { oneLine } from '../../base/format.ts';
import { imageDigest } from '../../model/image.ts';
import { CommandFailure } from '../commandFailure.ts';
import { copy } from '../copy.ts';
import { verb } from '../verb.ts';

const copyDigest = copy(
  'image',
  ({ t }) => t('Copy the digest of which images?'),
  ({ object, name }) => imageDigest(object, name) ?? '',
);

/** `repository@sha256:…`, which names the same image for ever; of those that a registry has. */
export const copyImageDigest = verb('image', {
  ...copyDigest,
  allows: ({ digests }) => digests.length > 0,
  plan: (deps, targets, options) => {
    const without = targets.find(({ object }) => object.digests.length === 0);
    if (without !== undefined)
      throw new CommandFailure(
        'conflict',
        deps.t('{name} has no digest: it was neither pulled nor pushed. Push it first.', {
          name: oneLine(without.name, 80),
        }),
      );
    return copyDigest.plan(deps, targets, options);
  },
});
