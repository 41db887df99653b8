import { createHash } from 'node:crypto';

const algorithms: readonly string[] = ['sha256', 'sha512', 'sha384'];

/** Whether content is what its digest says; undefined for a digest that can't be checked. */
export function hasDigest(content: Buffer, digest: string): boolean | undefined {
  const [algorithm = '', hex = ''] = digest.split(':');
  if (!algorithms.includes(algorithm)) return undefined;
  return createHash(algorithm).update(content).digest('hex') === hex.toLowerCase();
}

export function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
