import type { LogCondition } from '../../model/log.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LogsContract, LogsStrings } from '../../protocol/logs.ts';
import { ColumnHeader } from './columnHeader.ts';
import { FieldsView } from './fieldsView.ts';
import { FieldValues } from './fieldValues.ts';
import type { KeptState } from './kept.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';
import type { RowLooks } from './rowLooks.ts';

/** What is only there for lines that have fields: their columns with a header, and what can be done with a value. */
export class StructuredLines {
  readonly header: ColumnHeader;
  readonly values: FieldValues;
  private readonly view: FieldsView;

  constructor(options: {
    readonly view: FieldsView;
    readonly strings: LogsStrings;
    readonly list: LogList;
    readonly looks: RowLooks;
    readonly pointed: Pointed;
    readonly onFilter: (condition: LogCondition) => void;
  }) {
    const { view, strings, list, looks, pointed } = options;
    this.view = view;
    this.header = new ColumnHeader({ name: strings.columns, list: list.element });
    this.values = new FieldValues({
      strings,
      list,
      pointed,
      look: () => looks.now,
      onFilter: options.onFilter,
      onColumn: (name) => {
        view.toggleColumn(name);
      },
    });
    this.showHeader();
  }

  /** Other columns than before, or none. */
  showHeader(): void {
    this.header.show(this.view.look?.columns ?? []);
  }
}

/** Whether fields show, and which have columns, as it is kept. */
export function createFieldsView(options: {
  readonly pickerId: string;
  readonly strings: LogsStrings;
  readonly channel: PageChannel<LogsContract>;
  readonly kept: KeptState;
  readonly onChange: () => void;
  readonly onToggle: () => void;
  readonly onLeave: () => void;
}): FieldsView {
  const { pickerId, strings, channel, kept, onChange, onToggle, onLeave } = options;
  const { isRaw, columns, onlyColumns } = kept.now;
  return new FieldsView({
    pickerId,
    strings,
    kept: { isRaw, columns, onlyColumns },
    ask: () => channel.ask('fields', undefined),
    onChange: (fields) => {
      kept.keep(fields);
      onChange();
    },
    onToggle,
    onLeave,
  });
}
