import type { LogSourceInfo } from '../../model/log.ts';
import type { LogsPageTarget, LogsStrings } from '../../protocol/logs.ts';
import type { FieldsLook } from './arrangement.ts';
import type { KeptState } from './kept.ts';
import type { RowLook } from './rowElement.ts';

/** How rows look: by what the reader chose, by whose lines they are, and by whether a filter has left some out. */
export class RowLooks {
  private readonly strings: LogsStrings;
  private readonly target: LogsPageTarget;
  private readonly formatCount: (count: number) => string;
  private readonly kept: KeptState;
  private readonly fields: () => FieldsLook | undefined;
  private sources: readonly LogSourceInfo[] = [];
  private isFiltered: boolean;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly target: LogsPageTarget;
    readonly formatCount: (count: number) => string;
    readonly kept: KeptState;
    readonly fields: () => FieldsLook | undefined;
    readonly isFiltered: boolean;
  }) {
    this.strings = options.strings;
    this.target = options.target;
    this.formatCount = options.formatCount;
    this.kept = options.kept;
    this.fields = options.fields;
    this.isFiltered = options.isFiltered;
  }

  get now(): RowLook {
    const { strings, target, sources, formatCount, isFiltered } = this;
    const { timestamps } = this.kept.now;
    const fields = this.fields();
    return { timestamps, strings, containerName: target.name, sources, formatCount, isFiltered, fields };
  }

  /** Whether rows look different from now on. Containers only ever join. */
  setSources(sources: readonly LogSourceInfo[]): boolean {
    const isOther = sources.length !== this.sources.length;
    this.sources = sources;
    return isOther;
  }

  /** As above. */
  setFiltered(isFiltered: boolean): boolean {
    const isOther = isFiltered !== this.isFiltered;
    this.isFiltered = isFiltered;
    return isOther;
  }
}
