import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { number, object, text } from '../../base/json.ts';
import type { FileKind } from '../../model/fileEntry.ts';
import { EngineError } from '../../model/engineError.ts';
import { encodeFileName } from '../../model/fileName.ts';
import { FilesError, filesProblemIn } from '../../model/filesError.ts';
import type { PathStat } from '../engine.ts';
import type { Connection } from './connection.ts';
import { StatusError, toEngineError } from './dockerErrors.ts';
import { piecesOf } from './pieces.ts';

/* Files of a container as the engine sees them from outside: the calls behind `docker cp`. */

export async function readPathStat(
  connection: Connection,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<PathStat> {
  const response = await orFileFailure(connection, id, path, signal, async () => {
    const container = connection.quick(signal).getContainer(id);
    try {
      const answer: unknown = await container.infoArchive(toQuery(path));
      return answer as IncomingMessage;
    } catch (error) {
      if (!(error instanceof StatusError) || error.status !== 500) throw error;
      // Why, it says only where an answer has a body.
      const answer: unknown = await container.getArchive(toQuery(path));
      (answer as Readable).destroy();
      throw error;
    }
  });
  response.resume();
  return pathStatFromHeader(String(response.headers['x-docker-container-path-stat'] ?? ''));
}

export async function* readContainerArchive(
  connection: Connection,
  id: string,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const stream = await orFileFailure(connection, id, path, signal, async () => {
    const answer: unknown = await connection.patient(signal).getContainer(id).getArchive(toQuery(path));
    return answer as Readable;
  });
  try {
    yield* piecesOf(stream);
  } catch (error) {
    throw toEngineError(error);
  }
}

export async function writeContainerArchive(
  connection: Connection,
  id: string,
  folder: string,
  archive: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const body = Readable.from(archive, { objectMode: false, highWaterMark: 1 });
  // A folder in the place of a file, or the other way round, is a mistake, whoever made it.
  const query = { ...toQuery(folder), noOverwriteDirNonDir: '1' };
  try {
    await orFileFailure(connection, id, folder, signal, () =>
      connection.patient(signal).getContainer(id).putArchive(body, query),
    );
  } finally {
    body.destroy();
  }
}

/** dockerode's types want a text, and hand on what they get. */
function toQuery(path: string): { path: string } {
  return { path: encodeFileName(path) as unknown as string };
}

/** Go's modes have letters of their own in their high bits. */
const goKinds: readonly (readonly [bit: number, kind: FileKind])[] = [
  [31, 'directory'],
  [27, 'link'],
  [26, 'device'],
  [25, 'pipe'],
  [24, 'socket'],
];

export function pathStatFromHeader(header: string): PathStat {
  let stat: Readonly<Record<string, unknown>>;
  try {
    stat = object(JSON.parse(Buffer.from(header, 'base64').toString('utf8')));
  } catch (error) {
    throw new EngineError('unexpected', 'the engine sent no stat', { cause: error });
  }
  const mode = number(stat['mode']);
  const has = (bit: number): boolean => Math.floor(mode / 2 ** bit) % 2 === 1;
  const special = (has(23) ? 0o4000 : 0) | (has(22) ? 0o2000 : 0) | (has(20) ? 0o1000 : 0);
  return {
    kind: goKinds.find(([bit]) => has(bit))?.[1] ?? 'file',
    sizeBytes: number(stat['size']),
    modifiedAt: Date.parse(text(stat['mtime'])) || 0,
    mode: (mode & 0o777) | special,
    linkTarget: text(stat['linkTarget']),
  };
}

/** “Not found” is said of containers and of files alike, and without words where only a head is asked for. */
async function orFileFailure<T>(
  connection: Connection,
  id: string,
  path: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StatusError)) throw toEngineError(error);
    if (error.status === 404) {
      await connection
        .quick(signal)
        .getContainer(id)
        .inspect()
        .catch((gone: unknown) => {
          throw toEngineError(gone);
        });
      throw new FilesError('missing', path, error.message, error);
    }
    const problem = filesProblemIn(error.message);
    if (problem === 'other') throw toEngineError(error);
    throw new FilesError(problem, path, error.message, error);
  }
}
