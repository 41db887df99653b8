import type { Localize } from '../../base/localize.ts';
import {
  type ContainerLimits,
  type LimitChanges,
  limitProblem,
  type LimitProblem,
  withSwap,
} from '../../model/containerLimits.ts';
import { type LimitField, limitFields, printLimit, readLimit } from '../../model/limitTexts.ts';
import { restartNames } from '../../model/runOptions.ts';
import type { Deps, PickItem } from '../deps.ts';

type Ask = Pick<Deps, 't' | 'prompts'>;

/** A list of all limits with what they are now, until the user applies what was changed, or turns away. */
export async function askLimits(
  { t, prompts }: Ask,
  name: string,
  now: ContainerLimits,
): Promise<LimitChanges | undefined> {
  let changes: LimitChanges = {};
  for (;;) {
    const items: readonly PickItem<LimitField | 'apply'>[] = [
      ...applyItem(changes, t),
      ...limitFields.map((field) => ({
        value: field,
        label: fieldName(field, t),
        description: fieldText(field, now, withSwap(now, changes), t),
      })),
    ];
    const chosen = await prompts.pickOne(t('Limits of {name}', { name }), items);
    if (chosen === undefined) return undefined;
    if (chosen === 'apply') return changes;
    const change =
      chosen === 'restart'
        ? await askRestart({ t, prompts }, now, changes)
        : await askLimit({ t, prompts }, chosen, now, changes);
    changes = { ...changes, ...change };
  }
}

/** Why what a person or a caller wants can't be; a sentence, or undefined. */
export function problemOfLimits(
  now: ContainerLimits,
  changes: LimitChanges,
  t: Localize,
): string | undefined {
  const problem = limitProblem(now, changes);
  if (problem === undefined) return undefined;
  const sentences: Readonly<Record<LimitProblem, () => string>> = {
    swapBelowMemory: () =>
      t(
        'Memory and swap together can’t be less than the memory alone: raise them first, or lower the memory.',
      ),
    swapNeedsMemory: () => t('A limit of swap needs one of memory. Set the memory first.'),
  };
  return sentences[problem]();
}

export function fieldProblem(field: LimitField, t: Localize): string {
  switch (field) {
    case 'memory':
      return t(
        'A size of 6m or more, like 512m or 1.5g. A limit of memory can’t be taken away from a container that exists: set a larger one, or recreate it.',
      );
    case 'memoryAndSwap':
      return t('A size like 1g, or -1 for as much swap as there is.');
    case 'cpus':
      return t(
        'A number above 0, like 0.5 or 2. A limit of CPUs can’t be taken away from a container that exists: give it all there are, or recreate it.',
      );
    case 'pids':
      return t('A number of processes from 1 on, or -1 for no limit.');
    case 'restart':
      return t('One of no, always, unless-stopped, on-failure or on-failure:3.');
  }
}

function applyItem(changes: LimitChanges, t: Localize): readonly PickItem<'apply'>[] {
  const changed = limitFields.filter((field) => printLimit(field, changes) !== '');
  if (changed.length === 0) return [];
  const what = changed.map((field) => `${fieldName(field, t)} ${printLimit(field, changes)}`);
  return [{ value: 'apply', label: t('Apply'), description: what.join(' · ') }];
}

function askLimit(
  { t, prompts }: Ask,
  field: LimitField,
  now: ContainerLimits,
  changes: LimitChanges,
): Promise<LimitChanges | undefined> {
  const hints: Partial<Record<LimitField, string>> = {
    memoryAndSwap: t('Memory and swap together, as Docker counts them; -1 for as much swap as there is.'),
    pids: t('-1 for no limit.'),
  };
  const prompt = hints[field];
  return prompts
    .input({
      title: fieldName(field, t),
      value: printLimit(field, changes) || printLimit(field, now),
      ...(prompt === undefined ? {} : { prompt }),
      problem: (text) => {
        if (text === '') return undefined;
        const change = readLimit(field, text);
        return change === undefined
          ? fieldProblem(field, t)
          : problemOfLimits(now, { ...changes, ...change }, t);
      },
    })
    .then((typed) => (typed === undefined || typed === '' ? undefined : readLimit(field, typed)));
}

async function askRestart(
  { t, prompts }: Ask,
  now: ContainerLimits,
  changes: LimitChanges,
): Promise<LimitChanges | undefined> {
  const meanings: Readonly<Record<(typeof restartNames)[number], string>> = {
    no: t('when it ends, it has ended'),
    'on-failure': t('when it fails, as often as you say'),
    'unless-stopped': t('always, unless it was stopped'),
    always: t('always, and when the engine starts'),
  };
  const current = (changes.restart ?? now.restart).name;
  const name = await prompts.pickOne(
    t('Start it again'),
    restartNames.map((value) => ({
      value,
      label: value,
      description: value === current ? t('{meaning} (now)', { meaning: meanings[value] }) : meanings[value],
    })),
  );
  if (name !== 'on-failure') return name === undefined ? undefined : { restart: { name, maxRetries: 0 } };
  const retries = await prompts.input({
    title: t('How often at most'),
    value: String(now.restart.maxRetries),
    prompt: t('0 for as often as it fails.'),
    problem: (text) => (/^\d{1,9}$/.test(text) ? undefined : t('A number from 0 on.')),
  });
  return retries === undefined ? undefined : { restart: { name, maxRetries: Number(retries) } };
}

function fieldName(field: LimitField, t: Localize): string {
  const names: Readonly<Record<LimitField, () => string>> = {
    memory: () => t('Memory'),
    memoryAndSwap: () => t('Memory and swap'),
    cpus: () => t('CPUs'),
    pids: () => t('Processes'),
    restart: () => t('Restart policy'),
  };
  return names[field]();
}

/** `512m`, or `512m → 1g` where it is to change. */
function fieldText(field: LimitField, now: ContainerLimits, changes: LimitChanges, t: Localize): string {
  const shown = (text: string): string => (text === '' || text === '-1' ? t('no limit') : text);
  const before = shown(printLimit(field, now));
  const after = printLimit(field, changes);
  return after === '' || shown(after) === before ? before : `${before} → ${shown(after)}`;
}
