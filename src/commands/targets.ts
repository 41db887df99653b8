import type { Localize } from '../base/localize.ts';
import { isRecord } from '../base/record.ts';
import { type KnownEngine } from '../engine/engineSet.ts';
import { type ObjectKind, type ObjectRef, parseObjectRef } from '../model/identity.ts';
import { referenceOfKey } from '../model/registryKeys.ts';
import type { ObjectOf } from '../model/snapshot.ts';
import { ownerKey } from '../model/tree/contextValue.ts';
import { isSidebarViewId } from '../model/tree/viewOptions.ts';
import { shortId } from '../model/container.ts';
import { CommandFailure } from './commandFailure.ts';
import type { Deps } from './deps.ts';
import { whenLoaded } from './whenLoaded.ts';

/** One object that a command acts on, with the engine that has it. */
export interface Target<K extends ObjectKind = ObjectKind> {
  readonly ref: ObjectRef;
  /** What a person calls it. */
  readonly name: string;
  readonly object: ObjectOf[K];
  readonly owner: KnownEngine;
  /** Called for by its id: of an image that is all its tags. */
  readonly isById?: boolean;
}

export interface CommandOptions {
  /** No question before something is lost. */
  readonly force: boolean;
}

/** What a command was called with: rows of a tree, names from a caller, or nothing at all. */
export interface Invocation {
  /** Who hears of a failure: `person` sees it in the editor, `caller` gets the rejection. */
  readonly origin: 'person' | 'caller';
  /** Row keys, names or ids; undefined when the command was called without any. */
  readonly names: readonly string[] | undefined;
  readonly options: CommandOptions;
}

/**
 * Reads a command's arguments. The editor calls with the clicked row and the selection; our keybindings with
 * `{ selection: VIEW }`; others with a name, an id, a printed ref or a list of them, and options behind.
 */
export async function readInvocation(args: readonly unknown[], views: Deps['views']): Promise<Invocation> {
  const [first, second, third] = args;
  const options = readOptions(isRecord(second) ? second : isRecord(third) ? third : first);
  if (isRecord(first) && isSidebarViewId(first['selection']))
    return { origin: 'person', names: await views.selection(first['selection']), options };
  if (Array.isArray(first)) return { origin: 'caller', names: first.filter(isText), options };
  if (!isText(first)) return { origin: 'person', names: undefined, options };
  const isRow = views.node(first) !== undefined;
  const selection = Array.isArray(second) ? second.filter(isText) : [];
  const names = selection.includes(first) ? selection : [first];
  return { origin: isRow ? 'person' : 'caller', names, options };
}

