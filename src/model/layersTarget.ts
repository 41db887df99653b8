import { type ObjectRef, parseObjectRef, printObjectRef } from './identity.ts';

/** An image whose layers are looked at. */
export interface LayersImage {
  /** By the image's id: a tag may be another image tomorrow. */
  readonly ref: ObjectRef;
  /** What a person called it. */
  readonly name: string;
}

/** What a panel of layers shows: one image, or two of one engine with what differs from the first to the second. */
export type LayersTarget = readonly [LayersImage] | readonly [LayersImage, LayersImage];

/** The same for the same images, whatever they are called. */
export function layersKey(target: LayersTarget): string {
  return target.map(({ ref }) => printObjectRef(ref)).join(' ');
}

/** Undefined for what names no images, or images that can't be compared. */
export function readLayersTarget(
  images: readonly { readonly ref: string; readonly name: string }[],
): LayersTarget | undefined {
  const read = images.flatMap(({ ref: printed, name }) => {
    const ref = parseObjectRef(printed);
    return ref?.kind === 'image' ? [{ ref, name }] : [];
  });
  const [one, other] = read;
  if (one === undefined || read.length !== images.length || read.length > 2) return undefined;
  if (other === undefined) return [one];
  return one.ref.engineId === other.ref.engineId ? [one, other] : undefined;
}
