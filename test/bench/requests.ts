import type { RecordedRequest } from '../bed/bed.ts';

/** Calls whose answer grows with the number of objects; a list narrowed to an id is the read of one object. */
export function listCalls(requests: readonly RecordedRequest[]): readonly string[] {
  return requests
    .filter(({ path }) =>
      /^(\/v[\d.]+)?\/(containers\/json|images\/json|volumes|networks|system\/df)(\?|$)/.test(path),
    )
    .filter(({ path }) => !/[?&]filters=[^&]*"(id|name)"/.test(decodeURIComponent(path)))
    .map(({ method, path }) => `${method} ${path}`);
}
