import { type LogFieldSample, noFields } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import type { FieldsLook } from './arrangement.ts';
import { columnsOf } from './columns.ts';
import { type ColumnChoice, ColumnPicker } from './columnPicker.ts';

/** What a page keeps of it. */
export interface KeptFields extends ColumnChoice {
  readonly isRaw: boolean;
}

/** Whether structured lines show their fields, and which of them have columns. */
export class FieldsView {
  readonly picker: ColumnPicker;
  private readonly ask: () => Promise<LogFieldSample>;
  private readonly onChange: (kept: KeptFields) => void;
  private kept: KeptFields;
  private sample: LogFieldSample | undefined;

  constructor(options: {
    readonly pickerId: string;
    readonly strings: LogsStrings;
    readonly kept: KeptFields;
    readonly ask: () => Promise<LogFieldSample>;
    readonly onChange: (kept: KeptFields) => void;
    readonly onToggle: () => void;
    readonly onLeave: () => void;
  }) {
    const { strings, kept } = options;
    this.ask = options.ask;
    this.onChange = options.onChange;
    this.kept = kept;
    this.picker = new ColumnPicker({
      id: options.pickerId,
      strings,
      choice: kept,
      onChange: (choice) => {
        // Who chooses columns wants to see them.
        this.change({ ...choice, isRaw: false });
      },
      onToggle: options.onToggle,
      onLeave: options.onLeave,
    });
  }

  /** Undefined: lines are shown as they were written. */
  get look(): FieldsLook | undefined {
    const { isRaw, columns, onlyColumns } = this.kept;
    return isRaw ? undefined : { columns: columnsOf(columns, this.sample), onlyColumns };
  }

  toggleRaw(): void {
    this.change({ ...this.kept, isRaw: !this.kept.isRaw });
  }

  toggleColumn(name: string): void {
    this.picker.toggle(name);
  }

  togglePicker(): void {
    if (this.picker.isOpen) this.picker.close();
    else {
      this.picker.open();
      void this.learn();
    }
  }

  /** There may be other lines than before: columns get the width of their values. */
  refresh(): void {
    if (this.kept.columns.length > 0) void this.learn();
  }

  private async learn(): Promise<void> {
    this.sample = await this.ask().catch(() => this.sample ?? noFields);
    this.picker.update(this.sample);
    if (this.kept.columns.length > 0) this.onChange(this.kept);
  }

  private change(kept: KeptFields): void {
    this.kept = kept;
    this.onChange(kept);
  }
}
