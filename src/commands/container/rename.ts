import { allowsVerb } from '../../model/container.ts';
import { verb } from '../verb.ts';

export const renameContainer = verb('container', {
  isSingle: true,
  allows: (container) => allowsVerb(container, 'rename'),
  question: ({ t }) => t('Rename which container?'),
  async plan({ t, prompts }, targets) {
    const [target] = targets;
    if (target === undefined) return undefined;
    const taken = new Set([...target.owner.store.state.snapshot.container.values()].map(({ name }) => name));
    const newName = await prompts.input({
      title: t('New name for {name}', { name: target.name }),
      value: target.name,
      problem: (text) => {
        if (text === target.name) return undefined;
        if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(text))
          return t(
            'A name starts with a letter or digit and has two or more of: letters, digits, “_”, “.”, “-”.',
          );
        return taken.has(text) ? t('Another container is called {name}.', { name: text }) : undefined;
      },
    });
    if (newName === undefined || newName === target.name) return undefined;
    return {
      title: t('Renaming {name} to {newName}', { name: target.name, newName }),
      failed: (name) => t('Could not rename {name}', { name }),
      perform: ({ ref, owner }, signal) => owner.store.engine.renameContainer(ref.id, newName, signal),
    };
  },
});
