import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { randomBytes } from 'node:crypto';
import { ContextError } from './contextError.ts';
import { type ContextOptions } from './contextArchive.ts';
import { BadPatternError, IgnoreRules } from './ignoreRules.ts';

export interface PreparedContext extends Omit<ContextOptions, 'onProgress'> {
  /** Where the engine finds the Dockerfile in the archive. */
  readonly dockerfile: string;
}

/**
 * What goes into the archive of a build, and what is left out. A `<name>.dockerignore` beside the Dockerfile takes the
 * place of the context's own, as BuildKit has it. A Dockerfile outside the context goes along under a name of its
 * own, which the engine is told to leave out of the context again, as Docker's client does it.
 */
export async function prepareContext(
  folder: string,
  dockerfile: string,
  content: string,
): Promise<PreparedContext> {
  const specific = await readIfThere(`${dockerfile}.dockerignore`);
  const ignore = specific ?? (await readIfThere(join(folder, '.dockerignore')));
  const rules = parseRules(ignore ?? '');
  const below = relative(folder, dockerfile);
  const isInside = below !== '' && !isAbsolute(below) && below.split(sep)[0] !== '..';
  if (isInside) {
    const path = below.split(sep).join('/');
    return {
      folder,
      rules,
      dockerfile: path,
      kept: new Set([path, '.dockerignore']),
      extra: new Map(specific === undefined ? [] : [['.dockerignore', Buffer.from(specific)]]),
    };
  }
  const name = `.dockerfile.${randomBytes(10).toString('hex')}`;
  return {
    folder,
    rules,
    dockerfile: name,
    kept: new Set(),
    extra: new Map([
      [name, Buffer.from(content)],
      [
        '.dockerignore',
        Buffer.from([...(ignore === undefined ? ['.dockerignore'] : [ignore]), name, ''].join('\n')),
      ],
    ]),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw new ContextError('unreadable', path, error);
  }
}

function parseRules(content: string): IgnoreRules {
  try {
    return IgnoreRules.parse(content);
  } catch (error) {
    if (error instanceof BadPatternError) throw new ContextError('pattern', error.pattern, error);
    throw error;
  }
}
