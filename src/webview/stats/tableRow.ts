import type { StatsRow, StatsStrings } from '../../protocol/stats.ts';
import { button, element } from '../dom.ts';
import { icon } from '../icons.ts';
import { Sparkline } from './sparkline.ts';
import { blockText, cpuText, memoryPercentText, memoryText, netText, pidsText } from './values.ts';

/** The curve of a container that does next to nothing stays flat. */
const flatPercent = 5;

/** One container: its cells are made once and change their text. */
export class TableRow {
  readonly element: HTMLElement;
  private readonly strings: StatsStrings;
  private readonly name = element('span', { class: 'rowName' });
  private readonly note = element('span', { class: 'rowNote' });
  private readonly cpuCurve = new Sparkline();
  private readonly memoryCurve = new Sparkline();
  private readonly mark = element('span', { class: 'mark', 'aria-hidden': 'true' });
  private readonly cells: readonly {
    readonly element: HTMLElement;
    readonly text: (row: StatsRow) => string;
  }[];

  constructor(key: string, strings: StatsStrings, onOpenLogs: () => void) {
    this.strings = strings;
    const open = button(strings.openLogs, icon('document'), onOpenLogs);
    open.tabIndex = -1;
    const number = (text: (row: StatsRow) => string, className = ''): (typeof this.cells)[number] => ({
      element: element('span', { class: `number ${className}`, role: 'gridcell' }),
      text,
    });
    const cpu = number(cpuText);
    const memory = number(memoryText);
    this.cells = [
      cpu,
      memory,
      number(memoryPercentText, 'share'),
      number(netText, 'wide'),
      number(blockText, 'wide'),
      number(pidsText, 'wide'),
    ];
    const [, , ...others] = this.cells.map((cell) => cell.element);
    this.element = element(
      'div',
      { class: 'row', role: 'row', tabindex: '-1' },
      element('span', { class: 'nameCell', role: 'rowheader' }, this.mark, this.name, this.note, open),
      curveCell(this.cpuCurve),
      cpu.element,
      curveCell(this.memoryCurve),
      memory.element,
      ...others,
    );
    this.element.dataset['key'] = key;
  }

  set(row: StatsRow): void {
    const { name, state, isOffline, engineName } = row;
    const word = isOffline ? this.strings.unreachable : state === 'running' ? '' : this.strings.states[state];
    setText(this.name, name);
    this.name.title = name;
    setText(this.note, [word, engineName].filter((part) => part !== '').join(' · '));
    this.element.classList.toggle('quiet', !row.isLive);
    for (const cell of this.cells) setText(cell.element, cell.text(row));
  }

  setCurves(cpu: readonly (number | null)[], memory: readonly (number | null)[]): void {
    this.cpuCurve.draw(cpu, flatPercent);
    this.memoryCurve.draw(memory, 1);
  }

  /** The colour of its curve in the charts; undefined when it is not in them. */
  setCharted(color: string | undefined): void {
    this.element.setAttribute('aria-selected', String(color !== undefined));
    this.mark.style.backgroundColor = color ?? '';
  }
}

function curveCell(curve: Sparkline): HTMLElement {
  return element('span', { class: 'curve', role: 'none' }, curve.element);
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
