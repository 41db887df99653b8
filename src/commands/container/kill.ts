import { allowsVerb } from '../../model/container.ts';
import { nameTargets } from '../naming.ts';
import { verb } from '../verb.ts';

const signals = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** Sends a signal of the user's choice; SIGKILL comes first, as in `docker kill`. */
export const killContainer = verb('container', {
  allows: (container) => allowsVerb(container, 'kill'),
  question: ({ t }) => t('Send a signal to which containers?'),
  async plan({ t, prompts }, targets, { force }) {
    const names = nameTargets(targets, 'container', t);
    const meanings: Readonly<Record<(typeof signals)[number], string>> = {
      SIGKILL: t('ends it at once; unsaved work in it is lost'),
      SIGTERM: t('asks it to end'),
      SIGINT: t('interrupts it, like Ctrl+C'),
      SIGHUP: t('often: read the configuration again'),
      SIGQUIT: t('ends it, often with a dump'),
      SIGUSR1: t('its own meaning'),
      SIGUSR2: t('its own meaning'),
    };
    const chosen = force
      ? 'SIGKILL'
      : await prompts.pickOne(
          t('Which signal for {names}?', { names }),
          signals.map((signal) => ({ value: signal, label: signal, description: meanings[signal] })),
        );
    if (chosen === undefined) return undefined;
    return {
      title: t('Sending {signal} to {names}', { signal: chosen, names }),
      failed: (name) => t('Could not send {signal} to {name}', { signal: chosen, name }),
      perform: ({ ref, owner }, signal) => owner.store.engine.killContainer(ref.id, chosen, signal),
    };
  },
});
