import { type ObjectRef, printObjectRef } from './identity.ts';

/** What has files: a container or a volume, by id or name. */
export interface FilePlace extends ObjectRef {
  readonly kind: 'container' | 'volume';
}

/** The key of a row, below that of the place's own. */
export function fileKey(place: FilePlace, path: string): string {
  return `${printObjectRef(place)}#files${path}`;
}

/** Of the row that stands for a container's root. */
export function filesRowKey(place: FilePlace): string {
  return `${printObjectRef(place)}#files`;
}

/**
 * A place as the authority of an address, which the editor compares without regard to case: `web+default`,
 * `data+default+volume`. A container is named by its name, which its successor will have too.
 */
export function printPlace({ engineId, kind, id }: FilePlace): string {
  return [id, engineId, ...(kind === 'volume' ? ['volume'] : [])].map(escape).join('+');
}

/** Undefined for what somebody made by hand and that names nothing. */
export function parsePlace(authority: string): FilePlace | undefined {
  const [id, engineId, kind, ...rest] = authority.split('+').map(unescape);
  if (id === undefined || id === '' || engineId === undefined || engineId === '' || rest.length > 0)
    return undefined;
  if (kind !== undefined && kind !== 'volume') return undefined;
  return { engineId, kind: kind ?? 'container', id };
}

/** What is neither a small letter nor a digit, a point, a dash or a line below: `~` and its code in four digits. */
function escape(text: string): string {
  return text.replace(
    /[^a-z0-9._-]/g,
    (character) => `~${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function unescape(text: string): string {
  return text.replace(/~([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
