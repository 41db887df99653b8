import { parseImageReference, printImageReference } from '../../model/imageReference.ts';
import { referenceOfKey } from '../../model/registryKeys.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { notAReference } from '../image/imageNames.ts';
import { readInvocation } from '../targets.ts';

/** A tag of a repository, whether a row of it was ever drawn or not. */
export interface TagName {
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
}

export function printTag({ host, repository, tag }: TagName): string {
  return `${host}/${repository}:${tag}`;
}

/** The tags that rows or references stand for; without any, those that the user picks of what the view has read. */
export async function chooseTags(
  deps: Deps,
  args: readonly unknown[],
  question: string,
): Promise<readonly TagName[]> {
  const { names } = await readInvocation(args, deps.views);
  if (names !== undefined) return unique(names.map((name) => readTag(deps, name)));
  const read = readTags(deps);
  if (read.length === 0) return askForTag(deps, question);
  const items = read.map((tag) => ({ value: tag, label: printTag(tag) }));
  return (await deps.prompts.pickMany(question, items)) ?? [];
}

function readTags({ registries: { state } }: Deps): readonly TagName[] {
  return state.known.flatMap(({ host }) =>
    [...state.lists].flatMap(([key, { items }]) => {
      const reference = referenceOfKey(key);
      // Lists of repositories have names with a path in them, tags have none.
      if (!reference.startsWith(`${host}/`)) return [];
      const repository = reference.slice(host.length + 1);
      return items.flatMap(({ name }) => (name.includes('/') ? [] : [{ host, repository, tag: name }]));
    }),
  );
}

async function askForTag(deps: Deps, question: string): Promise<readonly TagName[]> {
  const text = await deps.prompts.input({
    title: question,
    value: '',
    placeholder: deps.t('registry.example.com/team/app:1.2'),
    problem: (typed) =>
      parseImageReference(typed)?.tag === undefined ? notAReference(typed, deps.t) : undefined,
  });
  return text === undefined || text === '' ? [] : [readTag(deps, text)];
}

function readTag({ t }: Deps, name: string): TagName {
  const text = referenceOfKey(name);
  const reference = parseImageReference(text);
  if (reference?.tag === undefined) throw new CommandFailure('conflict', notAReference(text, t));
  return { host: reference.registry, repository: reference.repository, tag: reference.tag };
}

function unique(tags: readonly TagName[]): readonly TagName[] {
  const byName = new Map(
    tags.map((tag) => [
      printImageReference({
        registry: tag.host,
        repository: tag.repository,
        tag: tag.tag,
        digest: undefined,
      }),
      tag,
    ]),
  );
  return [...byName.values()];
}
