import { ArchiveError } from '../archive/archiveError.ts';
import { NumberColumn } from './numberColumn.ts';

/** More than any name of a clean path has: none goes on in the next page. */
const pageBytes = 1 << 16;

/** For some million files. */
const maxPages = 1 << 12;

/** Names by number, as bytes: a text takes more for itself than most names are long. */
export class NameTable {
  private readonly pages: Buffer[] = [];
  private readonly starts = new NumberColumn(Int32Array);
  private readonly lengths = new NumberColumn(Int32Array);
  private count = 0;
  private end = 0;

  /**
   * Writes the name behind the others, with the number that is next: so it can be looked at beside those that are there,
   * and is one of them once it is kept.
   */
  draft(name: string): number {
    const length = Buffer.byteLength(name);
    const isRoom = (this.end % pageBytes) + length <= pageBytes;
    const start = isRoom ? this.end : Math.ceil(this.end / pageBytes) * pageBytes;
    this.pageFor(start).write(name, start % pageBytes);
    this.starts.set(this.count, start);
    this.lengths.set(this.count, length);
    return this.count;
  }

  keep(): void {
    this.end = this.starts.at(this.count) + this.lengths.at(this.count);
    this.count++;
  }

  text(id: number): string {
    const { page, start, end } = this.place(id);
    return page.toString('utf8', start, end);
  }

  areEqual(one: number, other: number): boolean {
    if (this.lengths.at(one) !== this.lengths.at(other)) return false;
    const [a, b] = [this.place(one), this.place(other)];
    return a.page.compare(b.page, b.start, b.end, a.start, a.end) === 0;
  }

  /** 32 bits of the name and of a number (FNV-1a). */
  hash(id: number, seed: number): number {
    const { page, start, end } = this.place(id);
    let hash = Math.imul(seed ^ 0x811c9dc5, 0x01000193);
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (page[at] ?? 0), 0x01000193);
    // Whoever takes the lowest bits only should have something of the highest.
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  private place(id: number): { readonly page: Buffer; readonly start: number; readonly end: number } {
    const start = this.starts.at(id) % pageBytes;
    return { page: this.pageFor(this.starts.at(id)), start, end: start + this.lengths.at(id) };
  }

  private pageFor(start: number): Buffer {
    const index = Math.floor(start / pageBytes);
    const known = this.pages[index];
    if (known !== undefined) return known;
    if (index === maxPages)
      throw new ArchiveError('tooBig', 'the names of the image’s files take more room than they get');
    const page = Buffer.alloc(pageBytes);
    this.pages.push(page);
    return page;
  }
}
