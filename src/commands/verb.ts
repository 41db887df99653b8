import type { ObjectKind } from '../model/identity.ts';
import type { ObjectOf } from '../model/snapshot.ts';
import type { Deps } from './deps.ts';
import type { CommandOptions, Target } from './targets.ts';

/** What will be done, after every question was answered. */
export interface Plan<K extends ObjectKind> {
  /** For the progress: `Stopping web`, `Stopping 3 containers`. */
  readonly title: string;
  /** The start of the sentence about one that failed: `Could not stop web`. */
  failed(name: string): string;
  /** `report` sets the line below the title of the progress. */
  perform(target: Target<K>, signal: AbortSignal, report: (line: string) => void): Promise<void>;
}

/** A command on objects of one kind, one or many. */
export interface Verb<K extends ObjectKind> {
  readonly type: 'verb';
  readonly kind: K;
  /** Acts on one object only: the picker offers one choice. */
  readonly isSingle: boolean;
  /** Whether the verb makes sense in the object's state: what a picker offers, what a mixed selection keeps. */
  allows(object: ObjectOf[K]): boolean;
  /** The picker's title. */
  question(deps: Deps): string;
  /** Asks what there is to ask, once for all targets; undefined when the user turned away. */
  plan(
    deps: Deps,
    targets: readonly Target<K>[],
    options: CommandOptions,
  ): Plan<K> | undefined | Promise<Plan<K> | undefined>;
}

/** Any other command. */
export interface Action {
  readonly type: 'action';
  run(deps: Deps, signal: AbortSignal, args: readonly unknown[]): Promise<void>;
}

type VerbOptions<K extends ObjectKind> = Omit<Verb<K>, 'type' | 'kind' | 'isSingle' | 'allows'> &
  Partial<Pick<Verb<K>, 'isSingle' | 'allows'>>;

export type AnyVerb = { readonly [K in ObjectKind]: Verb<K> }[ObjectKind];

export function verb<K extends ObjectKind>(kind: K, options: VerbOptions<K>): Verb<K> {
  return { type: 'verb', kind, isSingle: false, allows: () => true, ...options };
}

export function action(run: Action['run']): Action {
  return { type: 'action', run };
}
