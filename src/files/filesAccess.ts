import type { FileEntry } from '../model/fileEntry.ts';

/** What a listing has found so far where the engine sends more than the names, in bytes. */
export type ListingProgress = (bytes: number) => void;

export interface Listing {
  /** Folders first. */
  readonly entries: readonly FileEntry[];
  /** False where a bound was met before the end. */
  readonly isWhole: boolean;
}

/**
 * The files of one container, absolute paths with slashes, links followed where they are not what is acted on. Fails
 * with `FilesError`, or with an `EngineError` where the engine is the trouble.
 */
export interface FilesAccess {
  list(folder: string, signal: AbortSignal, onProgress?: ListingProgress): Promise<Listing>;
  /** Paths of files and links below a folder whose name has the text, in any case; at most `limit`. */
  search(folder: string, text: string, limit: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Of the path itself, with what it leads to. */
  stat(path: string, signal: AbortSignal): Promise<FileEntry>;
  /** The content of one regular file, refused above `maxBytes`. */
  read(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Makes or replaces a regular file, as a whole where that can be; one that is there keeps its mode and its owner. */
  write(path: string, content: Uint8Array, signal: AbortSignal): Promise<void>;
  makeFolder(path: string, signal: AbortSignal): Promise<void>;
  /** A folder with all that is in it. */
  remove(path: string, signal: AbortSignal): Promise<void>;
  rename(from: string, to: string, signal: AbortSignal): Promise<void>;
  copy(from: string, to: string, signal: AbortSignal): Promise<void>;
}

/** As many as Linux follows. */
export const maxLinks = 40;
