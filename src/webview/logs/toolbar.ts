import { type TimestampMode, timestampModes } from '../../model/logTime.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { button, element, rename, setPressed } from '../dom.ts';
import { icon } from '../icons.ts';

/** What the toolbar's switches stand on. */
export interface Look {
  readonly wrap: boolean;
  readonly timestamps: TimestampMode;
  readonly histogram: boolean;
}

export interface ToolbarState extends Look {
  readonly isFolding: boolean;
  readonly isFilterOpen: boolean;
  readonly isFiltered: boolean;
  readonly isRaw: boolean;
  readonly columns: readonly string[];
  readonly isPickingColumns: boolean;
}

/** Find on the left, filter and the look of the lines on the right. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly filterButton: HTMLButtonElement;
  private readonly foldButton: HTMLButtonElement;
  private readonly fieldsButton: HTMLButtonElement;
  private readonly columnsButton: HTMLButtonElement;
  private readonly histogramButton: HTMLButtonElement;
  private readonly wrapButton: HTMLButtonElement;
  private readonly timeButton: HTMLButtonElement;
  private readonly timeZone = element('span', { class: 'zone', 'aria-hidden': 'true' });

  constructor(options: {
    readonly strings: LogsStrings;
    readonly find: HTMLElement;
    readonly filterBarId: string;
    readonly columnPickerId: string;
    readonly onFilter: () => void;
    readonly onFold: () => void;
    readonly onFields: () => void;
    readonly onColumns: () => void;
    readonly onHistogram: () => void;
    readonly onWrap: () => void;
    readonly onTimestamps: () => void;
    readonly onClear: () => void;
    readonly onSave: () => void;
    readonly onDocument: () => void;
    readonly onKeys: () => void;
  }) {
    const { strings } = options;
    this.strings = strings;
    this.filterButton = button(strings.showFilter, icon('filter'), options.onFilter);
    this.filterButton.setAttribute('aria-controls', options.filterBarId);
    this.foldButton = button(strings.foldTraces, icon('fold'), options.onFold);
    this.fieldsButton = button(strings.showFields, icon('fields'), options.onFields);
    this.columnsButton = button(strings.showColumns, icon('columns'), options.onColumns);
    this.columnsButton.setAttribute('aria-controls', options.columnPickerId);
    this.histogramButton = button(strings.showHistogram, icon('histogram'), options.onHistogram);
    this.histogramButton.classList.add('forHistogram');
    this.wrapButton = button(strings.wrapLines, icon('wrap'), options.onWrap);
    this.timeButton = button(strings.timestampsOff, icon('clock'), options.onTimestamps);
    this.timeButton.append(this.timeZone);
    const clear = button(strings.clearView, icon('clear'), options.onClear);
    const save = button(strings.saveLog, icon('save'), options.onSave);
    const document = button(strings.openDocument, icon('document'), options.onDocument);
    const keys = button(strings.showKeys, icon('keys'), options.onKeys);
    const look = element(
      'div',
      { class: 'look' },
      this.filterButton,
      this.foldButton,
      this.fieldsButton,
      this.columnsButton,
      this.histogramButton,
      this.timeButton,
      this.wrapButton,
      clear,
      save,
      document,
      keys,
    );
    const roles = { class: 'toolbar', role: 'toolbar', 'aria-label': strings.toolbarName };
    this.element = element('div', roles, options.find, look);
  }

  show(state: ToolbarState): void {
    const { strings } = this;
    const { wrap, timestamps, histogram, isFolding, isFilterOpen, isFiltered } = state;
    this.filterButton.setAttribute('aria-expanded', String(isFilterOpen));
    this.filterButton.classList.toggle('on', isFiltered);
    rename(this.filterButton, isFiltered ? strings.showFilterOn : strings.showFilter);
    setPressed(this.foldButton, isFolding);
    setPressed(this.fieldsButton, !state.isRaw);
    this.columnsButton.setAttribute('aria-expanded', String(state.isPickingColumns));
    this.columnsButton.classList.toggle('on', !state.isRaw && state.columns.length > 0);
    setPressed(this.histogramButton, histogram);
    setPressed(this.wrapButton, wrap);
    setPressed(this.timeButton, timestamps !== 'off');
    const names = {
      off: strings.timestampsOff,
      local: strings.timestampsLocal,
      utc: strings.timestampsUtc,
      relative: strings.timestampsRelative,
    };
    rename(this.timeButton, names[timestamps]);
    const faces = { off: '', local: '', utc: 'UTC', relative: '±' };
    this.timeZone.textContent = faces[timestamps];
  }
}

export function nextTimestampMode(mode: TimestampMode): TimestampMode {
  return timestampModes[(timestampModes.indexOf(mode) + 1) % timestampModes.length] ?? 'off';
}
