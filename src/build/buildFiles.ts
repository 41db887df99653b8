import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from '../model/build.ts';
import { fromBuildRecord, toBuildRecord } from '../model/buildRecord.ts';

/** Builds on the disk, one file each, by when they were started. */
export class BuildFiles {
  private readonly folder: string;
  private last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Newest first. What can't be read is left out. */
  async load(): Promise<readonly Build[]> {
    const names = await readdir(this.folder).catch(() => []);
    const builds = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.read(name)),
    );
    return builds.filter((build) => build !== undefined).sort((a, b) => b.startedAt - a.startedAt);
  }

  /** Whole or not at all: a window may close at any time. */
  save(build: Build): Promise<void> {
    return this.inTurn(() => this.write(build));
  }

  remove(build: Build): Promise<void> {
    return this.inTurn(() => rm(this.fileOf(build), { force: true }));
  }

  /** Settles when everything asked for so far is done. */
  async settled(): Promise<void> {
    await this.last;
  }

  /** One after the other: what is said of a build last is what stays. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async write(build: Build): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = this.fileOf(build);
    await writeFile(`${file}.new`, JSON.stringify(toBuildRecord(build)), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  private async read(name: string): Promise<Build | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(join(this.folder, name), 'utf8'));
      const build = fromBuildRecord(value);
      // Its name would be a path otherwise.
      return build !== undefined && `${build.id}.json` === name ? build : undefined;
    } catch {
      return undefined;
    }
  }

  private fileOf({ id }: Build): string {
    return join(this.folder, `${id}.json`);
  }
}
