/**
 * Names of files are bytes, of which most are UTF-8. A byte that is none stands as one character of the private area
 * that begins here, and so do the bytes of those very characters: every name has one text, and every text its name.
 */
const firstStandIn = 0xef00;

const standIns = /[\uef80-\uefff]/;

export function decodeFileName(bytes: Uint8Array): string {
  const text = tryUtf8(bytes);
  if (text !== undefined && !standIns.test(text)) return text;
  let decoded = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    const character = length === 0 ? undefined : tryUtf8(bytes.subarray(at, at + length));
    if (character === undefined || standIns.test(character)) {
      decoded += String.fromCharCode(firstStandIn + (bytes[at] ?? 0));
      at += 1;
    } else {
      decoded += character;
      at += length;
    }
  }
  return decoded;
}

export function encodeFileName(name: string): Uint8Array {
  const encoder = new TextEncoder();
  if (!standIns.test(name)) return encoder.encode(name);
  const bytes: number[] = [];
  for (const character of name)
    if (standIns.test(character)) bytes.push(character.charCodeAt(0) - firstStandIn);
    else bytes.push(...encoder.encode(character));
  return Uint8Array.from(bytes);
}

/** With bytes that are no text written as `\xE9`, for people. */
export function shownFileName(name: string): string {
  if (!standIns.test(name)) return name;
  return name.replace(
    /[\uef80-\uefff]/g,
    (character) => `\\x${(character.charCodeAt(0) - firstStandIn).toString(16).toUpperCase()}`,
  );
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By the first byte; 0 for one that begins none. A byte below 128 is a character by itself. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}
