import type { RecordedRequest } from '../bed/bed.ts';

/** Calls whose answer grows with the number of objects. */
export function listCalls(requests: readonly RecordedRequest[]): readonly string[] {
  return requests
    .filter(({ path }) =>
      /^(\/v[\d.]+)?\/(containers\/json|images\/json|volumes|networks|system\/df)(\?|$)/.test(path),
    )
    .map(({ method, path }) => `${method} ${path}`);
}
