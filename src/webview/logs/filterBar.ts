import {
  type FindProblem,
  isFiltering,
  type LineFilter,
  type LogCondition,
  type LogFilter,
  logLevels,
  noFilter,
} from '../../model/log.ts';
import type { LogsStrings, SavedFilter } from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { conditionChip } from './conditionChip.ts';
import { FilterInput } from './filterInput.ts';
import { SavedFiltersMenu } from './savedFiltersMenu.ts';

/** Typing is over for this long before the log is looked through. */
const typingPauseMs = 80;

/** The row in which one says what to show. What is being typed counts already. */
export class FilterBar {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly onChange: (filter: LogFilter) => void;
  private readonly onToggle: () => void;
  private readonly onLeave: () => void;
  private readonly level: HTMLSelectElement;
  private readonly stream: HTMLSelectElement;
  private readonly chips = element('div', { class: 'chips', role: 'list' });
  private readonly input: FilterInput;
  private readonly problem = element('span', { class: 'count problem', role: 'status' });
  private readonly clear: HTMLButtonElement;
  private readonly saved: SavedFiltersMenu;
  private filter: LogFilter;
  private pause: number | undefined;

  constructor(options: {
    readonly id: string;
    readonly strings: LogsStrings;
    readonly filter: LogFilter;
    readonly onChange: (filter: LogFilter) => void;
    /** It was shown or hidden. */
    readonly onToggle: () => void;
    readonly onLeave: () => void;
    readonly onSave: (filter: SavedFilter) => void;
    readonly onDelete: (name: string) => void;
  }) {
    const { strings, filter } = options;
    this.strings = strings;
    this.filter = filter;
    this.onChange = options.onChange;
    this.onToggle = options.onToggle;
    this.onLeave = options.onLeave;
    const change = (): void => {
      this.change();
    };
    const levels = ['debug', 'info', 'warn', 'error'] as const;
    this.level = select(
      strings.filterLevel,
      [
        ['0', strings.levelAll],
        ...levels.map((level) => [String(logLevels.indexOf(level)), `≥ ${level}`] as const),
      ],
      change,
    );
    this.stream = select(
      strings.filterStream,
      [
        ['both', strings.streamBoth],
        ['stdout', 'stdout'],
        ['stderr', 'stderr'],
      ],
      change,
    );
    this.input = new FilterInput({
      strings,
      onChange: () => {
        clearTimeout(this.pause);
        this.pause = setTimeout(change, typingPauseMs);
      },
      onAdd: () => {
        this.add();
      },
      onBack: () => {
        this.edit(this.filter.conditions.length - 1);
      },
      onSaved: () => {
        this.saved.open();
      },
      onLeave: () => {
        this.leave();
      },
    });
    this.saved = new SavedFiltersMenu({
      strings,
      current: () => this.asked,
      onChoose: (chosen) => {
        this.set(chosen);
      },
      onSave: options.onSave,
      onDelete: options.onDelete,
    });
    this.clear = element('button', { type: 'button', class: 'link' }, strings.clearAll);
    this.clear.addEventListener('click', () => {
      this.set(noFilter);
    });
    this.element = element(
      'div',
      { class: 'filterBar', id: options.id, role: 'group', 'aria-label': strings.filterName },
      this.saved.element,
      this.level,
      this.stream,
      this.chips,
      this.input.element,
      this.problem,
      this.clear,
    );
    this.level.value = String(filter.minLevel);
    this.stream.value = filter.stream;
    this.element.hidden = !isFiltering({ ...filter, hiddenSources: [] });
    this.draw();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Containers whose lines are not to show. */
  hide(hiddenSources: readonly number[]): void {
    this.filter = { ...this.filter, hiddenSources };
    this.change();
  }

  /** Adds a condition, unless it is there. */
  include(condition: LogCondition): void {
    const { conditions } = this.filter;
    const has = conditions.some((each) => JSON.stringify(each) === JSON.stringify(condition));
    if (!has) this.filter = { ...this.filter, conditions: [...conditions, condition] };
    this.setOpen(true);
    this.draw();
    this.change();
  }

  open(): void {
    this.setOpen(true);
    this.input.focus();
  }

  close(): void {
    this.setOpen(false);
    this.onLeave();
  }

  /** What the reader of the log says to the filter. */
  update(problem: FindProblem | undefined): void {
    const own = this.input.problem;
    const isInvalid = own !== undefined || problem?.kind === 'invalid';
    this.input.showProblem(isInvalid);
    const tooSlow = problem?.kind === 'tooSlow' ? this.strings.filterTooSlow : '';
    const text = isInvalid ? this.strings.invalidExpression : tooSlow;
    if (this.problem.textContent !== text) this.problem.textContent = text;
    this.problem.title = own ?? (problem?.kind === 'invalid' ? problem.message : text);
  }

  /** The filter is off for a while, but not forgotten. */
  setOff(isOff: boolean): void {
    this.element.classList.toggle('off', isOff);
  }

  setSaved(saved: readonly SavedFilter[]): void {
    this.saved.update(saved);
  }

  private setOpen(isOpen: boolean): void {
    if (isOpen === this.isOpen) return;
    this.element.hidden = !isOpen;
    this.onToggle();
  }

  private add(): void {
    const { condition } = this.input;
    if (condition === undefined || this.input.problem !== undefined) return;
    this.filter = { ...this.filter, conditions: [...this.filter.conditions, condition] };
    this.input.condition = undefined;
    this.draw();
    this.change();
  }

  private edit(at: number): void {
    const condition = this.filter.conditions[at];
    if (condition === undefined) return;
    const typed = this.input.problem === undefined ? this.input.condition : undefined;
    const conditions = this.filter.conditions.flatMap((each, index) => {
      if (index !== at) return [each];
      return typed === undefined ? [] : [typed];
    });
    this.filter = { ...this.filter, conditions };
    this.input.condition = condition;
    this.draw();
    this.input.focus();
    this.change();
  }

  private remove(at: number): void {
    this.filter = { ...this.filter, conditions: this.filter.conditions.filter((_, index) => index !== at) };
    this.draw();
    this.input.focus();
    this.change();
  }

  private set({ minLevel, stream, conditions }: LineFilter): void {
    this.filter = { ...this.filter, conditions };
    this.input.condition = undefined;
    this.level.value = String(minLevel);
    this.stream.value = stream;
    this.draw();
    this.input.focus();
    this.change();
  }

  /** Forgets what was being typed; with nothing else in it the bar is of no use. */
  private leave(): void {
    this.input.condition = undefined;
    this.change();
    if (!isFiltering(this.filter)) this.setOpen(false);
    this.onLeave();
  }

  /** With what is being typed. */
  private get asked(): LineFilter {
    const { condition, problem } = this.input;
    const isTyped = condition !== undefined && problem === undefined;
    const conditions: readonly LogCondition[] = isTyped
      ? [...this.filter.conditions, condition]
      : this.filter.conditions;
    const { minLevel, stream } = this.filter;
    return { minLevel, stream, conditions };
  }

  private change(): void {
    clearTimeout(this.pause);
    this.filter = {
      ...this.filter,
      minLevel: Number(this.level.value),
      stream: streamOf(this.stream.value),
    };
    this.update(undefined);
    // An expression that is only half there shows neither all nor nothing: what was shown stays.
    if (this.input.problem !== undefined) return;
    const filter = { ...this.asked, hiddenSources: this.filter.hiddenSources };
    this.clear.hidden = !isFiltering(filter);
    this.onChange(filter);
  }

  private draw(): void {
    const { conditions } = this.filter;
    this.chips.replaceChildren(
      ...conditions.map((condition, at) =>
        conditionChip(condition, this.strings, {
          edit: () => {
            this.edit(at);
          },
          remove: () => {
            this.remove(at);
          },
        }),
      ),
    );
    this.chips.hidden = conditions.length === 0;
    this.clear.hidden = !isFiltering(this.filter);
  }
}

function streamOf(value: string): LogFilter['stream'] {
  return value === 'stdout' || value === 'stderr' ? value : 'both';
}

function select(
  name: string,
  choices: readonly (readonly [value: string, text: string])[],
  onChange: () => void,
): HTMLSelectElement {
  const options = choices.map(([value, text]) => element('option', { value }, text));
  const made = element('select', { 'aria-label': name, title: name }, ...options);
  made.addEventListener('change', onChange);
  return made;
}
