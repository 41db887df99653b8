import type { LogsStrings, TimestampMode } from '../../protocol/logs.ts';
import { timestampModes } from '../../protocol/logs.ts';
import { button, element, rename, setPressed } from '../dom.ts';
import { icon } from '../icons.ts';

/** What the toolbar's switches stand on. */
export interface Look {
  readonly wrap: boolean;
  readonly timestamps: TimestampMode;
}

/** Find on the left, the look of the lines on the right. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly wrapButton: HTMLButtonElement;
  private readonly timeButton: HTMLButtonElement;
  private readonly timeZone = element('span', { class: 'zone', 'aria-hidden': 'true' });

  constructor(options: {
    readonly strings: LogsStrings;
    readonly find: HTMLElement;
    readonly onWrap: () => void;
    readonly onTimestamps: () => void;
    readonly onKeys: () => void;
  }) {
    const { strings } = options;
    this.strings = strings;
    this.wrapButton = button(strings.wrapLines, icon('wrap'), options.onWrap);
    this.timeButton = button(strings.timestampsOff, icon('clock'), options.onTimestamps);
    this.timeButton.append(this.timeZone);
    const keys = button(strings.showKeys, icon('keys'), options.onKeys);
    const look = element('div', { class: 'look' }, this.timeButton, this.wrapButton, keys);
    const roles = { class: 'toolbar', role: 'toolbar', 'aria-label': strings.toolbarName };
    this.element = element('div', roles, options.find, look);
  }

  show({ wrap, timestamps }: Look): void {
    const { strings } = this;
    setPressed(this.wrapButton, wrap);
    setPressed(this.timeButton, timestamps !== 'off');
    const names = { off: strings.timestampsOff, local: strings.timestampsLocal, utc: strings.timestampsUtc };
    rename(this.timeButton, names[timestamps]);
    this.timeZone.textContent = timestamps === 'utc' ? 'UTC' : '';
  }
}

export function nextTimestampMode(mode: TimestampMode): TimestampMode {
  return timestampModes[(timestampModes.indexOf(mode) + 1) % timestampModes.length] ?? 'off';
}
