import type { FoundAuth, RegistryAuth } from './registryAuth.ts';
import { RegistryError } from './registryError.ts';
import { TransferError } from './transferError.ts';

export type Tried<T> = { readonly result: T } | { readonly refusal: TransferError | RegistryError };

/**
 * Does something with each login that is known for a registry until one is not refused; as nobody where there is none.
 * Rejects with any failure that is no refusal.
 */
export async function tryKnownLogins<T>(
  found: AsyncIterable<FoundAuth> | Iterable<FoundAuth>,
  attempt: (auth: RegistryAuth | undefined) => Promise<T>,
  onRefused: (refused: FoundAuth) => Promise<void> = () => Promise.resolve(),
): Promise<Tried<T>> {
  let refused: Tried<T> | undefined;
  for await (const each of found) {
    const tried = await unlessRefused(() => attempt(each.auth));
    if ('result' in tried) return tried;
    refused = tried;
    await onRefused(each);
  }
  return refused ?? unlessRefused(() => attempt(undefined));
}

async function unlessRefused<T>(attempt: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { result: await attempt() };
  } catch (error) {
    if (isRefusal(error)) return { refusal: error };
    throw error;
  }
}

/** Whether another login may change the answer. */
export function isRefusal(error: unknown): error is TransferError | RegistryError {
  return (error instanceof TransferError || error instanceof RegistryError) && error.problem === 'denied';
}
