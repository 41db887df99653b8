import { fill } from '../../base/fill.ts';
import { type StatsPageState, type StatsStrings, windowMinutes } from '../../protocol/stats.ts';
import { button, element, rename, setPressed } from '../dom.ts';
import { icon } from '../icons.ts';

export interface ToolbarActions {
  filter(text: string): void;
  window(minutes: number): void;
  pause(isPaused: boolean): void;
  save(): void;
}

/** Above the table: filter, the time that the charts show, pause, save. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly status = element('span', { class: 'status', role: 'status' });
  private isPaused = false;

  constructor(
    strings: StatsStrings,
    { filter, minutes }: Pick<StatsPageState, 'filter' | 'minutes'>,
    actions: ToolbarActions,
  ) {
    const input = element('input', {
      type: 'text',
      role: 'searchbox',
      class: 'find',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-label': strings.filter,
      placeholder: strings.filter,
    });
    input.value = filter;
    input.addEventListener('input', () => {
      actions.filter(input.value);
    });
    const select = element('select', {
      class: 'select',
      'aria-label': strings.window,
      title: strings.window,
    });
    for (const each of windowMinutes) {
      const option = element('option', { value: String(each) }, minutesText(each, strings));
      option.selected = each === minutes;
      select.append(option);
    }
    select.addEventListener('change', () => {
      actions.window(Number(select.value));
    });
    const pause = button(strings.pause, icon('pause'), () => {
      this.isPaused = !this.isPaused;
      setPressed(pause, this.isPaused);
      rename(pause, this.isPaused ? strings.resume : strings.pause);
      this.say(this.isPaused ? strings.paused : '');
      actions.pause(this.isPaused);
    });
    setPressed(pause, false);
    const save = button(strings.save, icon('save'), () => {
      actions.save();
    });
    const frame = element('div', { class: 'findFrame' }, input);
    this.element = element(
      'div',
      { class: 'toolbar', role: 'toolbar' },
      frame,
      this.status,
      select,
      pause,
      save,
    );
  }

  say(text: string): void {
    this.status.textContent = text;
  }
}

function minutesText(minutes: number, strings: StatsStrings): string {
  if (minutes === 1) return strings.oneMinute;
  if (minutes === 60) return strings.oneHour;
  return fill(strings.minutes, { count: String(minutes) });
}
