import type { Engine } from '../engine/engine.ts';
import type { Container } from '../model/container.ts';
import { hasReason } from '../model/engineError.ts';
import { FilesError } from '../model/filesError.ts';
import { ArchiveFiles } from './archiveFiles.ts';
import type { FilesAccess } from './filesAccess.ts';
import { NoShellError } from './noShellError.ts';
import { ShellFiles } from './shellFiles.ts';

/** Chooses by itself how to get at a container's files: by a shell in it where there is one, else from outside. */
export class OpenFiles {
  /** Of those that have no shell. Ids are never used again. */
  private readonly shellless = new Set<string>();

  /** Reads how the container is now: it may have been stopped, paused or removed a moment ago. */
  async use<T>(
    engine: Engine,
    containerId: string,
    work: (files: FilesAccess) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { state, id } = await engine.read('container', containerId, signal);
    if (state === 'running' && !this.shellless.has(id))
      try {
        return await work(new ShellFiles(engine, id));
      } catch (error) {
        if (error instanceof NoShellError) this.shellless.add(id);
        // It was stopped or paused in the meantime; engines call that a conflict.
        else if (!hasReason(error, 'conflict') || error instanceof FilesError) throw error;
      }
    return work(new ArchiveFiles(engine, id));
  }

  /** Whether files can be removed and renamed, as far as is known. */
  mayHaveShell({ id, state }: Pick<Container, 'id' | 'state'>): boolean {
    return state === 'running' && !this.shellless.has(id);
  }

  /**
   * Of a path itself. From outside it takes a hundredth of the time; but what lies in memory only, or comes from the
   * kernel, the engine does not see.
   */
  async stat(engine: Engine, containerId: string, path: string, signal: AbortSignal) {
    const { state, id } = await engine.read('container', containerId, signal);
    try {
      return await new ArchiveFiles(engine, id).stat(path, signal);
    } catch (error) {
      const isUnseen = error instanceof FilesError && error.problem === 'missing';
      if (!isUnseen || state !== 'running' || this.shellless.has(id)) throw error;
      try {
        return await new ShellFiles(engine, id).stat(path, signal);
      } catch (other) {
        throw other instanceof NoShellError ? error : other;
      }
    }
  }
}
