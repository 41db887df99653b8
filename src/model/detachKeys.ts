const first = '\u0010';
const second = '\u0011';

export interface DetachRead {
  /** What is to be passed on. */
  readonly passed: string;
  readonly isDetached: boolean;
}

/**
 * Looks for Ctrl+P Ctrl+Q in what is typed, as docker does: the first key is kept back until the next one tells what it
 * meant, and nothing behind both is read.
 */
export function detachReader(): (typed: string) => DetachRead {
  let isHalf = false;
  return (typed) => {
    const text = isHalf ? first + typed : typed;
    const at = text.indexOf(first + second);
    if (at >= 0) return { passed: text.slice(0, at), isDetached: true };
    isHalf = text.endsWith(first);
    return { passed: isHalf ? text.slice(0, -1) : text, isDetached: false };
  };
}
