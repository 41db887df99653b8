import type { ListedName, Page, TagDetails } from '../model/registry.ts';

/** One registry, as one person or as nobody. Everything rejects with `RegistryError`, or `CancelledError`. */
export interface RegistryClient {
  /** Settles when it is a registry that knows who asks. */
  ping(signal: AbortSignal): Promise<void>;
  /** `scope`: the namespace, where repositories are listed by one. `cursor`: the page before this one named it. */
  repositories(scope: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<string>>;
  tags(repository: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<ListedName>>;
  /** What a tag names now. */
  digest(repository: string, tag: string, signal: AbortSignal): Promise<string>;
  details(repository: string, tag: string, signal: AbortSignal): Promise<TagDetails>;
  /** Takes a manifest away, and every tag that names it. */
  deleteManifest(repository: string, digest: string, signal: AbortSignal): Promise<void>;
}
