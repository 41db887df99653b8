import type { Engine } from '../engine/engine.ts';
import type { Container } from '../model/container.ts';
import { hasReason } from '../model/engineError.ts';
import type { FileEntry } from '../model/fileEntry.ts';
import { filesProblemOf } from '../model/filesError.ts';
import { ArchiveFiles } from './archiveFiles.ts';
import type { FilesAccess } from './filesAccess.ts';
import { NoShellError } from './noShellError.ts';
import { ShellFiles } from './shellFiles.ts';
import { download, upload } from './transferFiles.ts';
import { isBelowAny, mountsInMemory } from './mountsInMemory.ts';

const maxMountsBytes = 1 << 20;

/**
 * A bundle of its own, loaded when somebody looks at files; who calls it makes its errors the classes of their own.
 * Chooses by itself how to get at a container's files: by a shell in it where there is one, else from outside.
 */
export class OpenFiles {
  /** Of those that have no shell. Ids are never used again. */
  private readonly shellless = new Set<string>();
  /** By container and start, where the engine does not see what a shell sees. */
  private readonly unseen = new Map<string, Promise<readonly string[]>>();

  /** Reads how the container is now: it may have been stopped, paused or removed a moment ago. */
  async use<T>(
    engine: Engine,
    containerId: string,
    work: (files: FilesAccess) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const container = await engine.read('container', containerId, signal);
    if (this.mayHaveShell(container))
      try {
        return await work(new ShellFiles(engine, container.id));
      } catch (error) {
        if (error instanceof NoShellError) this.shellless.add(container.id);
        // It was stopped or paused in the meantime; engines call that a conflict.
        else if (!hasReason(error, 'conflict') || filesProblemOf(error) !== undefined) throw error;
      }
    return work(new ArchiveFiles(engine, container.id));
  }

  /**
   * Of a path itself: the editor asks again and again, and from outside it takes a hundredth of the time. But what is in
   * memory only, or comes from the kernel, the engine does not see.
   */
  async stat(engine: Engine, containerId: string, path: string, signal: AbortSignal): Promise<FileEntry> {
    const container = await engine.read('container', containerId, signal);
    if (this.mayHaveShell(container) && isBelowAny(path, await this.unseenBy(engine, container, signal)))
      return new ShellFiles(engine, container.id).stat(path, signal);
    return new ArchiveFiles(engine, container.id).stat(path, signal);
  }

  readonly download = download;
  readonly upload = upload;

  private mayHaveShell({ id, state }: Container): boolean {
    return state === 'running' && !this.shellless.has(id);
  }

  private async unseenBy(
    engine: Engine,
    { id, stateSince }: Container,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const key = `${id}/${String(stateSince)}`;
    const known = this.unseen.get(key);
    if (known !== undefined) return known;
    const reading = new ShellFiles(engine, id)
      .read('/proc/mounts', maxMountsBytes, signal)
      .then((content) => mountsInMemory(new TextDecoder().decode(content)));
    this.unseen.set(key, reading);
    try {
      return await reading;
    } catch (error) {
      this.unseen.delete(key);
      if (error instanceof NoShellError) this.shellless.add(id);
      // The engine's view is as good as any then.
      return [];
    }
  }
}
