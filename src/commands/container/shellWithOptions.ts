import { oneLine } from '../../base/format.ts';
import { allowsVerb } from '../../model/container.ts';
import { type ShellChoice, usersWorthOffering } from '../../model/shell.ts';
import type { Deps, PickItem } from '../deps.ts';
import type { Target } from '../targets.ts';
import { verb } from '../verb.ts';
import { type InsideContainer, lookInside } from './insideContainer.ts';

const lookMs = 10_000;

/** More than anybody reads through. */
const maxUsers = 50;

/** A shell as somebody wants it: which, as whom, where. What was chosen for the image the last time stands first. */
export const openContainerShellWithOptions = verb('container', {
  isSingle: true,
  allows: (container) => allowsVerb(container, 'shell'),
  question: ({ t }) => t('Open a shell in which container?'),
  plan: async (deps, [target]) => {
    const { t, panels } = deps;
    const choice = target === undefined ? undefined : await askForShell(deps, target);
    return choice === undefined
      ? undefined
      : {
          title: t('Opening a shell'),
          failed: (name) => t('Could not open a shell in {name}', { name }),
          perform: ({ ref, name }) => {
            panels.openShell(ref, name, choice);
            return Promise.resolve();
          },
        };
  },
});

async function askForShell(
  deps: Deps,
  { object, owner, name, ref }: Target<'container'>,
): Promise<ShellChoice | undefined> {
  const { t, prompts, shellMemory, files } = deps;
  const { image } = object;
  const last = shellMemory.last(image);
  const inside = await prompts.progress(t('Looking into {name}', { name: oneLine(name, 60) }), (signal) =>
    lookInside(files, owner.store.engine, ref, AbortSignal.any([signal, AbortSignal.timeout(lookMs)])),
  );
  const shell = await ask(deps, t('Which shell?'), shellItems(deps, inside, last), {
    title: t('Which shell?'),
    prompt: t('A program of the container, with words behind it where it takes any: bash -l'),
  });
  if (shell === undefined) return undefined;
  const user = await ask(deps, t('As which user?'), userItems(deps, inside, last), {
    title: t('As which user?'),
    prompt: t('A name or a number, with a group behind it where one is wanted: 1000:1000'),
  });
  if (user === undefined) return undefined;
  const workingDir = await prompts.input({
    title: t('In which folder?'),
    value: last?.workingDir ?? '',
    placeholder: inside.workingDir === '' ? '/' : inside.workingDir,
    prompt: t('Leave it empty for the container’s own.'),
    problem: (text) =>
      text === '' || text.startsWith('/') || /^[A-Za-z]:/.test(text)
        ? undefined
        : t('Give the whole path, from / on.'),
  });
  if (workingDir === undefined) return undefined;
  const choice = {
    ...(shell === '' ? {} : { shell }),
    ...(user === '' ? {} : { user }),
    ...(workingDir === '' ? {} : { workingDir }),
  };
  shellMemory.keep(image, choice);
  return choice;
}

/** Stands for what is typed; nothing that can be chosen is called so. */
const other = '\0';

/** Empty for what is not to be said; undefined when the user turned away. */
async function ask(
  { t, prompts }: Deps,
  title: string,
  items: readonly PickItem<string>[],
  field: { readonly title: string; readonly prompt: string },
): Promise<string | undefined> {
  const picked = await prompts.pickOne(title, [...items, { value: other, label: t('Another one…') }]);
  if (picked !== other) return picked;
  return prompts.input({
    ...field,
    value: '',
    problem: (text) => (text.trim() === '' ? t('Give a name.') : undefined),
  });
}

function shellItems(
  { t }: Deps,
  { shells }: InsideContainer,
  last: ShellChoice | undefined,
): readonly PickItem<string>[] {
  const best = { value: '', label: t('The best one that is there') };
  const found = shells.map((shell) => ({ value: shell, label: shell }));
  return lastFirst([best, ...found], last, last?.shell, t('the last time'));
}

function userItems(
  { t }: Deps,
  { users, user }: InsideContainer,
  last: ShellChoice | undefined,
): readonly PickItem<string>[] {
  const own = {
    value: '',
    label: user === '' ? t('The container’s own: root') : t('The container’s own: {user}', { user }),
  };
  const known = usersWorthOffering(users)
    .slice(0, maxUsers)
    .map(({ name, uid, shell }) => ({
      value: name,
      label: oneLine(name, 60),
      description: [String(uid), oneLine(shell, 60)].filter(Boolean).join(' · '),
    }));
  return lastFirst([own, ...known], last, last?.user, t('the last time'));
}

function lastFirst(
  items: readonly PickItem<string>[],
  last: ShellChoice | undefined,
  value = '',
  word: string,
): readonly PickItem<string>[] {
  if (last === undefined) return items;
  const known = items.find((item) => item.value === value) ?? { value, label: oneLine(value, 60) };
  const description = [known.description, word].filter(Boolean).join(' · ');
  return [{ ...known, description }, ...items.filter((item) => item !== known)];
}
