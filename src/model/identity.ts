export const objectKinds = ['container', 'image', 'volume', 'network'] as const;

/** The kinds of objects that an engine keeps. */
export type ObjectKind = (typeof objectKinds)[number];

/** Names one object of one engine. Its printed form, `engineId/kind/id`, is the public one. */
export interface ObjectRef {
  readonly engineId: string;
  readonly kind: ObjectKind;
  readonly id: string;
}

export function isObjectKind(text: string): text is ObjectKind {
  return (objectKinds as readonly string[]).includes(text);
}

/** Engine ids hold no slash, so the first two slashes split; an id (an image reference, say) may hold more. */
export function printObjectRef(ref: ObjectRef): string {
  return `${ref.engineId}/${ref.kind}/${ref.id}`;
}

/** Undefined when the text is not of the form `engineId/kind/id`. */
export function parseObjectRef(text: string): ObjectRef | undefined {
  const [engineId, kind, ...rest] = text.split('/');
  const id = rest.join('/');
  if (engineId === undefined || engineId === '' || kind === undefined || id === '') return undefined;
  return isObjectKind(kind) ? { engineId, kind, id } : undefined;
}

/** An engine id made from a context's or a socket's name: whatever a ref's grammar uses is replaced. */
export function toEngineId(name: string): string {
  return name.replace(/[^\w.+-]+/g, '-').replace(/^-+|-+$/g, '') || 'engine';
}
