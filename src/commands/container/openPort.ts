import { portUrl } from '../../model/portUrl.ts';
import { portToOpen } from '../../model/tree/partRows.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { runVerb } from '../runVerb.ts';
import { readInvocation } from '../targets.ts';
import { action, verb } from '../verb.ts';

const openUsualPort = verb('container', {
  isSingle: true,
  allows: (container) => portToOpen(container) !== undefined,
  question: ({ t }) => t('Open a port of which container?'),
  plan: ({ t, desktop }) => ({
    title: t('Opening in the browser'),
    failed: (name) => t('Could not open a port of {name}', { name }),
    perform: async ({ object }) => {
      const port = portToOpen(object);
      if (port === undefined) throw new CommandFailure('conflict', t('It publishes no port.'));
      await desktop.openExternal(portUrl(port));
    },
  }),
});

/** Opens the clicked port row, or the likeliest web port of a container. */
export const openContainerPort = action(async (deps, signal, args) => {
  const clicked = clickedPort(deps, args);
  if (clicked !== undefined) await deps.desktop.openExternal(portUrl(clicked));
  else await runVerb(deps, openUsualPort, await readInvocation(args, deps.views), signal);
});

function clickedPort(
  { views }: Deps,
  [key]: readonly unknown[],
): { readonly ip: string; readonly port: number } | undefined {
  const node = typeof key === 'string' ? views.node(key) : undefined;
  return node?.kind === 'part' && node.part.kind === 'port' ? node.part.port.host : undefined;
}
