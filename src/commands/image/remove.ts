import { formatBytes, oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { isUp, shortId } from '../../model/container.ts';
import { stateWord } from '../../model/tree/containerRow.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { listLines, nameTargets } from '../naming.ts';
import type { Target } from '../targets.ts';
import { type Plan, verb } from '../verb.ts';
import { type ImageRemoval, imageRemovals } from './imageRemoval.ts';

export const removeImage = verb('image', {
  question: ({ t }) => t('Remove which images?'),
  async plan(deps, targets, { force }) {
    const { t, prompts, settings } = deps;
    const removals = imageRemovals(targets);
    const possible = removals.filter(({ end }) => end !== 'nothing');
    if (possible.length === 0) throw refusal(removals, t);
    const isForced = possible.some(({ needsForce }) => needsForce);
    // What the engine would refuse is asked for even by who wants no questions.
    if (!force && (isForced || settings.confirmRemoval())) {
      const names = nameRemovals(possible, t);
      const isSure = await prompts.confirm({
        message: isForced ? t('Remove {names} by force?', { names }) : t('Remove {names}?', { names }),
        detail: imageLossDetail(removals, t),
        action: isForced ? t('Remove by Force') : t('Remove'),
      });
      if (!isSure) return undefined;
    }
    return imageRemovalPlan(deps, removals);
  },
});

/** A line an image or tag, then what needs to be known of those in use. */
export function imageLossDetail(removals: readonly ImageRemoval[], t: Localize): string {
  const ends = (end: ImageRemoval['end']): boolean => removals.some((removal) => removal.end === end);
  const notes = [
    removals.some(({ end, users }) => end === 'image' && users.length > 0)
      ? t('Stopped containers keep their files, but cannot be made again without the image.')
      : '',
    ends('layersStay')
      ? t('An image that a running container uses loses its name; its layers stay as long as the container.')
      : '',
  ].filter((note) => note !== '');
  return [
    listLines(
      removals.map((removal) => lossLine(removal, t)),
      t,
    ),
    ...notes,
  ].join('\n\n');
}

/** A tag among several is only untagged; the last one takes the layers along. */
function lossLine({ target, end, users }: ImageRemoval, t: Localize): string {
  const { object } = target;
  const used = users.map(({ name, state }) => `${oneLine(name, 40)} (${stateWord(state, t)})`).join(', ');
  return [
    nameOf(target),
    end === 'tag' ? t('only this tag; the image keeps others') : formatBytes(object.sizeBytes),
    isWhole(target) ? t('all its tags: {tags}', { tags: object.tags.join(', ') }) : '',
    used === '' ? '' : t('in use by {name}', { name: used }),
    end === 'nothing' ? t('stays') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Several tags by the id of what they name. */
function isWhole({ object, isById = false }: Target<'image'>): boolean {
  return isById && object.tags.length > 1;
}

function nameOf(target: Target<'image'>): string {
  return isWhole(target) ? shortId(target.object.id) : target.name;
}

function nameRemovals(removals: readonly ImageRemoval[], t: Localize): string {
  const targets = removals.flatMap(({ target, end }) =>
    end === 'nothing' ? [] : [{ ...target, name: nameOf(target) }],
  );
  return nameTargets(targets, 'image', t);
}

function refusal(removals: readonly ImageRemoval[], t: Localize): CommandFailure {
  const [first] = removals;
  const user = first?.users.find(isUp);
  return new CommandFailure(
    'conflict',
    t('{name} is in use by {container}, which is {state}. Stop and remove the container first.', {
      name: first === undefined ? '' : oneLine(nameOf(first.target), 80),
      container: oneLine(user?.name ?? '', 60),
      state: user === undefined ? '' : stateWord(user.state, t),
    }),
  );
}

/** Those that can go, each by force only where that was asked for. */
export function imageRemovalPlan({ t }: Deps, removals: readonly ImageRemoval[]): Plan<'image'> {
  const byTarget = new Map(removals.map((removal) => [removal.target, removal]));
  // The tags of one image in turn: which of them is the last one decides about its layers.
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = (id: string, work: () => Promise<void>): Promise<void> => {
    const done = (turns.get(id) ?? Promise.resolve()).then(work);
    turns.set(
      id,
      done.catch(() => undefined),
    );
    return done;
  };
  return {
    title: t('Removing {names}', { names: nameRemovals(removals, t) }),
    failed: (name) => t('Could not remove {name}', { name }),
    perform: (target, signal) => {
      const { ref, object, owner, isById = false } = target;
      const { end, needsForce: force } = byTarget.get(target) ?? { end: 'nothing', needsForce: false };
      return end === 'nothing'
        ? Promise.resolve()
        : inTurn(`${ref.engineId}/${object.id}`, () =>
            owner.store.engine.removeImage(isById ? object.id : ref.id, signal, { force }),
          );
    },
  };
}
