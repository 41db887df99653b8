import { CommandFailure } from '../commandFailure.ts';
import { verb } from '../verb.ts';

/** The addresses that containers have in their networks, a line each. */
export const copyContainerIp = verb('container', {
  allows: ({ networks }) => networks.some(({ ipAddress }) => ipAddress !== ''),
  question: ({ t }) => t('Copy the address of which containers?'),
  plan: ({ t, desktop }, targets) => ({
    title: t('Copying'),
    failed: (name) => t('Could not copy from {name}', { name }),
    perform: async (target) => {
      const addresses = targets.flatMap(({ object }) => object.networks.map(({ ipAddress }) => ipAddress));
      const known = addresses.filter((address) => address !== '');
      if (known.length === 0)
        throw new CommandFailure(
          'conflict',
          t('It has no address of its own: it does not run, or uses the network of its host.'),
        );
      if (target === targets[0]) await desktop.copy(known.join('\n'));
    },
  }),
});
