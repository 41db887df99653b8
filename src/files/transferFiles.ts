import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nameOf, pathIn } from '../model/containerPath.ts';
import { FilesError } from '../model/filesError.ts';
import { ArchiveFiles } from './archiveFiles.ts';
import { packFiles, sizeOfFiles } from './packFiles.ts';
import type { Located, Meter } from './located.ts';
import { type Unpacked, unpackFolder } from './unpackFolder.ts';

/**
 * Brings a file, or a folder with all below it, to a path of this machine, in place of what is there. It has its name
 * once it is whole; when anything fails, nothing stays behind.
 */
export async function download(
  { engine, containerId }: Pick<Located, 'engine' | 'containerId'>,
  path: string,
  target: string,
  meter: Meter,
  signal: AbortSignal,
): Promise<Unpacked> {
  const files = new ArchiveFiles(engine, containerId);
  const { real, stat } = await files.follow(path, signal);
  if (stat.kind !== 'file' && stat.kind !== 'directory')
    throw new FilesError('special', path, `${path} is neither a file nor a folder`);
  const isFolder = stat.kind === 'directory';
  // The dot: the names in the tar begin with it, whatever the folder is called.
  const archive = engine.readArchive(containerId, isFolder ? pathIn(real, '.') : real, signal);
  const temporary = join(dirname(target), `.quayside-${randomUUID().slice(0, 8)}.part`);
  try {
    await mkdir(temporary);
    const unpacked = await unpackFolder(temporary, meter(archive, isFolder ? undefined : stat.sizeBytes));
    await rm(target, { recursive: true, force: true });
    await rename(isFolder ? temporary : join(temporary, nameOf(real)), target);
    return unpacked;
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Puts files and folders of this machine into a folder, in place of files of the same names. */
export async function upload(
  { engine, containerId }: Pick<Located, 'engine' | 'containerId'>,
  folder: string,
  paths: readonly string[],
  meter: Meter,
  signal: AbortSignal,
): Promise<void> {
  const files = new ArchiveFiles(engine, containerId);
  const { real, stat } = await files.follow(folder, signal);
  if (stat.kind !== 'directory') throw new FilesError('notFolder', folder, `${folder} is not a folder`);
  const owner = await files.ownerOf(real, signal);
  const pieces = packFiles(paths, owner);
  await engine.writeArchive(containerId, real, meter(pieces, await sizeOfFiles(paths)), signal);
}