/** The objects that the names stand for; a heading stands for all below it. Rejects for a name that nothing has. */
export async function findTargets<K extends ObjectKind>(
  deps: Deps,
  kind: K,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly Target<K>[]> {
  const refs = names.flatMap((name) => expandName(deps, name));
  await whenLoaded(deps.engines.active, kind, signal);
  const targets = new Map<string, Target<K>>();
  for (const ref of refs) {
    const found = typeof ref === 'string' ? findByName(deps, kind, ref) : findByRef(deps, kind, ref);
    if (found === undefined) {
      requireReachable(deps);
      const name = typeof ref === 'string' ? ref : shortId(ref.id);
      throw new CommandFailure('notFound', noSuch(kind, name, deps.t));
    }
    targets.set(`${found.ref.engineId}/${found.ref.id}`, found);
  }
  return [...targets.values()];
}

function noSuch(kind: ObjectKind, name: string, t: Localize): string {
  const sentences: Readonly<Record<ObjectKind, () => string>> = {
    container: () => t('There is no container “{name}”.', { name }),
    image: () => t('There is no image “{name}”.', { name }),
    volume: () => t('There is no volume “{name}”.', { name }),
    network: () => t('There is no network “{name}”.', { name }),
  };
  return sentences[kind]();
}

/** Every object of a kind on every engine that is reachable, for a picker. */
export async function allTargets<K extends ObjectKind>(
  deps: Deps,
  kind: K,
  signal: AbortSignal,
): Promise<readonly Target<K>[]> {
  await whenLoaded(deps.engines.active, kind, signal);
  requireReachable(deps);
  return deps.engines.active
    .filter(({ store }) => store.state.connection.phase === 'connected')
    .flatMap((owner) => targetsOf(owner, kind));
}

/** Throws the reason why nothing can be found: what no engine tells must not read as “there is none”. */
function requireReachable({ engines, t }: Deps): void {
  const states = engines.active.map(({ store }) => store.state.connection);
  if (states.some(({ phase }) => phase === 'connected')) return;
  const broken = states.find((state) => state.phase === 'unreachable');
  throw (
    broken?.error ??
    new CommandFailure('unreachable', t('No engine is connected. Connect one in the Engines view.'))
  );
}

/** What a name says by itself: the objects below a heading, one of an engine, or else a name still to be found. */
export function expandName(deps: Deps, name: string): readonly (ObjectRef | string)[] {
  const node = deps.views.node(name);
  if (node?.kind === 'group')
    return node.memberIds.map((id) => ({ engineId: node.engineId, kind: node.of, id }));
  if (node?.kind === 'user') return [{ engineId: node.engineId, kind: 'container', id: node.user.id }];
  // A tag of a registry is named by its reference, whether an engine has it or not.
  if (node?.kind === 'tag') return [referenceOfKey(node.key)];
  const ref = parseObjectRef(ownerKey(name));
  return [ref !== undefined && deps.engines.get(ref.engineId) !== undefined ? ref : name];
}

function findByRef<K extends ObjectKind>(deps: Deps, kind: K, ref: ObjectRef): Target<K> | undefined {
  const owner = deps.engines.get(ref.engineId);
  return owner === undefined || ref.kind !== kind ? undefined : findIn(owner, kind, ref.id);
}

function findByName<K extends ObjectKind>(deps: Deps, kind: K, name: string): Target<K> | undefined {
  for (const owner of deps.engines.active) {
    const found = findIn(owner, kind, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By name or whole id, else by the start of an id where only one object has it: as the docker CLI reads names. */
function findIn<K extends ObjectKind>(owner: KnownEngine, kind: K, name: string): Target<K> | undefined {
  const targets = targetsOf(owner, kind);
  const exact = targets.find((target) => target.ref.id === name || namesOf(target).includes(name));
  if (exact !== undefined) return exact;
  const wanted = name.replace(/^sha256:/, '');
  const byPrefix = targets.filter(({ ref, object }) =>
    ('id' in object ? object.id : ref.id).replace(/^sha256:/, '').startsWith(wanted),
  );
  const [first] = byPrefix;
  const isOne = byPrefix.every(({ object }) => object === first?.object);
  return first === undefined || wanted.length < 4 || !isOne ? undefined : { ...first, isById: true };
}

function namesOf({ name }: Target): readonly string[] {
  return name.endsWith(':latest') ? [name, name.slice(0, -':latest'.length)] : [name];
}

export function targetsOf<K extends ObjectKind>(owner: KnownEngine, kind: K): readonly Target<K>[] {
  const engineId = owner.description.id;
  const objects: ReadonlyMap<string, ObjectOf[K]> = owner.store.state.snapshot[kind];
  return [...objects.values()].flatMap((object) =>
    identitiesOf(object).map(({ id, name }) => ({ ref: { engineId, kind, id }, name, object, owner })),
  );
}

/** An image answers to each of its tags; acting on a tag acts on that tag alone. */
function identitiesOf(
  object: ObjectOf[ObjectKind],
): readonly { readonly id: string; readonly name: string }[] {
  if ('tags' in object) {
    const dangling = [{ id: object.id, name: shortId(object.id) }];
    return object.tags.length === 0 ? dangling : object.tags.map((tag) => ({ id: tag, name: tag }));
  }
  return [{ id: 'id' in object ? object.id : object.name, name: object.name }];
}

function readOptions(value: unknown): CommandOptions {
  return { force: isRecord(value) && value['force'] === true };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
