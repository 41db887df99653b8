import { oneLine } from '../../base/format.ts';
import { allowsVerb } from '../../model/container.ts';
import type { Image } from '../../model/image.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import type { Target } from '../targets.ts';
import { verb } from '../verb.ts';

/** Made for looking into things, or at least with a shell, best first. */
const handyImages = [/netshoot/, /busybox/, /alpine/, /debian/, /ubuntu/, /fedora|rockylinux|almalinux/];

const script = 'command -v bash >/dev/null && exec bash; exec sh';

/**
 * A shell of another image beside a container that has none: it sees the processes, their files and the network of the
 * container, and goes with its terminal.
 */
export const debugContainer = verb('container', {
  isSingle: true,
  allows: (container) => allowsVerb(container, 'shell'),
  question: ({ t }) => t('Open a debug shell beside which container?'),
  plan: async (deps, [target]) => {
    const { t, panels } = deps;
    const image = target === undefined ? undefined : await chooseImage(deps, target);
    return image === undefined
      ? undefined
      : {
          title: t('Opening a debug shell'),
          failed: (name) => t('Could not open a debug shell beside {name}', { name }),
          async perform({ ref, name, owner }, signal) {
            const id = await owner.store.engine.createContainer(
              {
                image,
                entrypoint: 'sh',
                command: ['-c', script],
                // The container's files can be looked at by nobody else.
                user: '0',
                networks: [{ name: `container:${ref.id}`, aliases: [], ipAddress: '' }],
                sharesProcessesOf: ref.id,
                labels: { 'quayside.debug': ref.id },
                hasTerminal: true,
                isInteractive: true,
                isRemovedAtEnd: true,
              },
              signal,
            );
            panels.openOwn(
              { ...ref, id },
              t('{name} (debug)', { name: oneLine(name, 60) }),
              t(
                'A shell of {image} beside {name}, with its processes and its network. Its files are below /proc/1/root.',
                { image, name: oneLine(name, 60) },
              ),
            );
          },
        };
  },
});

async function chooseImage(
  { t, prompts }: Deps,
  { owner, name, object }: Target<'container'>,
): Promise<string | undefined> {
  const images = await owner.store.engine.list('image', new AbortController().signal);
  const tags = images
    .filter(({ id }) => id !== object.imageId)
    .flatMap(({ tags: all }: Image) => all)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (tags.length === 0)
    throw new CommandFailure(
      'notFound',
      t('There is no image on the engine to take a shell from. Pull one that has a shell, such as busybox.'),
    );
  return prompts.pickOne(
    t('Take the shell for {name} from which image?', { name: oneLine(name, 60) }),
    tags.map((tag) => ({ value: tag, label: oneLine(tag, 100) })),
  );
}

function rank(tag: string): number {
  const found = handyImages.findIndex((pattern) => pattern.test(tag));
  return found < 0 ? handyImages.length : found;
}
